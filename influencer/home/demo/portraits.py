"""Portraits of the demo's people, drawn: head and shoulders in quiet colours. Nobody's face, nobody's likeness."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile

from core.attachments.inspection import Inspected

if TYPE_CHECKING:
    from PIL import Image, ImageDraw

SIDE, DRAWN, SMALL = 400, 4, 160  # it is drawn larger and made smaller, so that edges are smooth
GROUNDS = "#dfe7ea", "#ece4da", "#e2e6d9", "#e6dfe8", "#dde3ee", "#efe0dc"
CLOTHES = "#3f5f6b", "#8a5a44", "#5c6e4f", "#6d5678", "#44557f", "#94544c"
SKINS = "#f0cdb0", "#d9a57d", "#a8744f", "#7b4f35", "#e8bd97"
HAIR = "#2d2420", "#5a4030", "#8d6a42", "#3a3a40", "#a9a29b"


def portrait(number: int) -> Inspected:
    """As a photo comes out of the inspection; the same number is the same picture."""
    image = _drawn(number)
    content, small = _saved(image, "JPEG"), _saved(image.resize((SMALL, SMALL)), "WEBP")
    name = f"portrait-{number}.jpg"
    return Inspected(name, "image/jpeg", ContentFile(content), len(content), ContentFile(small), SIDE, SIDE)


def logo(name: str, colour: str) -> Inspected:
    """A sign as a company may have one: three petals on a transparent ground."""
    from PIL import Image, ImageDraw

    image = Image.new("RGBA", (SIDE * DRAWN, SIDE * DRAWN), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    for x, y in ((200, 130), (135, 245), (265, 245)):
        _round(draw, x, y, 92, 92, colour)
    _round(draw, 200, 205, 44, 44, "#ffffff")
    image = image.resize((SIDE, SIDE), Image.Resampling.LANCZOS)
    content, small = _saved(image, "PNG"), _saved(image.resize((SMALL, SMALL)), "WEBP")
    return Inspected(f"{name}.png", "image/png", ContentFile(content), len(content), ContentFile(small), SIDE, SIDE)


def _drawn(number: int) -> "Image.Image":
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (SIDE * DRAWN, SIDE * DRAWN), _one(GROUNDS, number))
    draw = ImageDraw.Draw(image)
    skin, hair = _one(SKINS, number * 2 + 1), _one(HAIR, number * 3)
    is_long, is_wide = number % 2 == 0, number % 3 == 0
    if is_long:
        _round(draw, 200, 190, 92, 118, hair)
    _round(draw, 200, 400, 150 if is_wide else 136, 116, _one(CLOTHES, number))
    draw.rounded_rectangle(_box(200, 275, 30, 48), 26 * DRAWN, fill=skin)
    _round(draw, 200, 168, 76, 82, hair)
    _round(draw, 200 if is_wide else 206, 196, 66, 76, skin)
    return image.resize((SIDE, SIDE), Image.Resampling.LANCZOS)


def _round(draw: "ImageDraw.ImageDraw", x: int, y: int, width: int, height: int, colour: str) -> None:
    draw.ellipse(_box(x, y, width, height), fill=colour)


def _box(x: int, y: int, width: int, height: int) -> tuple[int, int, int, int]:
    return (x - width) * DRAWN, (y - height) * DRAWN, (x + width) * DRAWN, (y + height) * DRAWN


def _one(colours: Sequence[str], number: int) -> str:
    return colours[number % len(colours)]


def _saved(image: "Image.Image", kind: str) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, quality=88)
    return stream.getvalue()
