"""Changing what was sent before: what is begun and not saved waits as a draft, with the version it began from."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.writing.access import find_draft
from core.writing.forms import MarkdownInput
from core.writing.models import Draft

if TYPE_CHECKING:
    from core.people.models import User


def edit_key(kind: str, pk: Any) -> str:
    return f"edit:{kind}:{pk}"


@dataclass(frozen=True)
class Edit:
    """What stands there now, and what its writer was about to make of it."""

    key: str
    stored: str  # as its writer reads it
    version: int
    draft: Draft | None

    @property
    def initial(self) -> dict[str, Any]:
        return {"text": self.draft.text if self.draft else self.stored, "version": self.version}

    @property
    def other(self) -> str:
        """What was saved since the draft was begun, to be read beside it; else nothing."""
        is_overtaken = self.draft is not None and self.draft.beside.get("version") != str(self.version)
        return self.stored if is_overtaken else ""

    def keep_in(self, widget: MarkdownInput) -> None:
        """An overtaken draft names no version: the other one is shown until this is saved or discarded."""
        stands = {"text": self.stored, "version": str(self.version)}
        widget.keep_draft(self.key, self.draft, beside=() if self.other else ("version",), stands=stands)


def edit_of(person: "User", kind: str, pk: Any, *, stored: str, version: int) -> Edit:
    key = edit_key(kind, pk)
    return Edit(key, stored, version, find_draft(person, key))
