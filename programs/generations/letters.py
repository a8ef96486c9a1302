"""The invitation as a mail. It is written when it is its turn: at most INVITATIONS_PER_HOUR per program go out, the
others wait in the database, so that fifty thousand neither flood a mail server nor lie around with their links."""

from collections import Counter
from datetime import timedelta

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core.kit.templatetags.ui import day
from core.notify import letters
from core.notify.models import OutgoingMail
from core.notify.services import draft_mail, queue_mails
from core.people.models import User
from programs.generations.models import Declined, Invitation, InvitationState
from programs.generations.onboarding import invitation_words
from programs.generations.tokens import REASON, address_hashes, token_of
from programs.membership.sender import sender_of

HOUR = timedelta(hours=1)


def allowance(program_id: int, by_id: int | None = None) -> int:
    """How many invitations of a program, and of whoever invited in all their programs, may still go out this hour."""
    most = settings.INVITATIONS_PER_HOUR
    sent = _within_the_hour().filter(program_id=program_id).count()
    return max(0, most - max(sent, _sent_by_person().get(by_id, 0) if by_id else 0))


def _within_the_hour() -> QuerySet[OutgoingMail]:
    return OutgoingMail.objects.filter(reason=REASON, created_at__gt=timezone.now() - HOUR)


def _sent_by_person() -> Counter[int]:
    """How many went out in whose name: making another program is no way to more."""
    by = Invitation.objects.filter(pk=OuterRef("reference")).values("invited_by")
    rows = _within_the_hour().annotate(by=Subquery(by)).exclude(by=None).values("by").annotate(sent=Count("pk"))
    return Counter({row["by"]: row["sent"] for row in rows.order_by()})


def send_now(invitation: Invitation) -> None:
    """Put the mail of one invitation into the outbox; its 30 days begin."""
    queue_mails([write(invitation)])


def write(invitation: Invitation) -> OutgoingMail:
    """The mail in the language it was invited in."""
    with translation.override(invitation.language):
        url = settings.SITE_URL + reverse("programs:invitation", args=[token_of(invitation.pk)])
        subject, body = invitation_words()
        words = {
            "name": invitation.name,
            "program": invitation.program.name,
            "company": invitation.program.company_name,
            "generation": invitation.generation.name,
            "link": url,
            "contact": contact_of(invitation),
            "valid_until": day(invitation.valid_until, "long"),
        }
        paragraphs = [_filled(part.strip(), words) for part in body.strip().split("\n\n")]
        letter = letters.compose(
            subject.format(**words),
            paragraphs[0],
            paragraphs[1:],
            button=_("Read the invitation"),
            url=url,
            sender=sender_of(invitation.program),
        )
    return draft_mail(
        invitation.email,
        letter.subject,
        letter.text,
        letter.html,
        reason=REASON,
        reference=invitation.pk,
        program_id=invitation.program_id,
    )


def is_withheld(mail: OutgoingMail) -> bool:
    """Who declined gets no other mail, nor does whoever has a closed account, in whatever company. Whether one is held
    back is asked in the moment it would go out, so that until then, and afterwards, it is a mail like any other."""
    if mail.program_id is None:
        return False
    if User.objects.filter(email__iexact=mail.address, is_active=False).exists():
        return True
    hashes = address_hashes(mail.program_id, mail.address)
    return Declined.objects.filter(program=mail.program_id, address_hash__in=hashes).exists()


def _filled(part: str, words: dict[str, str]) -> str:
    """One paragraph with its words; a greeting without a name loses the gap before the comma."""
    return part.format(**words).replace(" ,", ",")


def contact_of(invitation: Invitation) -> str:
    """Whom to ask: the generation's contact person, else who sent the invitation."""
    contact = invitation.generation.who_to_ask
    person = contact.user if contact else invitation.invited_by
    if person is None:
        return invitation.program.company_name
    return f"{person.name}, {person.email}" if person.name else person.email


def waiting(program_id: int) -> list[Invitation]:
    """The invitations of a program whose mail was not written yet, as many as may go out now."""
    room = min(allowance(program_id), 200)
    if not room:
        return []
    queued = Invitation.objects.filter(program_id=program_id, state=InvitationState.QUEUED, sent_at=None)
    written = OutgoingMail.objects.filter(reason=REASON, reference=OuterRef("pk"))
    rows = queued.filter(~Exists(written), generation__closed_at=None)
    sent, most = _sent_by_person(), settings.INVITATIONS_PER_HOUR
    rows = rows.exclude(invited_by__in=[by for by, number in sent.items() if number >= most])
    related = rows.select_related("program", "generation__contact__user", "invited_by")
    found = []
    for invitation in related.order_by("created_at", "pk").select_for_update(of=("self",), skip_locked=True)[:room]:
        if invitation.invited_by_id is None or sent[invitation.invited_by_id] < most:
            found.append(invitation)
            sent.update([invitation.invited_by_id] if invitation.invited_by_id else [])
    return found
