"""Granting and withdrawing. Each consent stands alone; taking one back is as easy as giving it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language

from programs.consents import access, hooks, notices
from programs.consents.models import Action, ConsentEvent
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


def person_ref(user: "User") -> str:
    """The keyed pseudonym under which the proof of a consent survives the person's erasure."""
    return salted_hmac("consents.person", str(user.pk), algorithm="sha256").hexdigest()


def hold(user: "User", program: Program) -> None:
    """Until the end of the transaction nobody else decides on this person's consents in this program. Whatever decides
    on several things (joining, leaving, coming back) takes this first, so that no two wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"consents:{program.pk}:{user.pk}"])


@transaction.atomic
def grant(program: Program, purposes: Iterable[str], *, by: "User", channel: str) -> list[ConsentEvent]:
    """Add a line for each purpose that does not stand yet."""
    hold(by, program)
    return _write(program, set(purposes) - access.granted(by, program), Action.GRANTED, by, channel)


@transaction.atomic
def withdraw(program: Program, purposes: Iterable[str], *, by: "User", channel: str) -> list[ConsentEvent]:
    """Add a line for each purpose that stands, then let the rooms that asked for it draw the consequence."""
    hold(by, program)
    events = _write(program, set(purposes) & access.granted(by, program), Action.WITHDRAWN, by, channel)
    for event in events:
        hooks.after_withdrawal(by, program, event.purpose)
    return events


def _write(program: Program, purposes: set[str], action: Action, by: "User", channel: str) -> list[ConsentEvent]:
    language = (get_language() or "en")[:2]
    language = language if language in ("de", "en") else "en"
    return [
        ConsentEvent.objects.create(
            program=program,
            user=by,
            person_ref=person_ref(by),
            purpose=purpose,
            action=action,
            notice_version=notices.version(),
            text_sha256=notices.purpose(purpose).sha256(language),
            language=language,
            channel=channel,
        )
        for purpose in sorted(purposes)
    ]
