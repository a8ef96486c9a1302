"""Mails about invitations to the team."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from core.kit.templatetags.ui import day
from core.notify import letters
from core.notify.services import queue_mail
from programs.membership.models import Role, TeamInvitation
from programs.membership.queries import find_person
from programs.membership.sender import sender_of
from programs.membership.words import about

if TYPE_CHECKING:
    from core.people.models import User

REASON = "membership.team"
SECOND_REASON = "membership.second_yes"
SALT = "membership.team"


def token_of(invitation: TeamInvitation) -> str:
    return signing.Signer(salt=SALT).sign(str(invitation.pk))


def invitation_of(token: str) -> TeamInvitation | None:
    """Whose link it is; nobody's when it was made up or the invitation is gone."""
    try:
        pk = int(signing.Signer(salt=SALT).unsign(token))
    except signing.BadSignature:
        return None
    return TeamInvitation.objects.select_related("program", "invited_by").filter(pk=pk).first()


def tell(invitation: TeamInvitation) -> None:
    """The same mail whether there is an account or not."""
    user, program = find_person(invitation.email), invitation.program
    with translation.override(user.language if user else invitation.language):
        words = {
            "by": str(invitation.invited_by or program.company_name),
            "role": invitation.get_role_display(),
            "program": program.name,
            "company": program.company_name,
            "until": day(invitation.valid_until, "long"),
        }
        is_guest = invitation.role == Role.GUEST
        letter = letters.compose(
            _("%(program)s: you are invited as a guest") % words
            if is_guest
            else _("%(program)s: will you join the team?") % words,
            _("%(by)s invites you as a guest of the corporate influencer program of %(company)s.") % words
            if is_guest
            else _("%(by)s invites you to the team of the corporate influencer program of %(company)s.") % words,
            [
                _("Your role would be: %(role)s.") % words,
                about(invitation.role),
                *([access_ends(invitation)] if invitation.until_on else []),
                *(
                    [_("Once you agree, the current program manager no longer leads the program.")]
                    if invitation.takes_over
                    else []
                ),
                _("You decide on the linked page, until %(until)s. Nobody is told if you decline.") % words,
            ],
            button=_("See the invitation"),
            url=settings.SITE_URL + reverse("programs:team_invitation", args=[token_of(invitation)]),
            sender=sender_of(program),
        )
    queue_mail(
        invitation.email,
        letter.subject,
        letter.text,
        letter.html,
        reason=REASON,
        reference=invitation.pk,
        program_id=program.pk,
    )


def access_ends(invitation: TeamInvitation) -> str:
    return _("Your access would end by itself after %(day)s.") % {"day": day(invitation.until_on, "long")}


def ask_for_a_second_yes(invitation: TeamInvitation, people: "Iterable[User]", *, by: "User") -> None:
    program = invitation.program
    for person in people:
        with translation.override(person.language):
            words = {"by": by, "program": program.name, "email": invitation.email}
            letter = letters.compose(
                _("%(program)s: please confirm a works council role") % words,
                _("%(by)s wants to invite %(email)s as works council or data protection.") % words,
                [_("Nobody can fill this role alone: the invitation is sent once a second person has agreed.")],
                button=_("View"),
                url=settings.SITE_URL + reverse("programs:team_agree", args=[program.slug, invitation.pk]),
                sender=sender_of(program),
            )
        queue_mail(
            person.email,
            letter.subject,
            letter.text,
            letter.html,
            reason=SECOND_REASON,
            reference=invitation.pk,
            person=person,
            program_id=program.pk,
        )
