"""For whom an issue is: what can be chosen, who fits, and who reads it in the archive."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from community.newsletters.models import Delivery, DeliveryState, IssueState
from community.newsletters.models_audiences import Audience
from core.kit import languages
from core.people.models import User
from programs.directory.models import Offer, Part, Profile
from programs.directory.present import listed
from programs.generations.models import Generation, Participant
from programs.membership.access import ABILITIES_OF, ROLE_ORDER, Ability
from programs.membership.models import Membership, Program, Role

if TYPE_CHECKING:
    from django.db.models.expressions import Combinable

MOST_INTERESTS_SHOWN = 40

Choices = list[tuple[str, str]]


def generations_of(program: Program) -> Choices:
    rows = Generation.objects.present().filter(program=program).order_by("-number")
    return [(str(row.pk), str(row)) for row in rows]


def roles_to_choose() -> Choices:
    return [(role, str(Role(role).label)) for role in ROLE_ORDER if Ability.SEE_NEWSLETTERS in ABILITIES_OF[role]]


def interests_of(program: Program) -> Choices:
    """Topics that people show in the directory; what they keep to themselves is not among them."""
    shown = _topics(program).order_by("folded", "label").values_list("folded", "label")
    return list(dict(reversed(shown)).items())[::-1][:MOST_INTERESTS_SHOWN]


def _topics(program: Program) -> QuerySet[Offer]:
    return Offer.objects.filter(
        kind=Offer.Kind.TOPIC, profile__in=listed(program), profile__shown__contains=[Part.TOPICS]
    )


def choices_of(program: Program) -> dict[str, Choices]:
    return {
        "generations": generations_of(program),
        "roles": roles_to_choose(),
        "languages": [(code, str(name)) for code, name in languages.choices()],
        "interests": interests_of(program),
    }


def in_words(program: Program, audience: Audience) -> str:
    """Who it is for, as the page and the confirmation say it."""
    if audience.is_everybody:
        return _("The whole program")
    known = choices_of(program)
    parts = []
    for sort, chosen in known.items():
        names = dict(chosen)
        labels = [names.get(str(each), str(each)) for each in getattr(audience, sort)]
        if sort == "generations":
            labels = [names.get(str(each), _("a former generation")) for each in audience.generations]
        if labels:
            parts.append(", ".join(labels))
    return " · ".join(parts)


def belonging(program: Program, audience: Audience) -> QuerySet[User]:
    """Who fits every sort now, whether they subscribed or not."""
    of_person = {"program": program, "user": OuterRef("pk")}
    people = User.objects.filter(Exists(Membership.objects.active().filter(**of_person)))
    if audience.generations:
        there = Participant.objects.present().filter(**of_person)
        people = people.filter(Exists(there.filter(generation__in=audience.generations)))
    if audience.roles:
        people = people.filter(Exists(Membership.objects.active().filter(**of_person, role__in=audience.roles)))
    if audience.languages:
        people = people.filter(language__in=audience.languages)
    if audience.interests:
        interested = _topics(program).filter(profile__user=OuterRef("pk"), folded__in=audience.interests)
        people = people.filter(Exists(interested))
    return people


@dataclass(frozen=True)
class Among:
    """A question for the numbers of people, as a part of another one."""

    sql: str
    parameters: list[Any]


def among(program: Program, audience: Audience) -> Among | None:
    """Who fits; nothing for the whole program."""
    if audience.is_everybody:
        return None
    sql, parameters = belonging(program, audience).order_by().values("pk").query.sql_with_params()
    return Among(sql, list(parameters))


def concerns(user: User, program: Program) -> Q:
    """Issues that somebody reads in the archive: those for everybody, those that went to them, and those for whom they
    belong to now. One that was cancelled is read by whom it reached."""
    mine = Membership.objects.active().filter(program=program, user=user)
    taking_part = Participant.objects.present().filter(program=program, user=user)
    interests = _topics(program).filter(profile__in=Profile.objects.filter(user=user))
    fits = (
        _one_of("to_generations", ArraySubquery(taking_part.values("generation")))
        & _one_of("to_roles", ArraySubquery(mine.values("role")))
        & _one_of("to_languages", [user.language])
        & _one_of("to_interests", ArraySubquery(interests.values("folded")))
    )
    got = Delivery.objects.filter(issue=OuterRef("pk"), user=user)
    was_sent = Exists(got.exclude(state__in=[DeliveryState.SUPPRESSED, DeliveryState.CANCELLED]))
    return was_sent | (fits & ~Q(state=IssueState.CANCELLED))


def _one_of(name: str, mine: "list[str] | Combinable") -> Q:
    return Q(**{name: []}) | Q(**{f"{name}__overlap": mine})
