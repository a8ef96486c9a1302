from community.event_photos.models import EventPhoto
from tests.factories.attachments import picture_bytes
from tests.house.access_table import Form, Row, in_program
from tests.house.access_table.programs_membership import INSIDE

ALBUM = in_program(pk=lambda world: world.cafe.pk)
PHOTO = in_program(pk=lambda world: world.cafe.pk, number=lambda world: world.photo.pk)
SEEN = dict.fromkeys(INSIDE, 200) | {"council": 403}
SAYS = dict.fromkeys(INSIDE, 302) | {"council": 403}

ROWS = {
    "community:event_photos": Row(ALBUM, expect=SEEN),
    "community:event_photo_new": Row(ALBUM, expect=SEEN),
    "community:event_photo_answer": Row(PHOTO, method="post", data=lambda world: {"answer": "agreed"}, expect=SAYS),
    "community:event_photo_report": Row(PHOTO, method="post", expect=SAYS | {"coach": 403}),
    "community:event_photo_judge": Row(
        PHOTO,
        method="post",
        data=lambda world: {"fate": "kept"},
        expect=dict.fromkeys(INSIDE, 403) | {"manager": 302},
    ),
    "community:event_photo_remove": Row(PHOTO, method="post", expect=dict.fromkeys(INSIDE, 403) | {"manager": 302}),
}

ONCE = {
    "community:event_photo_new": Form(
        EventPhoto, lambda world: {"is_of_nobody": "on"}, by="influencer", files={"file": picture_bytes()}
    ),
}
SAFE_TWICE = {
    "community:event_photo_answer": "the same answer again changes nothing",
    "community:event_photo_report": "a person has one open report of a photo",
}
