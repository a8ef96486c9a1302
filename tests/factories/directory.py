"""The directory. In the world the influencer stands there with a photo and shows it; the coach hides the site."""

from typing import Any

from django.core.files.base import ContentFile

from core.attachments.inspection import Inspected
from programs.directory import services
from programs.directory.lines import Topic
from programs.directory.models import Part, Profile
from programs.directory.services import Entered
from tests.factories.attachments import picture_bytes

ORDER = 65


def make_profile(
    program: Any, by: Any, *, photo: Inspected | None = None, version_of_form: int | None = None, **fields: Any
) -> Profile:
    """Somebody who stands in the directory. Unless said otherwise everything that was entered is shown."""
    former = Profile.objects.filter(program=program, user=by).first()
    version = version_of_form if version_of_form is not None else former.version if former else 0
    given = {"shown": [part.value for part in Part], "helps": [Topic("Photos", "also of metal")], "topics": []} | fields
    return services.show_oneself(program, by=by, version=version, entered=Entered(**given), photo=photo)


def make_photo(name: str = "me.jpg", size: int = 40) -> Inspected:
    """As it comes out of the inspection."""
    content = picture_bytes(size=(size, size))
    small = ContentFile(picture_bytes("WEBP", size=(size, size)), name="small.webp")
    return Inspected(name, "image/jpeg", ContentFile(content), len(content), small, size, size)


def furnish(world: Any) -> None:
    given = {"site": "Rostock", "department": "Quality", "languages": ["de", "pl"]}
    world.profile = make_profile(world.program, world.influencer, photo=make_photo(), **given)
    world.coach_profile = make_profile(world.program, world.coach, shown=[Part.HELPS], site="Augsburg")
