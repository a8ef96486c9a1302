"""One sentence after something was done, with undo where it can be taken back."""

from django.contrib import messages
from django.http import HttpRequest

UNDO = "undo:"


def toast(request: HttpRequest, text: str, *, more: str = "", undo: str = "") -> None:
    """Show `text` on the next page (or with the next part), and `more` behind it if there is more to say; `undo` is an
    address that takes a POST."""
    request.META[UNDO] = undo or undo_of(request)
    messages.success(request, f"{text} {more}".strip(), extra_tags=f"{UNDO}{undo}" if undo else "")


def undo_of(request: HttpRequest) -> str:
    """The address that takes back what this request did."""
    undo: str = request.META.get(UNDO, "")
    return undo


def warn(request: HttpRequest, text: str) -> None:
    """Say what did not work, why, and what to do."""
    messages.error(request, text)
