"""What becomes of it when somebody takes the consent back, leaves, or is forgotten. Nobody sees it from that moment; it
goes for good with the other belongings."""

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import ngettext

from core.attachments import services as attachments
from core.kit.kept import Kept
from programs.consents.erasures import DAYS_TO_THINK
from programs.consents.models import Erasure
from programs.directory.models import Offer, Profile
from programs.directory.services import KIND
from programs.membership.models import Membership, Program

if TYPE_CHECKING:
    from core.people.models import User


def kept(user: "User", program: Program) -> Iterator[Kept]:
    own = Profile.objects.filter(program=program, user=user)
    yield Kept(own, lambda n: ngettext("page in the directory of members", "pages in the directory of members", n))
    with_photo = own.exclude(photo=None)
    yield Kept(with_photo, lambda n: ngettext("photo in the directory", "photos in the directory", n))
    topics = Offer.objects.filter(profile__in=own)
    yield Kept(topics, lambda n: ngettext("topic you can be asked about", "topics you can be asked about", n))


@transaction.atomic
def forget_person(user: "User", program: Program) -> None:
    _forget(Profile.objects.filter(program=program, user=user))


@transaction.atomic
def forget_everywhere(user: "User") -> None:
    """The account is erased."""
    _forget(Profile.objects.filter(user=user))


def _forget(rows: QuerySet[Profile]) -> int:
    profiles = list(rows.values_list("pk", flat=True))
    attachments.forget(KIND, profiles)
    return Profile.objects.filter(pk__in=profiles).delete()[1].get("programs.Profile", 0)


def retention() -> int:
    """Of the team: entries go 30 days after the last role ended. Of participants they go with what rests."""
    of_person = {"program": OuterRef("program"), "user": OuterRef("user")}
    since = timezone.now() - timedelta(days=DAYS_TO_THINK)
    roles = Membership.objects.filter(**of_person)
    there = roles.filter(ended_at=None) | roles.filter(ended_at__gte=since)
    return _forget(Profile.objects.filter(~Exists(there), ~Exists(Erasure.objects.filter(**of_person))))
