"""What changes on a board. Proposals and votes are each person's own act: the journal says nothing of them."""

from datetime import time
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from community.barcamp.models import Barcamp, CampRoom, CampSession, CampSlot, Offering, Proposal, ProposalVote
from community.barcamp.verbs import BarcampVerb
from community.events import moments
from community.events.feedback import filling
from community.events.invited import invited
from community.events.models import Event
from core.disclosure import gate
from core.journal import services as journal
from core.kit.switching import switch_on

if TYPE_CHECKING:
    from core.people.models import User

MOST_ROOMS, MOST_SLOTS, MOST_OF_ONE, MOST = 12, 48, 20, 300


class BoardClosedError(Exception):
    """It is over or cancelled: nobody proposes or votes any more."""


class VotingOverError(Exception):
    """The results stand."""


class TooManyError(Exception):
    """More than the board, or one person, can have."""


class NameTakenError(Exception):
    """Another room of this barcamp is called the same."""


class OverlapError(Exception):
    """At this time there is another one already."""

    def __init__(self, other: CampSlot) -> None:
        super().__init__()
        self.other = other


class HasSessionsError(Exception):
    """Sessions are planned at this time: it cannot be for everybody."""


class LedMeanwhileError(Exception):
    """Somebody else has taken this wish on."""


def is_open(event: Event) -> bool:
    """Whether people propose and vote: from the announcement until it is over."""
    return event.is_open and not moments.is_over(event.milestone, timezone.now())


def locked(event: Event) -> Barcamp:
    """The board's row, held until the transaction ends: one change of a plan after the other."""
    Barcamp.objects.get_or_create(event=event)
    return Barcamp.objects.select_for_update().get(event=event)


def _asked_for(event: Event) -> Barcamp:
    camp = locked(event)
    if not is_open(event):
        raise BoardClosedError
    return camp


@transaction.atomic
def propose(event: Event, *, by: "User", kind: str, title: str, text: str) -> Proposal:
    _asked_for(event)
    present = Proposal.objects.present().filter(event=event)
    if present.count() >= MOST or present.filter(by=by).count() >= MOST_OF_ONE:
        raise TooManyError
    leads = by if kind == Offering.OFFER else None
    return Proposal.objects.create(event=event, by=by, leads=leads, kind=kind, title=title, text=text)


@transaction.atomic
def edit_proposal(proposal: Proposal, *, by: "User", kind: str, title: str, text: str) -> None:
    """Who makes an offer of a wish leads it, unless somebody else has taken it on; who makes a wish of an offer leads
    it no more."""
    _touch(proposal.event)
    leader = Proposal.objects.values_list("leads", flat=True).get(pk=proposal.pk)
    if kind == Offering.OFFER and leader not in (None, by.pk):
        raise LedMeanwhileError
    if kind != proposal.kind:
        proposal.leads = by if kind == Offering.OFFER else None
    elif kind == Offering.WISH and (title, text) != (proposal.title, proposal.text):
        proposal.leads = None  # whoever took it on said yes to other words
    proposal.kind, proposal.title, proposal.text = kind, title, text
    proposal.save(update_fields=["kind", "title", "text", "leads"])


@transaction.atomic
def withdraw(proposal: Proposal, *, by: "User") -> None:
    """Off the board and out of the plan. A host who removes what somebody else proposed is in the journal. Of two at
    once the first decides: what its owner took back is not a host's to bring back."""
    _touch(proposal.event)
    proposal.refresh_from_db(fields=["deleted_at", "is_removed"])
    if proposal.deleted_at is None:
        proposal.put_away(is_removed=proposal.by_id != by.pk)
        _note_removal(proposal, by)


@transaction.atomic
def bring_back(proposal: Proposal, *, by: "User") -> None:
    """With its place, if that is still free."""
    _touch(proposal.event)
    if proposal.deleted_at is not None:
        proposal.take_back()
        _note_removal(proposal, by)


def _note_removal(proposal: Proposal, by: "User") -> None:
    if proposal.by_id != by.pk:
        journal.record(BarcampVerb.REMOVED, proposal.event.milestone, by=by)


@transaction.atomic
def vote(proposal: Proposal, *, person: "User", wants: bool) -> None:
    """Twice is once."""
    camp = _asked_for(proposal.event)
    if camp.voting_ended_at is not None:
        raise VotingOverError
    if not wants:
        ProposalVote.objects.filter(proposal=proposal, person=person).delete()
    elif proposal.by_id != person.pk:
        switch_on(ProposalVote, proposal=proposal, person=person)


@transaction.atomic
def lead(proposal: Proposal, *, person: "User", leads: bool) -> bool:
    """Take a wish on, or give it back. Whether the person leads it now, or did until now."""
    camp = _asked_for(proposal.event)
    rows = Proposal.objects.present().filter(pk=proposal.pk, kind=Offering.WISH)
    rows = rows.filter(leads=None) if leads else rows.filter(leads=person)
    if not rows.update(leads=person if leads else None):
        if not leads:
            return False
        if not Proposal.objects.filter(pk=proposal.pk, leads=person).exists():
            raise LedMeanwhileError
    _changed(camp)
    return True


