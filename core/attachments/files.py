"""How an attachment leaves the site: always as a file, never as a page of ours."""

from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404
from django.urls import reverse

from core.attachments.models import Attachment
from core.attachments.tokens import public_key

# Were it opened as a page: nothing in it may run or load.
POLICY = "default-src 'none'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; sandbox"


def response(attachment: Attachment, *, small: bool = False, is_public: bool = False) -> FileResponse:
    """A download; as part of a page, a browser still shows a picture. Private ones stay in no cache."""
    file: FieldFile = attachment.thumbnail if small else attachment.file
    if not file:
        raise Http404
    try:
        opened = file.open("rb")
    except FileNotFoundError as missing:
        raise Http404 from missing
    content_type = "image/webp" if small else attachment.content_type
    answer = FileResponse(opened, as_attachment=True, filename=attachment.name, content_type=content_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = POLICY
    answer["Cross-Origin-Resource-Policy"] = "cross-origin" if is_public else "same-origin"
    answer["Cache-Control"] = "public, max-age=86400" if is_public else "private, no-store"
    return answer


def pictures_on(kind: str, target_id: int) -> dict[str, str]:
    """The pictures of an object's texts, by their id, for pages: whoever reads them is signed in."""
    return {str(pk): reverse("attachments:file", args=[pk]) for pk in _pictures(kind, target_id)}


@dataclass(frozen=True)
class Held:
    """What the texts of an object can hold: addresses by id, as `core.kit.markdown.render` takes them."""

    pictures: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)


def held_by(kind: str, target_id: int) -> Held:
    """For pages, whose readers are signed in."""
    held = Held()
    for pk, width in Attachment.objects.present().on(kind, target_id).values_list("pk", "width"):
        found = held.files if width is None else held.pictures
        found[str(pk)] = reverse("attachments:file", args=[pk])
    return held


def public_pictures_on(kind: str, target_id: int) -> dict[str, str]:
    """The same for mails, whose readers have no session in them."""
    return {str(pk): public_picture_url(pk) for pk in _pictures(kind, target_id)}


def public_picture_url(pk: UUID) -> str:
    return settings.SITE_URL + public_picture_path(pk)


def public_picture_path(pk: UUID) -> str:
    return reverse("attachments:public_picture", args=[pk, public_key(pk)])


def picture_names_on(kind: str, target_id: int) -> dict[str, str]:
    """How the files of the pictures are called, by their id: no words for who cannot see them."""
    rows = Attachment.objects.present().on(kind, target_id).exclude(width=None)
    return {str(pk): name for pk, name in rows.values_list("pk", "name")}


def _pictures(kind: str, target_id: int) -> list[UUID]:
    rows = Attachment.objects.present().on(kind, target_id).exclude(width=None)
    return list(rows.values_list("pk", flat=True))
