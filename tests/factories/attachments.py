"""Attachments. In the world `picture` hangs on the item of the coach, as its evidence does."""

import io
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image

from core.attachments.models import Attachment

ORDER = 45


def picture_bytes(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **more: Any) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, "teal").save(stream, kind, **more)
    return stream.getvalue()


def make_attachment(
    program_id: int,
    *,
    kind: str,
    target_id: int,
    name: str = "minutes.pdf",
    content: bytes = b"%PDF-1.7",
    **fields: Any,
) -> Attachment:
    attachment = Attachment(
        program_id=program_id,
        kind=kind,
        target_id=target_id,
        name=name,
        size=len(content),
        **({"content_type": "application/pdf"} | fields),
    )
    attachment.file.save(name, ContentFile(content), save=False)
    if attachment.width:
        attachment.thumbnail.save("small.webp", ContentFile(picture_bytes("WEBP")), save=False)
    attachment.save()
    return attachment


def make_picture(program_id: int, **fields: Any) -> Attachment:
    fields = {
        "name": "rig.jpg",
        "content": picture_bytes(),
        "content_type": "image/jpeg",
        "width": 60,
        "height": 40,
    } | fields
    return make_attachment(program_id, **fields)


def furnish(world: Any) -> None:
    world.picture = make_picture(world.program.pk, kind="evidence", target_id=world.item.pk, by=world.coach)
