"""What is stored about a person, and how many stand behind each consent, as it may be said."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Count, Model, Q, QuerySet
from django.utils.text import capfirst

from core.disclosure import gate
from core.disclosure.gate import People
from core.people.models import User
from influencer.privacy import map as privacy_map
from programs.consents import access as consents
from programs.consents import queries as consents_queries
from programs.consents.models import Purpose
from programs.membership.access import ABILITIES_OF, Ability
from programs.membership.models import Membership, Program, Role

SECRET = frozenset({"password", "token_hash", "person_ref", "session_key", "mfa.Authenticator.data", "sealed", "mark"})

ANYBODY = User(pk=-1, email="anybody@nowhere.invalid")  # stands in the question where a person's number and address go


@dataclass(frozen=True)
class StoredArea:
    """One kind of data about me: how much there is, and the rules it follows."""

    rule: privacy_map.ModelRule
    count: int


def rows_about(user: User, rule: privacy_map.ModelRule) -> QuerySet[Model]:
    """A person's rows of a table; those that know the address only are found by it."""
    found = Q(pk__in=[])
    for lookup in rule.person.split("|"):
        is_address = lookup.endswith(("email", "address"))
        found |= Q(**{f"{lookup}__iexact": user.email}) if is_address else Q(**{lookup: user.pk})
    return rule.model._default_manager.filter(found)


@cache
def _question() -> tuple[list[privacy_map.ModelRule], str, list[Any]]:
    """The question about anybody: the same words for everybody, and a hundred tables take a while to put into them."""
    rules = [rule for rule in privacy_map.rules().values() if rule.person]
    parts: list[str] = []
    places: list[Any] = []
    for number, rule in enumerate(rules):
        sql, values = rows_about(ANYBODY, rule).order_by().values("pk").query.sql_with_params()
        parts.append(f"SELECT {number}, count(*) FROM ({sql}) AS rows")  # noqa: S608  # Django's own SQL, with places
        places += values
    return rules, " UNION ALL ".join(parts), places


def stored_about(user: User) -> list[StoredArea]:
    """Every table that holds something about the person, with the number of rows: one question for all tables."""
    rules, sql, places = _question()
    mine: dict[Any, Any] = {ANYBODY.pk: user.pk, ANYBODY.email: user.email}
    with connection.cursor() as cursor:
        cursor.execute(sql, [mine.get(place, place) for place in places])
        counts = dict(cursor.fetchall())
    return [StoredArea(rule, counts[number]) for number, rule in enumerate(rules) if counts[number]]


def consent_counts(program: Program) -> list[tuple[str, People]]:
    """How many people stand behind each consent, as it may be said: neither few nor nearly all are counted out."""
    counts = consents_queries.counts(program)
    members = (
        Membership.objects.active()
        .filter(program=program)
        .aggregate(
            taking_part=Count("user", filter=Q(role=Role.INFLUENCER)),
            **{purpose: _people_with(ability) for purpose, ability in consents.FOR_OTHERS.items()},
        )
    )
    rows = []
    for key, label in Purpose.choices:
        among = members[key if key in consents.FOR_OTHERS else "taking_part"]
        count = min(counts.get(key, 0), among)
        rows.append((str(capfirst(label)), gate.people(count, among=among, k=program.group_minimum)))
    return rows


def _people_with(ability: Ability) -> Count:
    roles = [role for role, held in ABILITIES_OF.items() if ability in held]
    return Count("user", filter=Q(role__in=roles), distinct=True)
