"""What a person may know about the own data, and what the works council may know about the program."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.journal.models import Entry, Kind
from core.kit import rooms
from core.people.models import User
from influencer.privacy import map as privacy_map
from programs.consents import access as consents
from programs.consents.models import Purpose
from programs.membership.models import Membership, Program, Role

SECRET = frozenset({"password", "token_hash", "person_ref", "session_key", "mfa.Authenticator.data"})


@dataclass(frozen=True)
class StoredArea:
    """One kind of data about me: how much there is, and the rules it follows."""

    rule: privacy_map.ModelRule
    count: int


def rows_about(user: User, rule: privacy_map.ModelRule) -> QuerySet[Model]:
    return rule.model._default_manager.filter(**{rule.person: user.pk})


def stored_about(user: User) -> list[StoredArea]:
    """Every table that holds something about the person, with the number of rows."""
    areas = [StoredArea(rule, rows_about(user, rule).count()) for rule in privacy_map.rules().values() if rule.person]
    return [area for area in areas if area.count]


def export_about(user: User) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Everything stored about a person, table by table (Art. 15 and 20 GDPR); secrets are left out."""
    for label, rule in privacy_map.rules().items():
        if not rule.person:
            continue
        fields = (field for field in rule.model._meta.concrete_fields if f"{label}.{field.name}" not in SECRET)
        columns = [field.attname for field in fields if field.name not in SECRET]
        rows = list(rows_about(user, rule).order_by("pk").values(*columns))
        if rows:
            yield label, rows


def journal_of(program: Program, *, kind: str = "", days: int = 90) -> QuerySet[Entry]:
    """Changes and views in a program, newest first."""
    since = timezone.now() - timedelta(days=days)
    entries = Entry.objects.filter(program_id=program.pk, at__gte=since).select_related("actor").order_by("-at", "-pk")
    return entries.filter(kind=kind) if kind in Kind.values else entries


def consent_counts(program: Program) -> list[tuple[str, str]]:
    """How many people stand behind each consent; fewer than k are not counted out."""
    counts = consents.counts(program)
    few = _("fewer than %(k)s") % {"k": program.group_minimum}
    return [
        (str(capfirst(label)), few if 0 < counts.get(key, 0) < program.group_minimum else str(counts.get(key, 0)))
        for key, label in Purpose.choices
    ]


@dataclass(frozen=True)
class Line:
    """A line of the log as it is read: participants are not named, the team that acts for the program is."""

    entry: Entry
    who: str
    what: str


def log_lines(program: Program, entries: Iterable[Entry]) -> list[Line]:
    team = set(
        Membership.objects.filter(program=program).exclude(role=Role.INFLUENCER).values_list("user_id", flat=True)
    )
    return [Line(entry, _who(entry, team), rooms.words_of(entry.verb)) for entry in entries]


def _who(entry: Entry, team: set[int]) -> str:
    if entry.actor is None:
        return _("the system")
    if entry.actor_id in team or entry.actor.is_superuser:
        return str(entry.actor)
    return _("a participant")
