"""The board of a barcamp as its page shows it, to who is invited and to who plans it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from community.barcamp import placing, plan, services
from community.barcamp.models import CampRoom, CampSlot, Offering, Proposal, ProposalVote
from community.barcamp.plan import Plan, PlanCell
from community.events import access as events
from community.events import event_page
from community.events.models import Event
from core.disclosure.gate import People

if TYPE_CHECKING:
    from core.people.models import User


@dataclass(frozen=True)
class Idea:
    """A proposal in the list, as one person sees it."""

    proposal: Proposal
    leader: dict[str, Any] | None
    is_mine: bool
    leads: bool
    has_vote: bool
    cell: PlanCell | None
    votes: People | None  # once voting has ended

    @property
    def is_wish(self) -> bool:
        return self.proposal.kind == Offering.WISH and self.proposal.leads_id is None


def of(event: Event, user: "User") -> dict[str, Any]:
    proposals = plan.proposals_of(event)
    shown = plan.of(event, user, proposals)
    ideas = ideas_of(proposals, shown, user)
    is_open = services.is_open(event)
    return plan_of(event, user, shown, proposals) | {
        "when": event_page.when(event),
        "open_ideas": [idea for idea in ideas if idea.cell is None],
        "placed_ideas": [idea for idea in ideas if idea.cell],
        "is_open": is_open,
        "may_vote": is_open and shown.voting_ended_at is None,
        "voting_ended": shown.voting_ended_at is not None,
        "is_empty": not proposals,
    }


def live(event: Event, user: "User", *, known: int) -> dict[str, Any]:
    """What a page that is open already asks for: the plan of now, and how many proposals have come since."""
    proposals = plan.proposals_of(event)
    shown = plan.of(event, user, proposals)
    new = sum(to_microseconds(row.created_at) > known and row.by_id != user.pk for row in proposals)
    return plan_of(event, user, shown, proposals, new) | {"known": known, "new_count": new}


def to_microseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1_000_000)


def plan_of(event: Event, user: "User", shown: Plan, proposals: list[Proposal], new: int = 0) -> dict[str, Any]:
    hosts = events.can_host(user, event)
    return {
        "program": event.milestone.program,
        "event": event,
        "plan": shown,
        "hosts": hosts,
        "clashes": [clash for clash in shown.clashes if hosts or clash.is_mine],
        "version": f"{shown.version}-{new}",
        "new_count": new,
        "known": to_microseconds(timezone.now()),  # when one looked; when others proposed something is told to nobody
    }


def ideas_of(proposals: list[Proposal], shown: Plan, user: "User") -> list[Idea]:
    """One's own first, the others mixed, for each person in another way: who comes first is no merit."""
    voted = set(ProposalVote.objects.filter(person=user, proposal__in=proposals).values_list("proposal", flat=True))
    placed = shown.placed
    ideas = [idea_of(row, shown, placed, user, has_vote=row.pk in voted) for row in proposals]
    return sorted(ideas, key=lambda idea: (not idea.is_mine, mixed(user, idea.proposal)))


def idea_of(row: Proposal, shown: Plan, placed: dict[int, PlanCell], user: "User", *, has_vote: bool) -> Idea:
    leader = shown.people.get(row.leads_id) if row.leads_id else None
    is_said = shown.voting_ended_at is not None and row.votes_low is not None
    votes = People(row.votes_low or 0, row.votes_high) if is_said else None
    mine, leads = row.by_id == user.pk, row.leads_id == user.pk
    return Idea(row, leader, mine, leads, has_vote, placed.get(row.pk), votes)


def one_idea(proposal: Proposal, user: "User") -> dict[str, Any]:
    """For the answer to a tap."""
    event = proposal.event
    shown = plan.of(event, user, [proposal])
    has_vote = ProposalVote.objects.filter(person=user, proposal=proposal).exists()
    idea = idea_of(proposal, shown, {}, user, has_vote=has_vote)
    return {
        "program": event.milestone.program,
        "event": event,
        "idea": idea,
        "may_vote": services.is_open(event) and shown.voting_ended_at is None,
        "voting_ended": shown.voting_ended_at is not None,
        "is_part": True,
    }


def mixed(user: "User", proposal: Proposal) -> str:
    return hashlib.sha256(f"{user.pk}.{proposal.pk}".encode()).hexdigest()


def choices_for(event: Event, user: "User", room: CampRoom, slot: CampSlot) -> tuple[Plan, list[tuple[str, str]], int]:
    """What a host can put into a place: those without one first, by how many are interested once that is said."""
    proposals = plan.proposals_of(event)
    shown = plan.of(event, user, proposals)
    placed = shown.placed
    here = next((key for key, cell in placed.items() if (cell.room.pk, cell.slot.pk) == (room.pk, slot.pk)), 0)
    ordered = sorted(proposals, key=lambda row: (row.pk in placed, -(row.votes_low or 0), row.title.casefold()))
    return shown, [(str(row.pk), label_of(row, shown, placed)) for row in ordered], here


def label_of(row: Proposal, shown: Plan, placed: dict[int, PlanCell]) -> str:
    leader = shown.people.get(row.leads_id) if row.leads_id else None
    parts = [str(row.title)]
    if leader:
        parts.append(leader["name"])
    if cell := placed.get(row.pk):
        parts.append(f"{cell.slot.when}, {cell.room}")
    return " · ".join(parts)


def seen_of(event: Event) -> str:
    return placing.written(placing.places_of(event))
