"""Granting and withdrawing. Each consent stands alone; taking one back is as easy as giving it."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.crypto import salted_hmac

from core.kit import page_cache
from programs.consents import access, erasures, hooks, notices
from programs.consents.locks import hold
from programs.consents.models import RETURN, Action, ConsentEvent, Purpose
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
def let_stand_again(program: Program, purposes: Iterable[str], *, by: "User") -> list[ConsentEvent]:
    """Somebody who left is back, and with them what they had agreed to. The new lines name the text of then: nobody has
    read another one since, and the day of agreeing stays the day of agreeing (`queries.overview`)."""
    hold(by, program)
    agreed = {line.purpose: line for line in ConsentEvent.objects.filter(program=program, user=by).agreed()}
    events = _write(program, set(purposes) - access.granted(by, program), Action.GRANTED, by, RETURN, agreed)
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
    """Who takes part is seen by name. On no other decision hangs anything that pages of a program share, so nothing of
    it is forgotten: a page that is slow once would tell who looks all the time that somebody had just decided."""
    if any(event.purpose == Purpose.PARTICIPATION for event in events):
        page_cache.changed(program.pk)
    for event in events:
        hooks.after_decision(user, program, event.purpose)


def _write(
    program: Program,
    purposes: set[str],
    action: Action,
    by: "User",
    channel: str,
    agreed: Mapping[str, ConsentEvent] = MappingProxyType({}),
) -> list[ConsentEvent]:
    return [
        ConsentEvent.objects.create(
            program=program,
            user=by,
            person_ref=person_ref(by),
            purpose=purpose,
            action=action,
            channel=channel,
            **_text_of(purpose, agreed.get(purpose)),
        )
        for purpose in sorted(purposes)
    ]


def _text_of(purpose: str, line: ConsentEvent | None) -> dict[str, Any]:
    """Which words were decided on: those of an earlier line, or those that are shown now."""
    if line is not None:
        return {name: getattr(line, name) for name in ("notice_version", "text_sha256", "language")}
    text = notices.purpose(purpose)
    return {
        "notice_version": notices.version(),
        "text_sha256": text.sha256(text.language),
        "language": text.language,
    }
