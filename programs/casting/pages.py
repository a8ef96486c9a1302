"""What the pages of calls show."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.disclosure.gate import enough
from programs.casting import mix_kept, queries
from programs.casting.mix import Share, mix
from programs.casting.models import Call, Experience, Interest, Position, SeatFate
from programs.casting.poster import address_of
from programs.casting.texts import lines
from programs.charter.queries import objections
from programs.consents.models import today_in
from programs.directory.words import language_name, language_names
from programs.generations.queries import free_places
from programs.generations.staying import chart
from programs.membership.models import Program
from programs.membership.queries import has_council
from programs.membership.tabs import tabs_of

if TYPE_CHECKING:
    from core.people.models import User

DOTS = 12  # more are a number
DIMENSIONS = {
    "site": gettext_lazy("Site"),
    "department": gettext_lazy("Department"),
    "experience": gettext_lazy("Online"),
    "languages": gettext_lazy("Language"),
}


@dataclass(frozen=True)
class MixRow:
    label: str
    chosen: int
    interested: int

    @property
    def dots(self) -> range:
        return range(min(self.chosen, DOTS))


def calls(user: "User", program: Program) -> dict[str, Any]:
    found = list(queries.calls_of(program))
    for call in found:
        call.program = program
    return {
        "program": program,
        "tabs": tabs_of("people", user, program, "programs:casting"),
        "rows": [{"call": call, "state": state_of(call), "kept": mix_kept.interest_of(call)} for call in found],
        "may_begin": queries.generations_to_call(program).exists(),
    }


def staying(user: "User", program: Program) -> dict[str, Any]:
    """One line per generation, and what was kept of the mix of each call."""
    kept = Call.objects.filter(program=program, mix_kept_on__isnull=False).select_related("generation")
    return {
        "program": program,
        "tabs": tabs_of("people", user, program, "programs:staying"),
        "chart": chart(program),
        "mixes": [{"call": call, "rows": _kept(call)} for call in kept.order_by("-generation__number")],
        "least": enough(program.group_minimum),
    }


def _kept(call: Call) -> list[dict[str, Any]]:
    return [
        {"label": DIMENSIONS[dimension], "values": [(label_of(dimension, value), said) for value, said in values]}
        for dimension, values in mix_kept.read(call)
    ]


def state_of(call: Call) -> str:
    if queries.takes_interest(call):
        return "open"
    return "soon" if call.opens_on > today_in(call.program) else "over"


def reading(call: Call, *, names: bool = False) -> dict[str, Any]:
    """The call itself, whoever reads it. `names`: who will read the interest, for readers with an account."""
    doubts = objections(has_council=has_council(call.program))
    return {
        "call": call,
        "program": call.program,
        "generation": call.generation,
        "benefit": lines(call.benefit),
        "privileges": lines(call.privileges),
        "criteria": lines(call.criteria),
        "state": state_of(call),
        "doubts": [each for each in doubts if each.of == "colleagues"],
        "contact": call.generation.who_to_ask,
        "readers": [str(person) for person in queries.readers_of(call.program)] if names else [],
    }


@dataclass(frozen=True)
class Candidate:
    """One person as the program team reads them."""

    interest: Interest
    where: str
    facts: list[str]
    fates: list[tuple[str, Any]]

    def __str__(self) -> str:
        return self.interest.name


def shown(interest: Interest) -> Candidate:
    facts = [
        ", ".join(language_names(interest.languages)),
        str(_wrote(interest.experience)),
        str(Position(interest.position).label) if interest.position else "",
    ]
    return Candidate(
        interest,
        where=", ".join(filter(None, (interest.site, interest.department))),
        facts=[fact for fact in facts if fact],
        fates=[(fate.value, fate.label) for fate in (SeatFate.SEAT, SeatFate.WAITING, SeatFate.NOT)],
    )


def _wrote(experience: str) -> str:
    return {
        Experience.NONE.value: _("has written nothing yet"),
        Experience.SOME.value: _("writes a little"),
        Experience.MUCH.value: _("writes a lot"),
    }.get(experience, "")


def shortlist(call: Call) -> dict[str, Any]:
    """The mix of who is thought of, `found` by what people gave, and how many answers wait."""
    given = queries.given(call)
    found = mix(given)
    seats = sum(person.has_seat for person in given)
    return {
        "call": call,
        "program": call.program,
        "generation": call.generation,
        "interested": len(given),
        "kept": mix_kept.interest_of(call),
        "seats": seats,
        "places": call.generation.places,
        "found": found,
        "mix": [(DIMENSIONS[name], _rows(name, shares)) for name, shares in found.items() if shares],
        "public_url": address_of(call) if call.key else "",
        "state": (state := state_of(call)),
        "is_gone": state == "over" and not given,  # as the list of calls says it: nobody is stored any more
        "shield": _("Only program managers can read this. Every view is logged, without the names of those listed."),
    }


def _rows(dimension: str, shares: list[Share]) -> list[MixRow]:
    return [MixRow(label_of(dimension, share.value), share.chosen, share.interested) for share in shares[:8]]


def label_of(dimension: str, value: str) -> str:
    if dimension == "languages":
        return language_name(value)
    return str(Experience(value).label) if dimension == "experience" else value


def answers(call: Call) -> dict[str, Any]:
    """What will go out, by kind."""
    waits = queries.to_tell(call)
    total = sum(waits.values())
    return {
        "call": call,
        "program": call.program,
        "waits": [
            (
                SeatFate.SEAT.label,
                waits.get(SeatFate.SEAT.value, 0),
                _("an invitation into %(generation)s") % {"generation": call.generation},
            ),
            (SeatFate.WAITING.label, waits.get(SeatFate.WAITING.value, 0), _("the email below")),
            (SeatFate.NOT.label, waits.get(SeatFate.NOT.value, 0), _("the email below")),
        ],
        "total": total,
        "free": free_places(call.generation),
        "undecided": queries.fates(call).get(SeatFate.OPEN.value, 0),
        "submit": ngettext("Send %(count)s answer", "Send %(count)s answers", total) % {"count": total},
        "back_url": reverse("programs:casting_list", args=[call.program.slug, call.pk]),
    }
