"""Two photos of the demo's World Café, drawn: what hung on the wall and what lay on a table. Nobody is in them."""

import io
import random
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile

from community.event_photos import services
from community.events.models import Event, EventKind
from core.attachments.inspection import Inspected
from influencer.home.demo import texts
from influencer.home.demo.rooms import Demo

if TYPE_CHECKING:
    from PIL import Image

WIDE, HIGH, SMALL = 1200, 800, 480
WALL, TABLE, CLOTH = "#e7e2d9", "#b98f63", "#f3efe6"
NOTES = "#f4d35e", "#9fc6a8", "#e9a17c", "#a9c3dd", "#d6b6d8"
INK, CUP, COFFEE = "#4a4a48", "#fafaf7", "#5b3a26"


def load(demo: Demo) -> None:
    told, language = texts.read("world_cafe"), texts.company(demo.company)["language"]
    event = Event.objects.get(milestone__program=demo.program, kind=EventKind.WORLD_CAFE)
    for drawn, caption in zip((_wall(), _table()), told["photos"], strict=True):
        services.add_photo(
            event,
            file=_photo(drawn),
            caption=caption[language],
            is_of_nobody=True,
            people=(),
            is_me=False,
            by=demo.manager,
        )


def _photo(image: "Image.Image") -> Inspected:
    """As it comes out of the inspection."""
    content, small = io.BytesIO(), io.BytesIO()
    image.save(content, "JPEG", quality=82)
    image.resize((SMALL, SMALL * HIGH // WIDE)).save(small, "WEBP")
    whole = content.getvalue()
    return Inspected(
        "photo.jpg", "image/jpeg", ContentFile(whole), len(whole), ContentFile(small.getvalue()), WIDE, HIGH
    )


def _wall() -> "Image.Image":
    """Notes in three columns, a little crooked."""
    from PIL import Image, ImageDraw

    image, chance = Image.new("RGB", (WIDE, HIGH), WALL), random.Random(7)  # the same picture each time
    for column in range(3):
        for row in range(3 + column % 2):
            note = Image.new("RGBA", (230, 150), chance.choice(NOTES))
            draw = ImageDraw.Draw(note)
            for line in range(3):
                draw.line((24, 42 + 32 * line, chance.randint(120, 205), 42 + 32 * line), fill=INK, width=5)
            note = note.rotate(chance.randint(-5, 5), expand=True)
            image.paste(note, (90 + 370 * column + chance.randint(-20, 20), 40 + 185 * row), note)
    return image


def _table() -> "Image.Image":
    """A round table from above, with a paper cloth, cups and what was written."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (WIDE, HIGH), TABLE)
    draw = ImageDraw.Draw(image)
    draw.ellipse((210, 10, 990, 790), fill=CLOTH)
    for x, y in ((370, 180), (790, 150), (860, 560), (330, 590)):
        draw.ellipse((x - 58, y - 58, x + 58, y + 58), fill=CUP, outline=INK, width=2)
        draw.ellipse((x - 42, y - 42, x + 42, y + 42), fill=COFFEE)
    for row in range(6):
        draw.line((480, 290 + 42 * row, 720 - 34 * (row % 3), 290 + 42 * row), fill=INK, width=5)
    draw.ellipse((450, 240, 770, 540), outline=NOTES[2], width=6)
    return image.resize((WIDE, HIGH))
