"""What a person may know about the own data, and what the works council may know about the program."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Model, Q, QuerySet
from django.utils.text import capfirst

from core.disclosure import gate
from core.disclosure.gate import People
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


def consent_counts(program: Program) -> list[tuple[str, People]]:
    """How many people stand behind each consent, as it may be said: neither few nor nearly all are counted out."""
    counts = consents.counts(program)
    members = (
        Membership.objects.active()
        .filter(program=program)
        .aggregate(everybody=Count("user", distinct=True), taking_part=Count("user", filter=Q(role=Role.INFLUENCER)))
    )
    rows = []
    for key, label in Purpose.choices:
        among = members["everybody" if key in consents.FOR_EVERYBODY else "taking_part"]
        count = min(counts.get(key, 0), among)
        rows.append((str(capfirst(label)), gate.people(count, among=among, k=program.group_minimum)))
    return rows
