"""What changes about calls and interest. What people do for themselves is in no journal."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.journal import services as journal
from core.journal.changes import changes_of
from core.kit import languages, page_cache
from core.kit.wake import wake
from core.notify import tasks
from core.notify.services import forget_mails, queue_mails
from programs.casting import letters, queries
from programs.casting.models import Call, Interest, SeatFate
from programs.casting.texts import starter
from programs.casting.tokens import new_key
from programs.casting.verbs import CastingVerb
from programs.generations import invitation_services, roster_services
from programs.generations.models import Generation
from programs.generations.queries import free_places, holding_places
from programs.generations.roster_entries import Entry

if TYPE_CHECKING:
    from core.people.models import User

GIVEN = ("department", "site", "languages", "experience", "topics", "position")


class CallIsOver(Exception):
    """The call has closed, or its answer was given."""


# --- the call ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def write_call(generation: Generation, *, opens_on: date, closes_on: date, by: "User") -> Call:
    """A call with the starter's words. A generation has one; the second time it is there."""
    given = {"opens_on": opens_on, "closes_on": closes_on, "program": generation.program} | starter(generation)
    call, is_new = Call.objects.get_or_create(generation=generation, defaults=given)
    if is_new:
        journal.record(CastingVerb.CALL_WRITTEN, call, by=by)
        page_cache.changed(call.program_id)
        _changed(call)
    return call


@transaction.atomic
def change_call(call: Call, *, by: "User", **fields: Any) -> None:
    for name, value in fields.items():
        setattr(call, name, value)
    changed = changes_of(call, fields)
    call.save(update_fields=[*fields])
    if changed:
        journal.record(CastingVerb.CALL_CHANGED, call, by=by, changes=changed)
    page_cache.changed(call.program_id)
    _changed(call)


@transaction.atomic
def switch_link(call: Call, *, is_on: bool, by: "User", key: str = "") -> str:
    """A new public link, or none: the one before leads nowhere from now on, on posters as well; its key is given back.
    `key`: the one before, when ending it is undone."""
    before = Call.objects.select_for_update(no_key=True).get(pk=call.pk).key
    call.key = key or (new_key() if is_on else "")
    changed = changes_of(call, ("key",), unsaid=("key",))  # whoever reads the key has the link
    call.save(update_fields=["key"])
    journal.record(CastingVerb.LINK_CHANGED, call, by=by, changes=changed)
    return before


# --- interest, by the person ------------------------------------------------------------------------------------------


@transaction.atomic
def ask_for_link(call: Call, *, email: str) -> None:
    """Send somebody without an account the link to the own interest. One that has had its answer, or was shown with an
    account, gets no mail: then everything is done as for others and taken back, because a quicker answer would tell
    whoever types a colleague's address."""
    if not queries.takes_interest(call):
        return
    Call.objects.select_for_update(no_key=True).get(pk=call.pk)  # two at once make one row
    try:
        with transaction.atomic():
            _send_link(call, email)
    except _NotForThem:
        wake(tasks.sweep)


class _NotForThem(Exception):
    """No mail goes to this address."""


def _send_link(call: Call, email: str) -> None:
    was_answered = queries.was_answered(call, email)
    fresh = Interest(call=call, email=email.lower(), language=languages.current())
    Interest.objects.bulk_create([fresh], ignore_conflicts=True)
    interest = Interest.objects.get(call=call, email__iexact=email)
    is_over = was_answered or interest.is_settled or interest.user_id is not None
    interest.asked_at = timezone.now()  # the mail says a week, also to who took an interest back and thinks again
    interest.save(update_fields=["asked_at"])
    interest.call = call
    letters.send_link(interest)
    if is_over:
        raise _NotForThem


@transaction.atomic
def declare(call: Call, *, person: "User", given: Mapping[str, Any]) -> Interest:
    """Somebody with an account shows interest, or changes what they said."""
    Call.objects.select_for_update(no_key=True).get(pk=call.pk)
    if queries.was_answered(call, person.email):
        raise CallIsOver
    rows = Interest.objects.filter(call=call).select_for_update(of=("self",))
    known = rows.filter(email__iexact=person.email)
    interest = rows.filter(user=person).first() or known.filter(user=None).first()
    if interest is None:
        if known.exists():  # an address that went from one account to another takes nobody's interest along
            raise CallIsOver
        interest = Interest(call=call, email=person.email.lower())
    interest.user, interest.language = person, person.language
    interest.name = person.name or person.email
    return _declared(interest, call, given)


@transaction.atomic
def declare_by_link(interest: Interest, *, name: str, given: Mapping[str, Any]) -> Interest:
    """The same by the link of the mail, which proves the address."""
    call = interest.call
    Call.objects.select_for_update(no_key=True).get(pk=call.pk)
    found = Interest.objects.select_for_update(of=("self",)).filter(pk=interest.pk, user=None).first()
    if found is None:
        raise CallIsOver
    found.name, found.language = name, languages.current()
    return _declared(found, call, given)


def _declared(interest: Interest, call: Call, given: Mapping[str, Any]) -> Interest:
    if not queries.takes_interest(call) or interest.is_settled:
        raise CallIsOver
    for field in GIVEN:
        setattr(interest, field, given[field])
    interest.declared_at = interest.declared_at or timezone.now()
    interest.withdrawn_at = None
    said = (*GIVEN, "name", "language", "user", "declared_at", "withdrawn_at")
    # What the team decided is not the person's to change.
    interest.save(update_fields=None if interest._state.adding else said)
    # Who said no to an invitation before has thought again: the next one is to arrive.
    invitation_services.forget_no(call.program_id, interest.email)
    _changed(call)
    return interest


