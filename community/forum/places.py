"""Where posts stand. Their numbers never change, so neither do their pages."""

from functools import lru_cache
from urllib.parse import urlencode

from django.urls import reverse

from programs.membership.models import Program

POSTS = 20  # on a page


def start_of(number: int) -> int:
    """Where the page with this post begins."""
    return (max(number, 1) - 1) // POSTS * POSTS + 1


@lru_cache(maxsize=100)
def _topics_of(slug: str) -> str:
    """The addresses of a program's topics: a list has many, and they differ in their number."""
    return "{}".join(reverse("community:topic_detail", args=[slug, 0]).rsplit("0", 1))


def place_url(program: Program, topic_id: int, number: int) -> str:
    url = _topics_of(program.slug).format(topic_id)
    return f"{url}?{urlencode({'post': number})}#post-{number}" if number > 1 else f"{url}#post-{number}"
