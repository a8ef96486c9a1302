"""What a person reads before the own account is deleted: what stands in the way, what goes when, and what stays."""

from collections import Counter
from datetime import timedelta
from typing import Any

from django.core import signing
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from core.people.models import User
from core.people.queries import is_last_administrator
from programs.consents import access as consents
from programs.consents import queries
from programs.consents.models import Purpose
from programs.consents.queries import Held
from programs.membership import handing_over
from programs.membership.access import roles_by_program
from programs.membership.models import Membership, Program, Role

TIME_TO_THINK = timedelta(days=14)
SALT = "privacy.account"


def of(user: User) -> dict[str, Any]:
    roles = Membership.objects.active().filter(user=user).select_related("program").order_by("program__name", "pk")
    return {
        "last_administrator": is_last_administrator(user),
        "without_a_lead": programs_without_a_lead(user),
        "to_hand_over": [each for each in roles_by_program(user) if handing_over.has_anything(user, each)],
        "held": held(user),
        "roles": roles,
        "due_on": timezone.localdate() + TIME_TO_THINK,
        "remembering": consents.programs_remembering(user),
    }


def held(user: User) -> list[Held]:
    """Everything the person has brought and logged, of all programs."""
    found: Counter[str] = Counter()
    for program in consents.programs_remembering(user):
        for line in queries.held(user, program, Purpose.PARTICIPATION):
            found[line.words] += line.number
    return [Held(number, words) for words, number in found.items()]


def programs_without_a_lead(user: User) -> list[Program]:
    """Those that nobody else would lead."""
    leading = Membership.objects.active().with_role(Role.MANAGER).filter(program=OuterRef("pk"))
    programs = Program.objects.filter(Exists(leading.filter(user=user)), archived_at=None)
    return list(programs.exclude(Exists(leading.exclude(user=user))).order_by("name"))


def token_of(user: User) -> str:
    """The link of the mail: it holds as long as this wish stands."""
    return signing.dumps([user.pk, user.erase_at.isoformat() if user.erase_at else ""], salt=SALT)


def who_keeps(token: str) -> User | None:
    """Whose account the link keeps; None for a forged one, and once the account was kept or is gone."""
    try:
        pk, erase_at = signing.loads(token, salt=SALT, max_age=TIME_TO_THINK)
    except signing.BadSignature:
        return None
    return User.objects.filter(pk=pk, erase_at=parse_datetime(erase_at), erase_at__gt=timezone.now()).first()
