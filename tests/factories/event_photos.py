"""Photos of events: in the world one of nobody is shown, and one with the influencer in it waits for them."""

from typing import Any

from community.event_photos.access import KIND
from community.event_photos.models import EventPhoto, PhotoPerson
from tests.factories.attachments import make_picture

ORDER = 73


def make_photo(event: Any, by: Any, *people: Any, **fields: Any) -> EventPhoto:
    """With its file; without people it is of nobody. Others have not answered yet."""
    answer = fields.pop("answer", "waiting")
    photo = EventPhoto.objects.create(event=event, by=by, **({"is_of_nobody": not people} | fields))
    PhotoPerson.objects.bulk_create(PhotoPerson(photo=photo, person=person, answer=answer) for person in people)
    make_picture(event.milestone.program_id, kind=KIND, target_id=photo.pk, by=by)
    return photo


def furnish(world: Any) -> None:
    world.photo = make_photo(world.cafe, world.coach, caption="The room in the morning")
    world.photo_of_person = make_photo(world.cafe, world.coach, world.influencer)