@transaction.atomic
def withdraw(interest: Interest) -> None:
    """Out of sight for everybody at once, without a reason; waiting mails do not go out. Gone for good a day later.
    After a place or a no it is too late: the row goes by itself, and leaves what keeps the call from writing again."""
    now = timezone.now()
    rows = Interest.objects.filter(pk=interest.pk).exclude(told__in=(SeatFate.SEAT, SeatFate.NOT))
    if not rows.update(withdrawn_at=now):
        raise CallIsOver
    interest.withdrawn_at = now
    _changed(interest.call)


@transaction.atomic
def restore(interest: Interest) -> None:
    interest.withdrawn_at = None
    interest.save(update_fields=["withdrawn_at"])
    _changed(interest.call)


# --- the shortlist ----------------------------------------------------------------------------------------------------


@transaction.atomic
def think_of(interest: Interest, *, fate: str) -> None:
    """Place, waiting list, not this time, or open again. Nothing is said yet, and no journal tells who was thought of.
    What was told as a place or a no stays."""
    _undecided(Interest.objects.filter(pk=interest.pk)).update(fate=fate)


@transaction.atomic
def think_of_several(call: Call, *, keys: Collection[UUID], fate: str) -> dict[str, list[UUID]]:
    """The same for several of a call: what was thought of those whom it changes."""
    rows = _undecided(Interest.objects.shown().filter(call=call, key__in=keys)).exclude(fate=fate)
    before: dict[str, list[UUID]] = {}
    for key, was in rows.order_by("pk").select_for_update().values_list("key", "fate"):
        before.setdefault(was, []).append(key)
    Interest.objects.filter(call=call, key__in=[key for those in before.values() for key in those]).update(fate=fate)
    return before


def _undecided(rows: QuerySet[Interest]) -> QuerySet[Interest]:
    return rows.exclude(told__in=(SeatFate.SEAT, SeatFate.NOT)).filter(withdrawn_at=None)


@transaction.atomic
def answer(call: Call, *, by: "User") -> int:
    """Tell everybody what was decided, each exactly once: places as invitations into the generation, waiting list and
    not this time as mails. How many."""
    call = (
        Call.objects.select_for_update(of=("self",))
        .select_related("generation__contact__user", "program")
        .get(pk=call.pk)
    )
    rows = list(queries.unanswered(call).select_related("user").select_for_update(of=("self",)))
    seats = [row for row in rows if row.fate == SeatFate.SEAT]
    if seats and call.generation.closed_at is not None:
        raise ValidationError(_("The generation is closed. Open it again before you invite people."))
    free = free_places(call.generation)
    held = set(holding_places(call.generation).values_list(Lower("email"), flat=True)) if seats else set()
    needed = sum(row.email.lower() not in held for row in seats)
    if needed > free:
        told = _("%(seats)s places were given, and %(free)s are free. Change the places or the list first.")
        raise ValidationError(told % {"seats": needed, "free": free})
    if not rows:
        return 0
    if seats:
        _invite(call, seats, by)
    queue_mails([letters.answer(row, call) for row in rows if row.fate != SeatFate.SEAT])
    now = timezone.now()
    for row in rows:
        row.told, row.told_at = row.fate, now
    Interest.objects.bulk_update(rows, ["told", "told_at"], batch_size=500)
    journal.record(CastingVerb.ANSWERED, call, by=by)
    _changed(call)
    return len(rows)


def _invite(call: Call, seats: list[Interest], by: "User") -> None:
    """All of them or nobody: nobody counts as answered to whom no invitation went."""
    entries = [Entry(line, row.email, row.name, row.language) for line, row in enumerate(seats, start=1)]
    invited = roster_services.invite(call.generation, entries, by=by)
    left = [str(row) for row in seats if row.email not in invited]
    if left:
        told = ngettext(
            "%(count)s person cannot be invited, because they already take part or were invited before: %(names)s. "
            "Nothing has been sent yet. Withdraw the place on the list first.",
            "%(count)s people cannot be invited, because they already take part or were invited before: %(names)s. "
            "Nothing has been sent yet. Withdraw their places on the list first.",
            len(left),
        )
        raise ValidationError(told % {"count": len(left), "names": ", ".join(left)})


# --- what is kept no longer -------------------------------------------------------------------------------------------


def _changed(call: Call) -> None:
    """The start pages of the program's management count again, after the commit."""
    transaction.on_commit(lambda: page_cache.clear(f"casting:{call.program_id}"), robust=True)


@transaction.atomic
def forget(interests: list[Interest]) -> int:
    """Interest with everything that hangs on it, in the outbox as well."""
    keys = [interest.pk for interest in interests]
    forget_mails(letters.CONFIRM, keys)
    forget_mails(letters.ANSWER, keys)
    for call in {interest.call for interest in interests}:
        _changed(call)
    return Interest.objects.filter(pk__in=keys).delete()[0]


def forget_everywhere(user: "User") -> None:
    """The account is erased."""
    own = Interest.objects.filter(user=user) | Interest.objects.filter(email__iexact=user.email)
    forget(list(own))
