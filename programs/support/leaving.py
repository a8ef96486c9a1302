"""What becomes of it when somebody leaves or is forgotten: off the list of helpers, and what they asked for goes."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import ngettext

from core.kit.kept import Kept
from programs.membership.models import Program
from programs.support.models import Helper
from programs.support.models_incidents import Incident, IncidentEntry, IncidentPerson

if TYPE_CHECKING:
    from core.people.models import User


def kept(user: "User", program: Program) -> Iterator[Kept]:
    asked = Incident.objects.filter(program=program, reporter=user)
    yield Kept(asked, lambda n: ngettext("request for help you made", "requests for help you made", n))


def forget_person(user: "User", program: Program) -> None:
    _forget(user, Q(program=program), Q(incident__program=program))


def _forget(user: "User", own: Q, within: Q) -> None:
    """What they asked for goes whole; what they said to others stays for these, without a name."""
    Incident.objects.filter(own, reporter=user).delete()
    IncidentPerson.objects.filter(within, person=user).delete()
    IncidentEntry.objects.filter(within, by=user).update(by=None)


def forget_everywhere(user: "User") -> None:
    Helper.objects.filter(member__user=user).delete()
    _forget(user, Q(), Q())
