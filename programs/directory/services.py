"""What changes in the directory. It is the person's own doing: the log says nothing of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from core.attachments import services as attachments
from core.attachments.inspection import Inspected
from core.kit import languages
from core.kit.characters import folded
from programs.consents import access as consents_access
from programs.consents import services as consents
from programs.consents.locks import hold
from programs.consents.models import Purpose
from programs.directory.lines import Topic
from programs.directory.models import Offer, Part, Profile
from programs.directory.words import language_name
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

KIND = "profile"  # of the spot that photos hang on
SIMPLE = ("shown", "sentence", "pronouns", "department", "site", "languages", "networks")


@dataclass(frozen=True)
class Entered:
    """What stands in the form."""

    shown: list[str] = field(default_factory=list)
    sentence: str = ""
    pronouns: str = ""
    department: str = ""
    site: str = ""
    languages: list[str] = field(default_factory=list)
    networks: list[str] = field(default_factory=list)
    helps: Sequence[Topic] = ()
    topics: Sequence[Topic] = ()


class ChangedMeanwhile(Exception):
    """Something else was saved since this form was opened, e.g. in another tab."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile


@transaction.atomic
def show_oneself(
    program: Program,
    *,
    by: "User",
    version: int,
    entered: Entered,
    photo: Inspected | None = None,
    without_photo: bool = False,
) -> Profile:
    """Keep what a person shows; the first time the consent to stand in the directory is given with it. The same twice
    is once. Raises ChangedMeanwhile, and ValidationError when there is no space for the photo."""
    hold(by, program)
    consents.grant(program, [Purpose.DIRECTORY], by=by, channel="directory")
    follow_consent(by, program)  # also where an older consent stands and its page is gone
    profile = Profile.objects.select_for_update(of=("self",)).select_related("photo").get(program=program, user=by)
    profile.user = by
    photo = None if photo and attachments.is_same(profile.photo, photo) else photo
    drops_photo = without_photo and photo is None and profile.photo is not None
    if photo is None and not drops_photo and entered_by(profile) == entered:
        return profile
    if profile.version != version:
        raise ChangedMeanwhile(profile)
    for name in SIMPLE:
        setattr(profile, name, getattr(entered, name))
    profile.offers.all().delete()
    Offer.objects.bulk_create(
        Offer(profile=profile, kind=kind, place=place, label=each.label, detail=each.detail, folded=folded(each.label))
        for kind, topics in ((Offer.Kind.HELP, entered.helps), (Offer.Kind.TOPIC, entered.topics))
        for place, each in enumerate(topics)
    )
    if photo is not None or drops_photo:
        _change_photo(profile, photo, by)
    profile.words = searched(profile, entered)
    profile.version += 1
    profile.save()
    return profile


def entered_by(profile: Profile) -> Entered:
    """As the form shows it again."""
    offers: dict[str, list[Topic]] = {kind: [] for kind in Offer.Kind.values}
    for offer in profile.offers.all() if profile.pk else ():
        offers[offer.kind].append(Topic(offer.label, offer.detail))
    return Entered(
        **{name: getattr(profile, name) for name in SIMPLE},
        helps=offers[Offer.Kind.HELP],
        topics=offers[Offer.Kind.TOPIC],
    )


def searched(profile: Profile, entered: Entered) -> str:
    """The name, and of the rest only what is shown."""
    shown = {name: getattr(entered, name) for name in profile.shown if name != Part.PHOTO}
    words = [profile.user.name]
    for name, value in shown.items():
        if name == Part.LANGUAGES:
            words += [name for code in value for name in _names_of(code)]
        elif name in (Part.HELPS, Part.TOPICS):
            words += [each.line for each in value]
        elif name not in (Part.NETWORKS, Part.PRONOUNS):
            words.append(value)
    return folded(" ".join(words))


def _names_of(code: str) -> set[str]:
    """A language in every language of the site."""
    names = set()
    for reader, _label in languages.choices():
        with override(reader):
            names.add(language_name(code))
    return names


def _change_photo(profile: Profile, photo: Inspected | None, by: "User") -> None:
    """The former one is gone for everybody at once, and with the other deleted files for good."""
    if profile.photo is not None:
        attachments.follow(profile.photo, deleted_at=timezone.now())
    profile.photo = (
        attachments.attach(photo, kind=KIND, target_id=profile.pk, program_id=profile.program_id, by=by)
        if photo
        else None
    )


@transaction.atomic
def follow_consent(user: "User", program: Program) -> None:
    """Whoever agrees stands there, at first with the name alone."""
    if consents_access.has_granted(user, program, Purpose.DIRECTORY):
        Profile.objects.get_or_create(program=program, user=user, defaults={"words": folded(user.name)})


@transaction.atomic
def person_changed(person_id: int) -> None:
    """A new name is found from now on."""
    for profile in Profile.objects.select_for_update(of=("self",)).filter(user=person_id).select_related("user"):
        words = searched(profile, entered_by(profile))
        Profile.objects.filter(pk=profile.pk).update(words=words)
