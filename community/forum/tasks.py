from celery import shared_task

from community.forum import cards, jobs
from core.kit.wake import wake


@shared_task(name="forum.tell")
def tell(post_id: int) -> None:
    jobs.tell(post_id)


@shared_task(name="forum.fetch_card")
def fetch_card(card_id: int) -> None:
    cards.fetch_card(card_id)


@shared_task(name="forum.sweep")
def sweep() -> None:
    jobs.sweep()
    for card_id in cards.waiting():
        wake(fetch_card, card_id)
