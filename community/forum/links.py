"""Which pages a post shows: addresses that stand alone in a line."""

from community.forum import tasks
from community.forum.models import Post
from community.forum.models_linked import ADDRESS, LinkCard, PostLink
from core.kit import fetch
from core.kit.markdown import lone_links
from core.kit.wake import wake

MOST_CARDS = 3  # cards below one post


def link(post: Post) -> None:
    """Note which pages a post shows, and have those fetched that may be asked. After each change of the text."""
    wanted = [url for url in lone_links(post.text) if len(url) <= ADDRESS and _may_be_asked(url)][:MOST_CARDS]
    PostLink.objects.filter(post=post).exclude(card__url__in=wanted).delete()
    if not wanted:
        return
    dead = LinkCard.objects.filter(url__in=wanted, is_dead=True).exclude(posts__post=post)
    LinkCard.objects.filter(pk__in=dead.values("pk")).update(is_dead=False, asked_at=None)  # it may be there again
    LinkCard.objects.bulk_create((LinkCard(url=url) for url in wanted), ignore_conflicts=True)
    cards = {card.url: card for card in LinkCard.objects.filter(url__in=wanted)}
    PostLink.objects.bulk_create(
        (PostLink(post=post, card=cards[url], place=place) for place, url in enumerate(wanted)), ignore_conflicts=True
    )
    for card in cards.values():
        if card.asked_at is None:
            wake(tasks.fetch_card, card.pk)


def _may_be_asked(url: str) -> bool:
    try:
        fetch.check(url)
    except fetch.NotFetched:
        return False
    return True
