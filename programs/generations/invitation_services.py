"""Invitations: sent again, withdrawn, accepted, declined."""

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.journal import services as journal
from core.notify.services import forget_mails
from core.people.models import User
from programs.generations import letters
from programs.generations.models import Declined, Invitation, InvitationState, Participant, Roster
from programs.generations.services import take_in
from programs.generations.tokens import REASON, VALID, address_hash, hash_of, token_of
from programs.generations.verbs import GenerationsVerb

if TYPE_CHECKING:
    from programs.membership.models import Program

PAUSE_BETWEEN = timedelta(minutes=10)


@transaction.atomic
def resend_invitation(invitation: Invitation, *, by: User) -> Invitation:
    """Send the mail again with the same link, valid for another 30 days. Not twice within ten minutes."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.state == InvitationState.QUEUED:
        raise ValidationError(_("This invitation is on its way already."))
    if invitation.sent_at and timezone.now() - invitation.sent_at < PAUSE_BETWEEN:
        raise ValidationError(_("This invitation went out less than ten minutes ago. Please wait a moment."))
    if letters.allowance(invitation.program_id) < 1:
        told = _("%(count)s invitations went out within the last hour. Please try again a little later.")
        raise ValidationError(told % {"count": settings.INVITATIONS_PER_HOUR})
    invitation.state = InvitationState.QUEUED
    invitation.valid_until = timezone.now() + VALID
    invitation.token_hash = hash_of(token_of(invitation.pk))
    invitation.save(update_fields=["state", "valid_until", "token_hash"])
    letters.send_now(invitation)
    journal.record(GenerationsVerb.INVITATION_RESENT, invitation, by=by)
    return invitation


@transaction.atomic
def revoke_invitation(invitation: Invitation, *, by: User) -> Invitation:
    """Withdraw an invitation: its link says that it is not valid any more, a waiting mail does not go out."""
    changed = (
        Invitation.objects.filter(pk=invitation.pk)
        .exclude(state=InvitationState.ACCEPTED)
        .update(state=InvitationState.REVOKED)
    )
    if changed:
        forget_mails(REASON, [invitation.pk])
        journal.record(GenerationsVerb.INVITATION_REVOKED, invitation, by=by)
    invitation.refresh_from_db()
    return invitation


@transaction.atomic
def join(invitation: Invitation, user: User, purposes: Iterable[str]) -> Participant:
    """Accept an invitation as the person it was sent to."""
    locked = Invitation.objects.select_for_update(of=("self",)).select_related("generation__program")
    invitation = locked.get(pk=invitation.pk)
    participant = take_in(user, invitation.generation, purposes)
    invitation.state = InvitationState.ACCEPTED
    invitation.answered_at = timezone.now()
    invitation.save(update_fields=["state", "answered_at"])
    return participant


@transaction.atomic
def join_as_new_person(invitation: Invitation, name: str, password: str, purposes: Iterable[str]) -> User:
    """Accept as somebody without an account: the link proves the address, the page's language is the person's."""
    language = (get_language() or "en")[:2]
    user = User.objects.create_user(invitation.email, password, name=name, language=language)
    join(invitation, user, purposes)
    return user


@transaction.atomic
def decline(invitation: Invitation) -> None:
    """Say no. What remains is the keyed hash of the address, so that nobody asks again: no row, no mail, no line of
    a roster, no entry in the journal."""
    program: Program = invitation.program
    Declined.objects.get_or_create(program=program, address_hash=address_hash(program.pk, invitation.email))
    forget_mails(REASON, [invitation.pk])
    mentions = Q(lines__contains=[{"email": invitation.email}]) | Q(lines__contains=[{"like": invitation.email}])
    for roster in Roster.objects.filter(mentions, generation__program=program):
        roster.lines = [line for line in roster.lines if _other(line, invitation.email)]
        roster.save(update_fields=["lines"])
    invitation.delete()


def _other(line: dict[str, Any], email: str) -> bool:
    return email.lower() not in (str(line["email"]).lower(), str(line.get("like", "")).lower())
