"""People as others see them in the directory: here what was not chosen to be shown is left out, and nowhere else."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse

from programs.directory.apart import told_apart
from programs.directory.models import Offer, Part, Profile
from programs.directory.words import Link, language_names, link
from programs.membership.models import Program


@dataclass(frozen=True)
class Card:
    """Somebody with what the person shows. `apart` tells people of the same name apart."""

    id: int
    name: str
    initials: str
    url: str
    apart: str = ""
    photo: str = ""
    sentence: str = ""
    pronouns: str = ""
    department: str = ""
    site: str = ""
    languages: Sequence[str] = ()
    links: Sequence[Link] = ()
    helps: Sequence[Offer] = ()
    topics: Sequence[Offer] = ()

    @property
    def where(self) -> str:
        return ", ".join(filter(None, (self.department, self.site)))

    @property
    def facts(self) -> str:
        """What stands below the name: not again what stands beside it."""
        return "" if self.apart == self.where else self.where


def cards(program: Program, profiles: Iterable[Profile]) -> list[Card]:
    """Cards for profiles with their `user`, in two questions however many they are."""
    profiles = list(profiles)
    offers: dict[int, list[Offer]] = defaultdict(list)
    for offer in Offer.objects.filter(profile__in=profiles):
        offers[offer.profile_id].append(offer)
    apart = told_apart(program, [profile.user_id for profile in profiles])
    return [
        replace(_card(program, profile, offers[profile.pk]), apart=apart.get(profile.user_id, ""))
        for profile in profiles
    ]


def _card(program: Program, profile: Profile, offers: list[Offer]) -> Card:
    user = profile.user
    shown: dict[str, Any] = {name: getattr(profile, name) for name in PLAIN if name in profile.shown}
    if Part.PHOTO in profile.shown and profile.photo_id:
        shown["photo"] = reverse("attachments:thumbnail", args=[profile.photo_id])
    if Part.LANGUAGES in profile.shown:
        shown["languages"] = language_names(profile.languages)
    if Part.NETWORKS in profile.shown:
        shown["links"] = [link(url) for url in profile.networks]
    for kind in Offer.Kind.values:
        if kind in profile.shown:
            shown[kind] = [offer for offer in offers if offer.kind == kind]
    return Card(user.pk, str(user), user.initials, page_of(program, user.pk), **shown)


PLAIN = (Part.SENTENCE, Part.PRONOUNS, Part.DEPARTMENT, Part.SITE)


def page_of(program: Program, person_id: int) -> str:
    return reverse("programs:person", args=[program.slug, person_id])
