"""From votes to a result that names nobody: how many voted, and for what, as the gate lets it out. With too few voters
there is none. Counted is who took part for a while and does not lead: a few accounts made for it would tell how the one
other person voted."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from core.disclosure import gate
from core.disclosure.gate import People
from programs.leitbild import sentences
from programs.leitbild.models import LeitbildBallot, LeitbildWorkshop
from programs.leitbild.sentences import BallotChoice
from programs.membership.models import Program
from programs.membership.queries import long_in

IN_FRONT, OF_EACH = 5, 3  # of what a first text is made: so many lines, so many sentences under a heading


@dataclass(frozen=True)
class Counted:
    choice: BallotChoice
    votes: People | None  # nothing where too few voted


def least(program: Program) -> int:
    """From so many votes on there is a result: beside somebody with four accounts it is still made of k others."""
    return gate.enough(program.group_minimum)


def counted(workshop: LeitbildWorkshop) -> dict[str, Any]:
    """`{"voters": [low, high], "votes": {key: [low, high]}}`; empty where too few voted."""
    program = workshop.program
    people = long_in(program, timezone.now())
    ballots = LeitbildBallot.objects.filter(workshop=workshop, person__in=people).values_list("items", flat=True)
    if len(ballots) < least(program):
        return {}

    def said(count: int) -> list[int | None]:
        number = gate.people(count, k=program.group_minimum, among=len(people))
        return [number.low, number.high]

    votes = {row.key: said(sum(row.key in items for items in ballots)) for row in sentences.choices_of(workshop)}
    return {"voters": said(len(ballots)), "votes": votes}


def voters(workshop: LeitbildWorkshop) -> People | None:
    return People(*workshop.result["voters"]) if workshop.result else None


def rows(workshop: LeitbildWorkshop) -> list[Counted]:
    """Most votes first, as far as that is said; else in the order of the headings."""
    votes = (workshop.result or {}).get("votes", {})
    found = [
        Counted(choice, People(*votes[choice.key]) if choice.key in votes else None)
        for choice in sentences.choices_of(workshop)
    ]
    return sorted(found, key=lambda row: -(row.votes.low if row.votes else 0))


def first_text(rows: list[Counted]) -> str:
    """What stands in front, one line each, for people to go on with."""
    lines = []
    for row in rows[:IN_FRONT]:
        below = " ".join(each.text for each in row.choice.below[:OF_EACH])
        lines.append(f"- **{row.choice.label.rstrip('.')}.** {below}" if below else f"- {row.choice.label}")
    return "\n".join(lines)
