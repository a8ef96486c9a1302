"""Where posts stand. Their numbers never change, so neither do their pages."""

from urllib.parse import urlencode

from django.urls import reverse

from programs.membership.models import Program

POSTS = 20  # on a page


def start_of(number: int) -> int:
    """Where the page with this post begins."""
    return (max(number, 1) - 1) // POSTS * POSTS + 1


def place_url(program: Program, topic_id: int, number: int) -> str:
    url = reverse("community:topic_detail", args=[program.slug, topic_id])
    return f"{url}?{urlencode({'post': number})}#post-{number}" if number > 1 else f"{url}#post-{number}"
