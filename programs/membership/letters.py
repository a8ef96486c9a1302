"""The mail to somebody who was given a role in the team: what it is, and the way in."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core.notify import letters
from core.notify.models import OutgoingMail
from core.notify.services import queue_mail
from core.people.welcome import token_of
from programs.membership.models import Membership, Program, Role
from programs.membership.sender import sender_of

if TYPE_CHECKING:
    from core.people.models import User

REASON = "membership.role"
COUNCIL_REASON = "membership.council"
PAUSE_BETWEEN = timedelta(minutes=10)


def was_just_told(membership: Membership) -> bool:
    since = timezone.now() - PAUSE_BETWEEN
    return OutgoingMail.objects.filter(reason=REASON, reference=membership.pk, created_at__gt=since).exists()


def tell(membership: Membership, *, by: "User") -> None:
    """Put the mail into the outbox. Who has no password yet gets the link to choose one."""
    user, program = membership.user, membership.program
    is_new = not user.has_usable_password()
    with translation.override(user.language):
        words = {
            "by": str(by),
            "role": membership.get_role_display(),
            "program": program.name,
            "company": program.company_name,
        }
        if is_new:
            path = reverse("people:welcome", args=[token_of(user)])
            what_next = _("Please choose a password with this link. It works once and is valid for 30 days.")
        else:
            path = reverse("home:program", args=[program.slug])
            what_next = _("You will find it among your programs when you sign in.")
        letter = letters.compose(
            _("%(program)s: you are in the team") % words,
            _("%(by)s has given you a role in the corporate influencer program of %(company)s.") % words,
            [_("Your role: %(role)s.") % words, what_next],
            button=_("Choose a password") if is_new else _("Open the program"),
            url=settings.SITE_URL + path,
            sender=sender_of(program),
        )
    queue_mail(
        user.email,
        letter.subject,
        letter.text,
        letter.html,
        reason=REASON,
        reference=membership.pk,
        person=user,
        program_id=program.pk,
    )


def tell_of_concern(program_id: int, sentence: Callable[[], str], by: "User | None") -> None:
    """What a room says concerns people (`Room.concerns`)."""
    tell_council(Program.objects.get(pk=program_id), lambda: [sentence()], by=by)


def tell_council(program: Program, changes: Callable[[], Iterable[str]], *, by: "User | None") -> None:
    """Works council and data protection learn by mail when a setting or a role that concerns people changes.
    `changes` says what, in the language that is active when it is asked."""
    council = Membership.objects.active().with_role(Role.COUNCIL).filter(program=program).exclude(user=by)
    for membership in council.select_related("user"):
        with translation.override(membership.user.language):
            letter = letters.compose(
                _("%(program)s: a setting that concerns people has changed") % {"program": program.name},
                _("You are receiving this email because you look after the rights of the people in this program."),
                [_("%(by)s has made the following changes.") % {"by": by or _("The system")}, *changes()],
                button=_("See it in the log"),
                url=settings.SITE_URL + reverse("privacy:log", args=[program.slug]),
                sender=sender_of(program),
            )
        queue_mail(
            membership.user.email,
            letter.subject,
            letter.text,
            letter.html,
            reason=COUNCIL_REASON,
            person=membership.user,
            program_id=program.pk,
        )


def tell_lead_ended(membership: Membership, *, by: "User") -> None:
    """Who led a program reads that somebody else does now, and who changed it."""
    user, program = membership.user, membership.program
    with translation.override(user.language):
        words = {"by": str(by), "program": program.name, "company": program.company_name}
        letter = letters.compose(
            _("%(program)s: the program has a new program manager") % words,
            _("You are receiving this email because you led the corporate influencer program of %(company)s.") % words,
            [
                _("%(by)s, an administrator of this site, has appointed another program manager for %(program)s.")
                % words,
                _("Everything you created for the program stays. Your other roles are not affected."),
            ],
            button=_("Go to the home page"),
            url=settings.SITE_URL + reverse("home:start"),
            sender=sender_of(program),
        )
    queue_mail(
        user.email,
        letter.subject,
        letter.text,
        letter.html,
        reason=REASON,
        reference=membership.pk,
        person=user,
        program_id=program.pk,
    )
