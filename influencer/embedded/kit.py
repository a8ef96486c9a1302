"""The living page of the kit: every shared part as it is now, in both themes. For developers; not in production.

Who adds a part adds a `Sample` to `kit_parts`, or shows it among those that act (`kit_acting`); a test asks for it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

THEMES = ("light", "dark")


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One part with something in it. `inside`: an element and class that it stands in, such as `ul.five`."""

    part: str
    title: str
    context: Mapping[str, Any] = field(default_factory=dict)
    inside: str = "div"

    def html(self, request: HttpRequest) -> SafeString:
        element, _, classes = self.inside.partition(".")
        content = render_to_string(f"ui/{self.part}.html", dict(self.context), request)
        return format_html('<{} class="{}">{}</{}>', element, classes.replace(".", " "), content, element)


def only_for_developers() -> None:
    if not (settings.DEBUG or settings.DEMO):
        raise Http404
