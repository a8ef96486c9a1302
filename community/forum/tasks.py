from celery import shared_task

from community.forum import jobs


@shared_task(name="forum.tell")
def tell(post_id: int) -> None:
    jobs.tell(post_id)


@shared_task(name="forum.sweep")
def sweep() -> None:
    jobs.sweep()
