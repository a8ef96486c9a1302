"""The faces of a mail, as the writer looks at them: its languages, widths, windows, readers."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from csp.constants import SELF
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.kit import languages

PICTURES = [SELF, "data:", "https:"]  # a newsletter may show pictures of other sites; no other page does
SWITCHES = (  # how the mail is shown, with an icon each
    ("wide", "device-desktop", _("Wide, as on a computer")),
    ("narrow", "device-mobile", _("Narrow, as on a phone")),
    ("light", "sun", _("Light, as in a light email app")),
    ("dark", "moon", _("Dark, as in a dark email app")),
    ("text", "align-left", _("Plain text")),
)
VIEWS = tuple(view for view, _icon, _label in SWITCHES)
WINDOWS = ("light", "dark")


@dataclass(frozen=True)
class Preview:
    """Which of the mail's faces the writer looks at."""

    language: str
    view: str
    reader: str = ""  # the sort of reader; the writer where none is chosen

    @classmethod
    def of(cls, query: QueryDict) -> "Preview":
        language = query.get("language", "")
        language = language if language in languages.codes() else languages.current()
        view = query.get("view", VIEWS[0])
        return cls(language, view if view in VIEWS else VIEWS[0], query.get("reader", ""))

    def among(self, sorts: Iterable[tuple[str, str]]) -> "Preview":
        """As asked for, with a sort of reader that there is."""
        return self if self.reader in dict(sorts) else replace(self, reader="")

    @property
    def window(self) -> str:
        """The window of the mail program, where one is chosen; else it is the writer's own."""
        return self.view if self.view in WINDOWS else ""

    @property
    def asked(self) -> QueryDict:
        """What is kept when another language, view or reader is chosen."""
        asked = QueryDict(mutable=True)
        asked.update({"language": self.language, "view": self.view} | ({"reader": self.reader} if self.reader else {}))
        return asked
