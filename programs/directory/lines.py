"""Fields with one thing on each line: topics with a few words about them, and addresses."""

from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from core.kit.characters import HIDDEN, folded
from core.kit.forms import LINK_ERROR
from programs.directory.models import ADDRESS, DETAIL, LABEL

MOST_TOPICS, MOST_NETWORKS = 8, 5
is_url = URLValidator(schemes=["https"])


class Topic(NamedTuple):
    """ "Photos: also without a flash" on a line."""

    label: str
    detail: str = ""

    @property
    def line(self) -> str:
        return f"{self.label}: {self.detail}" if self.detail else self.label


class LinesField(forms.CharField):
    """Each line by itself; what is wrong is said with the line's number."""

    widget = forms.Textarea

    def __init__(self, *, read: Callable[[str], Any], most: int, rows: int = 4, **more: Any) -> None:
        self.read, self.most = read, most
        super().__init__(required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": rows}), **more)

    def clean(self, value: Any) -> list[Any]:
        lines = [(place, line.strip()) for place, line in enumerate(super().clean(value).splitlines(), start=1)]
        found: dict[str, Any] = {}
        wrong: list[str] = []
        for place, line in lines:
            if not line:
                continue
            try:
                thing = self.read(line)
            except ValidationError as error:
                wrong.append(_("Line %(place)s: %(problem)s") % {"place": place, "problem": error.messages[0]})
            else:
                found.setdefault(folded(thing.label if isinstance(thing, Topic) else thing), thing)
        if wrong:
            raise ValidationError(wrong)
        if len(found) > self.most:
            raise ValidationError(
                _("You entered %(count)s lines, but at most %(most)s are possible. Which matter most?"),
                params={"count": len(found), "most": self.most},
            )
        return list(found.values())


def topic(line: str) -> Topic:
    label, _colon, detail = line.partition(":")
    found = Topic(" ".join(label.split()), " ".join(detail.split()))
    if not found.label:
        raise ValidationError(_("The topic is missing before the colon."))
    if len(found.label) > LABEL:
        raise ValidationError(
            _("A topic can have at most %(most)s characters; you can add more after a colon."), params={"most": LABEL}
        )
    if len(found.detail) > DETAIL:
        raise ValidationError(_("There can be at most %(most)s characters after the colon."), params={"most": DETAIL})
    return found


def network(line: str) -> str:
    """The address of a profile; people often leave out how it begins."""
    url = line if "://" in line else f"https://{line}"
    if len(url) > ADDRESS:
        raise ValidationError(_("The address is longer than %(most)s characters."), params={"most": ADDRESS})
    if not url.startswith("https://"):
        raise ValidationError(LINK_ERROR)
    try:
        is_url(url)
        parts = urlsplit(url)
    except (ValidationError, ValueError):
        parts = None
    if parts is None or HIDDEN.search(url) or "@" in parts.netloc or not parts.netloc.isascii():
        raise ValidationError(_("This is not a page address. It should look like https://www.linkedin.com/in/name."))
    return url
