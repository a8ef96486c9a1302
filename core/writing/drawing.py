"""A text as it will look where it is published."""

from typing import TYPE_CHECKING

from django.utils.html import format_html

from core.attachments.files import Held, held_by
from core.kit import rooms
from core.kit.markdown import attachments_of, render
from core.people import mentions
from core.people.in_program import marked_apart, pages_of_people
from core.people.unknown import unknown_names

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from core.people.models import User


def shown(user: "User", text: str, kind: str, target_id: int) -> "SafeString":
    """A text as it will look on an object's page; people and pictures only of an object the writer may see."""
    names: dict[int, str] = {}
    pages: dict[int, str] = {}
    held, unknown = Held(), ""
    if kind:
        spot = rooms.spot(kind, user, target_id)
        people = mentions.names_of(marked_apart(spot.program_id, spot.people()))
        text = mentions.kept(text, people)
        unknown = unknown_names(text, lambda: people)
        names = {pk: people[pk] for pk in mentions.mentioned(text) if pk in people}
        pages = pages_of_people(user, spot.program_id, names.keys())
        held = held_by(kind, target_id) if attachments_of(text) else Held()
    html = render(text, names=names, pages=pages, pictures=held.pictures, files=held.files)
    return format_html('{}<p class="small quiet">{}</p>', html, unknown) if unknown else html
