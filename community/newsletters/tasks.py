from celery import shared_task

from community.newsletters import clicks, jobs, tried_links
from core.kit.wake import wake


@shared_task(name="newsletters.sweep")
def sweep() -> None:
    for issue_id in jobs.sweep():
        wake(send, issue_id)


@shared_task(name="newsletters.send")
def send(issue_id: int) -> None:
    if jobs.send(issue_id):
        for following in jobs.turns_after(issue_id):
            wake(send, following)  # at the end of the queue


@shared_task(name="newsletters.start")
def start(issue_id: int) -> None:
    """A wake-up for 'send now': start it and go on as the tick would."""
    if jobs.start(issue_id):
        send(issue_id)


@shared_task(name="newsletters.links")
def try_links() -> None:
    """Whether what is linked in issues that are being written is there."""
    tried_links.sweep()


@shared_task(name="newsletters.count_links")
def count_links() -> None:
    """How many people opened the links of an issue, a week after it began to go out."""
    clicks.sweep()
