"""What a long page is about, at a glance: its headings, each with a place to jump to and to send somebody."""

import re
from dataclasses import dataclass
from html import unescape

from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

FEWEST = 3  # headings: below that a page is seen whole
HEADING = re.compile(r"<(h[1-4])>(.*?)</\1>", re.DOTALL)


@dataclass(frozen=True)
class Place:
    key: str
    text: str
    is_below: bool  # a smaller heading than the first one


def places_in(html: SafeString) -> tuple[SafeString, list[Place]]:
    """The text with a place at each heading, and the list of them; a short one stays as it is."""
    found = list(HEADING.finditer(html))
    if len(found) < FEWEST:
        return html, []
    places = []
    for number, match in enumerate(found, start=1):
        text = unescape(strip_tags(match[2])).strip()
        places.append(Place(f"part-{number}", text, is_below=match[1] > found[0][1]))
    keys = iter(places)
    marked = HEADING.sub(lambda match: f'<{match[1]} id="{next(keys).key}">{match[2]}</{match[1]}>', html)
    return mark_safe(marked), [each for each in places if each.text]  # of what was safe, and numbers
