"""What is stored about a person, and how many stand behind each consent, as it may be said."""

from dataclasses import dataclass
from functools import cache

from django.db.models import Count, Model, Q, QuerySet
from django.utils.text import capfirst

from core.disclosure.gate import People
from core.kit import page_cache
from core.kit.kept import Tally
from core.people.models import User
from influencer.privacy import map as privacy_map
from programs.consents import access as consents
from programs.consents import queries as consents_queries
from programs.consents.models import Purpose
from programs.membership.access import ABILITIES_OF, Ability
from programs.membership.models import HISTORY, Membership, Program, Role
from programs.membership.standing import HeadCount, beginning_of, last_monday, steadily

SECRET = frozenset(
    {"password", "token_hash", "person_ref", "session_key", "mfa.Authenticator.data", "sealed", "mark"}
    | {"permit_sealed", "calendar_sealed"}
)
# What others answered, added up in a row of somebody else's: two exports would tell each answer by their difference.
OF_OTHERS = frozenset({"programs.ReadinessRound.answered", "programs.ReadinessRound.sums"})

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
def _question() -> tuple[list[privacy_map.ModelRule], Tally]:
    rules = [rule for rule in privacy_map.rules().values() if rule.person]
    return rules, Tally(rows_about(ANYBODY, rule) for rule in rules)


def stored_about(user: User) -> list[StoredArea]:
    """Every table that holds something about the person, with the number of rows: one question for all tables."""
    rules, tally = _question()
    counts = tally.count({ANYBODY.pk: user.pk, ANYBODY.email: user.email})
    return [StoredArea(rule, counts[number]) for number, rule in enumerate(rules) if counts[number]]


def consent_counts(program: Program) -> list[tuple[str, People]]:
    """How many people stand behind each consent, as it may be said: neither few nor nearly all are counted out. As of
    last Monday: a number that moved would show who agreed or withdrew in between."""
    monday = last_monday(program)
    counts = page_cache.taken(
        f"program:{program.pk}",
        f"consents:{monday}",
        lambda: dict(steadily(program, "consents", monday, lambda: dict(_consent_counts(program)))),
    )
    return [(str(capfirst(label)), counts[key]) for key, label in Purpose.choices if key in counts]


def _consent_counts(program: Program) -> list[tuple[str, HeadCount]]:
    """Accounts made a moment ago make no group."""
    long_enough = beginning_of(program, last_monday(program)) - HISTORY
    here = Membership.objects.active().filter(program=program, since__lte=long_enough)
    counts = consents_queries.counts(program, among=here)
    members = here.aggregate(
        taking_part=Count("user", filter=Q(role=Role.INFLUENCER)),
        **{purpose: _people_with(ability) for purpose, ability in consents.FOR_OTHERS.items()},
    )
    rows = []
    for key in Purpose.values:
        if key == Purpose.ALUMNI:
            continue  # of how many: who left is known by name, so either number would tell of each of them
        among = members[key if key in consents.FOR_OTHERS else "taking_part"]
        count = min(counts.get(key, 0), among)
        rows.append((key, HeadCount(count, among)))
    return rows


def _people_with(ability: Ability) -> Count:
    roles = [role for role, held in ABILITIES_OF.items() if ability in held]
    return Count("user", filter=Q(role__in=roles), distinct=True)
