from celery import shared_task

from programs.reviews import jobs


@shared_task(name="reviews.tell_moved")
def tell_moved() -> None:
    jobs.tell_moved()
