from analytics.annotations.models import TimelineNote
from tests.house.access_table import Form, Row, in_program

# Whoever sees group figures reads the notes; program managers write them.
NAMES = ("manager", "influencer", "influencer2", "coach", "team", "executive", "council")
EVERYBODY = dict.fromkeys(NAMES, 200)
NOBODY = dict.fromkeys(NAMES, 403)
NOTE = in_program(pk=lambda world: world.timeline_note.pk)

ROWS = {
    "analytics:timeline_notes": Row(in_program(), expect=EVERYBODY),
    "analytics:timeline_note_new": Row(in_program(), expect=NOBODY | {"manager": 200}),
    "analytics:timeline_note_edit": Row(NOTE, expect=NOBODY | {"manager": 200}),
    "analytics:timeline_note_remove": Row(NOTE, method="post", expect=NOBODY | {"manager": 302}),
    "analytics:timeline_note_restore": Row(
        in_program(pk=lambda world: world.removed_timeline_note.pk), method="post", expect=NOBODY | {"manager": 302}
    ),
}
EDITING: dict[str, tuple[dict[str, object], ...]] = {"analytics:timeline_note_edit": ()}
ONCE = {
    "analytics:timeline_note_new": Form(
        TimelineNote, lambda world: {"on": "2026-09-01", "span": "day", "text_en": "Once"}
    ),
}
