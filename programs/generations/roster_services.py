"""A roster: read, judged, looked at, applied once. Fifty thousand lines are judged in memory and stored in bulk."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models.functions import Lower
from django.utils import timezone

from core.journal import services as journal
from core.kit.drawn import drawn
from core.kit.wake import wake
from core.people.models import User
from core.people.welcome import VALID
from programs.generations import tasks
from programs.generations.access import DAYS_TO_RETURN
from programs.generations.models import (
    Generation,
    Invitation,
    InvitationState,
    Participant,
    Roster,
)
from programs.generations.queries import free_places, holding_places
from programs.generations.roster_entries import Entry
from programs.generations.roster_reading import Listed
from programs.generations.tokens import hash_of, token_of
from programs.generations.verbs import GenerationsVerb
from programs.generations.verdicts import Known, Verdict, counts, judge
from programs.membership.models import Membership, Program, Role

BATCH = 2000


@transaction.atomic
def read_roster(generation: Generation, listed: Listed, *, source: str, by: User) -> Roster:
    """Judge every line of a list and keep the preview; nobody is invited yet."""
    lines = judge(listed.entries, known_in(generation.program), free_places(generation))
    roster = Roster.objects.create(
        generation=generation, uploaded_by=by, source=source[:200], encoding=_encoding(listed), lines=lines
    )
    journal.record(
        GenerationsVerb.ROSTER_READ,
        roster,
        by=by,
        program_id=generation.program_id,
        name=generation.name,
        **counts(lines),
    )
    return roster


@transaction.atomic
def apply_roster(roster: Roster, *, by: User, language: str = "") -> int:
    """Invite every new address of a roster, once. What changed since the preview is judged again first.

    Who has an account gets the mail in that account's language, else in the one the list gives, else in `language`.
    """
    roster = Roster.objects.select_for_update(of=("self",)).select_related("generation__program").get(pk=roster.pk)
    if roster.applied_at is not None:
        return 0
    generation = roster.generation
    entries = [
        Entry(line["line"], line["email"], line["name"], line.get("language", ""))
        for line in roster.lines
        if line["verdict"] == Verdict.NEW
    ]
    fresh = judge(entries, known_in(generation.program), free_places(generation))
    number = _invite(
        generation, [line for line in fresh if line["verdict"] == Verdict.NEW], language or by.language, by
    )
    done = counts(roster.lines) | {"invited_now": number}
    roster.applied_at = timezone.now()
    roster.lines = []  # addresses of people who were not invited have no business here
    roster.save(update_fields=["applied_at", "lines"])
    journal.record(GenerationsVerb.INVITED, generation, by=by, **done)
    wake(tasks.post)
    return number


@transaction.atomic
def invite(generation: Generation, entries: Sequence[Entry], *, by: User) -> frozenset[str]:
    """Invite people of whom another room knows that they want to come, e.g. because they answered a call. Who takes
    part or holds an open invitation already keeps that one. The addresses that now hold an invitation into this
    generation: of the others nobody was written to."""
    lines = judge(entries, known_in(generation.program), free_places(generation))
    fresh = [line for line in lines if line["verdict"] == Verdict.NEW]
    number = _invite(generation, fresh, by.language, by) if fresh else 0
    journal.record(GenerationsVerb.INVITED, generation, by=by, invited_now=number)
    wake(tasks.post)
    lasting = holding_places(generation).filter(valid_until__gt=timezone.now())
    held = set(lasting.values_list(Lower("email"), flat=True))
    return frozenset(entry.email for entry, line in zip(entries, lines, strict=True) if line["email"] in held)


def _invite(generation: Generation, lines: list[dict[str, Any]], language: str, by: User) -> int:
    before = Invitation.objects.filter(program=generation.program).count()
    valid_until = timezone.now() + VALID
    for start in range(0, len(lines), BATCH):
        part = lines[start : start + BATCH]
        accounts = User.objects.annotate(address=Lower("email")).filter(address__in=[line["email"] for line in part])
        spoken = dict(accounts.values_list("address", "language"))
        Invitation.objects.bulk_create(
            [
                Invitation(
                    pk=pk,
                    program=generation.program,
                    generation=generation,
                    email=line["email"],
                    name=line["name"],
                    language=spoken.get(line["email"]) or line.get("language") or language,
                    token_hash=hash_of(token_of(pk)),
                    valid_until=valid_until,
                    invited_by=by,
                )
                for pk, line in ((drawn(), line) for line in part)  # the link is derived from the number
            ],
            ignore_conflicts=True,  # somebody else invited the same address a moment ago
        )
    return Invitation.objects.filter(program=generation.program).count() - before


def known_in(program: Program) -> Known:
    """What the program knows about addresses now, by itself: an account that was closed elsewhere on the site is none
    of its business, and its mail is held back when it would go out (`letters.is_withheld`)."""
    active = Membership.objects.active().filter(program=program, role=Role.INFLUENCER)
    rows = Invitation.objects.filter(program=program).exclude(state=InvitationState.REVOKED)
    invited = dict(rows.values_list(Lower("email"), "state"))
    joined = {address for address, state in invited.items() if state == InvitationState.ACCEPTED}
    recently = timezone.localdate() - timedelta(days=DAYS_TO_RETURN)
    left = Participant.objects.filter(program=program, left_on__gte=recently)
    closed = set(left.values_list(Lower("user__email"), flat=True))
    ours = Membership.objects.filter(program=program, user__is_active=False)
    closed |= set(ours.values_list(Lower("user__email"), flat=True))
    return Known(
        members=frozenset(active.values_list(Lower("user__email"), flat=True)),
        invited=frozenset(invited.keys() - joined),
        closed=frozenset(closed | joined),
    )


def _encoding(listed: Listed) -> str:
    return listed.encoding if listed.sample else ""
