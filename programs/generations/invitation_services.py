"""Invitations: sent again, withdrawn, accepted, declined."""

from collections.abc import Iterable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.journal import services as journal
from core.kit import languages
from core.kit.wake import wake
from core.notify.services import forget_mails
from core.people.models import User
from core.people.welcome import VALID
from programs.consents.locks import hold
from programs.generations import letters, tasks
from programs.generations.models import Declined, Invitation, InvitationState, Participant
from programs.generations.services import take_in
from programs.generations.tokens import REASON, address_hashes, hash_of, token_of
from programs.generations.verbs import GenerationsVerb
from programs.membership.letters import PAUSE_BETWEEN


@transaction.atomic
def resend_invitation(invitation: Invitation, *, by: User) -> Invitation:
    """Send the mail again with the same link, valid for another 30 days. Not twice within ten minutes, and not what
    somebody else has withdrawn since the page was opened."""
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("generation__program", "program")
    invitation = rows.get(pk=invitation.pk)
    if invitation.state == InvitationState.ACCEPTED:
        raise ValidationError(_("This invitation was accepted in the meantime."))
    if invitation.state == InvitationState.REVOKED:
        raise ValidationError(_("This invitation was withdrawn in the meantime."))
    if invitation.is_too_late:
        told = _("%(name)s is closed. Nobody can join any more.")
        raise ValidationError(told % {"name": invitation.generation.name})
    if invitation.state == InvitationState.QUEUED:
        raise ValidationError(_("This invitation is already on its way."))
    if invitation.sent_at and timezone.now() - invitation.sent_at < PAUSE_BETWEEN:
        raise ValidationError(_("This invitation was sent less than ten minutes ago. Please wait a moment."))
    if letters.allowance(invitation.program_id, invitation.invited_by_id) < 1:
        told = _("%(count)s invitations were sent in the last hour. Please try again a little later.")
        raise ValidationError(told % {"count": settings.INVITATIONS_PER_HOUR})
    invitation.state = InvitationState.QUEUED
    invitation.valid_until = timezone.now() + VALID
    invitation.token_hash = hash_of(token_of(invitation.pk))
    invitation.save(update_fields=["state", "valid_until", "token_hash"])
    letters.send_now(invitation)
    journal.record(GenerationsVerb.INVITATION_RESENT, invitation, by=by, name=invitation.generation.name)
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
        journal.record(GenerationsVerb.INVITATION_REVOKED, invitation, by=by, name=invitation.generation.name)
    invitation.refresh_from_db()
    return invitation


@transaction.atomic
def restore_invitations(invitations: Iterable[Invitation], *, by: User) -> int:
    """Undo of `revoke_invitation`: the links work again, and a mail that had not gone out waits once more. Who was
    invited anew meanwhile keeps the newer one. How many came back."""
    number = 0
    for invitation in invitations:
        same = Invitation.objects.filter(program=invitation.program_id, email__iexact=invitation.email)
        if same.exclude(state=InvitationState.REVOKED).exists():
            continue
        back = InvitationState.SENT if invitation.sent_at else InvitationState.QUEUED
        withdrawn = Invitation.objects.filter(pk=invitation.pk, state=InvitationState.REVOKED)
        try:
            with transaction.atomic():
                came_back = withdrawn.update(state=back)
        except IntegrityError:  # invited anew in this very moment
            continue
        if came_back:
            number += 1
            journal.record(GenerationsVerb.INVITATION_RESTORED, invitation, by=by, name=invitation.generation.name)
    if number:
        wake(tasks.post)
    return number


class InvitationIsOver(Exception):
    """The invitation ended while somebody was answering it: joined, withdrawn, expired, or its generation closed."""


@transaction.atomic
def join(invitation: Invitation, user: User, purposes: Iterable[str]) -> Participant:
    """Accept an invitation as the person it was sent to. Whoever declined before has thought again."""
    hold(user, invitation.program)
    return _accept(_held(invitation), user, purposes)


@transaction.atomic
def join_as_new_person(invitation: Invitation, name: str, password: str, purposes: Iterable[str]) -> User:
    """Accept as somebody without an account: the link proves the address, the page's language is the person's."""
    invitation = _held(invitation)
    language = languages.current()
    user = User.objects.create_user(invitation.email, password, name=name, language=language)
    _accept(invitation, user, purposes)
    return user


@transaction.atomic
def decline(invitation: Invitation) -> None:
    """Say no. The keyed hash of the address is all that is written, and nothing else changes: nobody can tell from the
    invitation, a list, a number or a mail's fate that the person answered at all."""
    invitation = _held(invitation)
    current, *_former = address_hashes(invitation.program_id, invitation.email)
    Declined.objects.get_or_create(program=invitation.program, address_hash=current)


@transaction.atomic
def think_again(invitation: Invitation) -> None:
    """Take the no back, as long as the invitation lasts."""
    _forget_no(_held(invitation))


def _held(invitation: Invitation) -> Invitation:
    """The invitation as it stands now, and nobody else answers it until the end of the transaction."""
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("generation__program", "program")
    found = rows.filter(pk=invitation.pk).first()
    if found is None or not found.is_open:
        raise InvitationIsOver
    return found


def _accept(invitation: Invitation, user: User, purposes: Iterable[str]) -> Participant:
    _forget_no(invitation)
    participant = take_in(user, invitation.generation, purposes)
    invitation.state = InvitationState.ACCEPTED
    invitation.answered_at = timezone.now()
    invitation.save(update_fields=["state", "answered_at"])
    return participant


def _forget_no(invitation: Invitation) -> None:
    forget_no(invitation.program_id, invitation.email)


def forget_no(program_id: int, email: str) -> None:
    """Somebody who said no is interested after all, by their own words: invitations may arrive again."""
    Declined.objects.filter(program=program_id, address_hash__in=address_hashes(program_id, email)).delete()
