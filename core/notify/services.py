"""The outbox: a mail is first a row, written with what it tells about, then it is sent and tried again if need be."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.kit.wake import wake
from core.notify import jobs, tasks
from core.notify.domain import mail_domain
from core.notify.models import MailState, OutgoingMail
from core.people.models import User


@transaction.atomic
def queue_mail(
    address: str,
    subject: str,
    text: str,
    html: str = "",
    reason: str = "",
    reference: int | None = None,
    person: Any = None,
    program_id: int | None = None,
    headers: dict[str, str] | None = None,
    calendar: str = "",
) -> OutgoingMail:
    """Put one mail into the outbox. It goes out after the commit, once, with the same Message-ID at every try."""
    mail = draft_mail(address, subject, text, html, reason, reference, person, program_id, headers, calendar)
    mail.save()
    wake(tasks.deliver_now if reason.startswith(jobs.NEEDED) else tasks.deliver, mail.pk)
    return mail


def draft_mail(
    address: str,
    subject: str,
    text: str,
    html: str = "",
    reason: str = "",
    reference: int | None = None,
    person: Any = None,
    program_id: int | None = None,
    headers: dict[str, str] | None = None,
    calendar: str = "",
) -> OutgoingMail:
    """A mail for `queue_mails`, not stored yet. A line break in a subject can smuggle no header in."""
    return OutgoingMail(
        address=address,
        subject=" ".join(subject.split())[:200],
        text=text,
        html=html,
        reason=reason,
        reference=reference,
        person=person,
        program_id=program_id,
        headers=headers or {},
        calendar=calendar,
        message_id=f"<{uuid.uuid4().hex}@{mail_domain()}>",
        due_at=timezone.now(),
    )


@transaction.atomic
def queue_mails(mails: Iterable[OutgoingMail]) -> int:
    """Put many mails into the outbox at once; the sweep takes them from there."""
    stored = OutgoingMail.objects.bulk_create(mails, batch_size=500)
    if stored:
        wake(tasks.sweep)
    return len(stored)


@transaction.atomic
def forget_mails(reason: str, references: Iterable[int]) -> int:
    """Remove every trace of mails that some rows caused, sent or not."""
    return OutgoingMail.objects.filter(reason=reason, reference__in=list(references)).delete()[0]


def forget_person(user: User) -> int:
    """No list of mails names somebody whose account is erased; what has not gone out yet does not go any more."""
    return OutgoingMail.objects.filter(person=user).exclude(state=MailState.SENDING).delete()[0]
