"""Granting and withdrawing. Each consent stands alone; taking one back is as easy as giving it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.crypto import salted_hmac

from programs.consents import access, erasures, hooks, notices
from programs.consents.locks import hold
from programs.consents.models import Action, ConsentEvent
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


def person_ref(user: "User") -> str:
    """The keyed pseudonym under which the proof of a consent survives the person's erasure."""
    return salted_hmac("consents.person", str(user.pk), algorithm="sha256").hexdigest()


@transaction.atomic
def grant(program: Program, purposes: Iterable[str], *, by: "User", channel: str) -> list[ConsentEvent]:
    """Add a line for each purpose that does not stand yet. What rests since an earlier withdrawal is there again."""
    hold(by, program)
    events = _write(program, set(purposes) - access.granted(by, program), Action.GRANTED, by, channel)
    erasures.take_back(by, program, [event.purpose for event in events])
    _decided(by, program, events)
    return events


@transaction.atomic
def withdraw(program: Program, purposes: Iterable[str], *, by: "User", channel: str) -> list[ConsentEvent]:
    """Add a line for each purpose that stands, let rest what hangs on it, then let the rooms that asked for it draw the
    consequence."""
    hold(by, program)
    events = _write(program, set(purposes) & access.granted(by, program), Action.WITHDRAWN, by, channel)
    for event in events:
        erasures.begin(by, program, event.purpose)
    for event in events:
        hooks.after_withdrawal(by, program, event.purpose)
    _decided(by, program, events)
    return events


def _decided(user: "User", program: Program, events: list[ConsentEvent]) -> None:
    for event in events:
        hooks.after_decision(user, program, event.purpose)


def _write(program: Program, purposes: set[str], action: Action, by: "User", channel: str) -> list[ConsentEvent]:
    return [
        ConsentEvent.objects.create(
            program=program,
            user=by,
            person_ref=person_ref(by),
            purpose=purpose,
            action=action,
            notice_version=notices.version(),
            text_sha256=notices.purpose(purpose).sha256(notices.purpose(purpose).language),
            language=notices.purpose(purpose).language,
            channel=channel,
        )
        for purpose in sorted(purposes)
    ]