@transaction.atomic
def end_voting(event: Event, *, by: "User | None" = None) -> bool:
    """How many are interested in each as the gate lets it out, once; every vote goes. Whether it was ended now. Counted
    is who took part for a while before the event and does not plan it, as with feedback: a few accounts made for it
    would tell how the one other person voted."""
    camp = locked(event)
    if camp.voting_ended_at is not None:
        return False
    program = event.milestone.program
    people = set(invited(event).values_list("pk", flat=True)) & filling(event)
    for proposal in Proposal.objects.filter(event=event):
        voters = set(proposal.votes.values_list("person", flat=True)) & people
        said = gate.people(len(voters), among=len(people - {proposal.by_id}), k=program.group_minimum)
        proposal.votes_low, proposal.votes_high = said.low, said.high
        proposal.save(update_fields=["votes_low", "votes_high"])
    ProposalVote.objects.filter(proposal__event=event).delete()
    camp.voting_ended_at = timezone.now()
    camp.save(update_fields=["voting_ended_at"])
    journal.record(BarcampVerb.VOTING_ENDED, event.milestone, by=by)
    return True


@transaction.atomic
def add_room(event: Event, *, by: "User", name: str, note: str) -> CampRoom:
    camp = locked(event)
    if CampRoom.objects.present().filter(event=event).count() >= MOST_ROOMS:
        raise TooManyError
    _check_name(event, name)
    room = CampRoom.objects.create(event=event, name=name, note=note)
    _arranged(camp, event, by)
    return room


@transaction.atomic
def edit_room(room: CampRoom, *, by: "User", name: str, note: str) -> None:
    camp = locked(room.event)
    _check_name(room.event, name, but=room)
    room.name, room.note = name, note
    room.save(update_fields=["name", "note"])
    _arranged(camp, room.event, by)


def _check_name(event: Event, name: str, but: CampRoom | None = None) -> None:
    others = CampRoom.objects.present().filter(event=event, name__iexact=name)
    if (others.exclude(pk=but.pk) if but else others).exists():
        raise NameTakenError


@transaction.atomic
def add_slot(event: Event, *, by: "User", starts: time, ends: time, title: str, day: int = 0) -> CampSlot:
    camp = locked(event)
    if CampSlot.objects.present().filter(event=event).count() >= MOST_SLOTS:
        raise TooManyError
    _check_time(event, day, starts, ends)
    slot = CampSlot.objects.create(event=event, day=day, starts=starts, ends=ends, title=title)
    _arranged(camp, event, by)
    return slot


@transaction.atomic
def edit_slot(slot: CampSlot, *, by: "User", starts: time, ends: time, title: str, day: int = 0) -> None:
    camp = locked(slot.event)
    _check_time(slot.event, day, starts, ends, but=slot)
    if title and not slot.title and CampSession.objects.filter(slot=slot, proposal__deleted_at=None).exists():
        raise HasSessionsError
    slot.day, slot.starts, slot.ends, slot.title = day, starts, ends, title
    slot.save(update_fields=["day", "starts", "ends", "title"])
    _arranged(camp, slot.event, by)


def _check_time(event: Event, day: int, starts: time, ends: time, but: CampSlot | None = None) -> None:
    others = CampSlot.objects.present().filter(event=event, day=day, starts__lt=ends, ends__gt=starts)
    other = (others.exclude(pk=but.pk) if but else others).first()
    if other is not None:
        other.event = event
        raise OverlapError(other)


@transaction.atomic
def remove(row: CampRoom | CampSlot, *, by: "User") -> None:
    """Its sessions are without a place as long as it is gone."""
    camp = locked(row.event)
    if row.deleted_at is None:
        row.put_away()
        _arranged(camp, row.event, by)


@transaction.atomic
def restore(row: CampRoom | CampSlot, *, by: "User") -> None:
    """With its sessions, except those that have found another place."""
    camp = locked(row.event)
    if row.deleted_at is None:
        return
    most = MOST_ROOMS if isinstance(row, CampRoom) else MOST_SLOTS
    if type(row)._default_manager.filter(event=row.event, deleted_at=None).count() >= most:
        raise TooManyError
    if isinstance(row, CampRoom):
        _check_name(row.event, row.name)
    else:
        _check_time(row.event, row.day, row.starts, row.ends)
    row.take_back()
    _arranged(camp, row.event, by)


def _arranged(camp: Barcamp, event: Event, by: "User") -> None:
    _changed(camp)
    journal.record(BarcampVerb.ARRANGED, event.milestone, by=by)


def _touch(event: Event) -> None:
    _changed(locked(event))


def _changed(camp: Barcamp) -> None:
    camp.changed_at = timezone.now()
    camp.save(update_fields=["changed_at"])
