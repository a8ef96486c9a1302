"""The team comes by invitation: a role is taken, never given. Who says no looks like who is silent."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.journal import services as journal
from core.journal.changes import key_of, pair
from core.kit import languages
from core.people import services as people
from core.people.models import User
from core.people.welcome import VALID
from programs.membership import access, news, services, team_letters
from programs.membership.models import Membership, Program, Role, TeamInvitation
from programs.membership.queries import find_person
from programs.membership.verbs import MembershipVerb

if TYPE_CHECKING:
    from collections.abc import Iterable

INVITATIONS_A_DAY = 40  # of a program, and of a person in all their programs, whatever became of them


class TeamInvitationIsOver(Exception):
    """The invitation has ended, was withdrawn or taken, or waits for a second yes."""


@transaction.atomic
def invite(
    program: Program,
    *,
    email: str,
    name: str,
    language: str,
    role: str,
    by: User,
    is_contact: bool = False,
    contact_for: str = "",
    until_on: date | None = None,
) -> None:
    """Ask somebody to take a role. Whether the address has an account here is told to nobody: the answer is the same,
    and who has the role or is asked already gets no second mail. A council role waits for somebody else to agree."""
    Program.objects.select_for_update().get(pk=program.pk)  # what follows is counted
    services.keep_duties_apart(program, find_person(email), role, by)
    _refuse_too_many(program, by)
    open_ones = TeamInvitation.objects.filter(program=program, email=email.lower(), role=role, withdrawn_at=None)
    open_ones.filter(valid_until__lt=timezone.localdate()).delete()
    has_it = Membership.objects.active().filter(program=program, user__email__iexact=email, role=role)
    if open_ones.exists() or any(not each.is_over for each in has_it.select_related("program")):
        return
    _ask(
        program=program,
        email=email.lower(),
        name=name,
        language=language,
        role=role,
        is_contact=is_contact,
        contact_for=contact_for if is_contact else "",
        until_on=until_on,
        invited_by=by,
    )


@transaction.atomic
def ask_to_lead(program: Program, *, email: str, name: str, language: str, ends: bool, by: User) -> bool:
    """Ask somebody to lead the program, as any role is asked for. With `ends` those who lead it now no longer do as
    soon as the answer is yes; until then everything stays. Who leads it already is asked only whether to do so alone:
    true when there is nothing to ask."""
    Program.objects.select_for_update().get(pk=program.pk)
    lead = find_person(email)
    services.keep_duties_apart(program, lead, Role.MANAGER, by)
    leads = lead and Membership.objects.active().filter(program=program, user=lead, role=Role.MANAGER).exists()
    if leads and not ends:
        return True
    _refuse_too_many(program, by)
    TeamInvitation.objects.filter(program=program, email=email.lower(), role=Role.MANAGER, withdrawn_at=None).delete()
    _ask(
        program=program,
        email=email.lower(),
        name=name or (lead.name if lead else ""),
        language=language or by.language,
        role=Role.MANAGER,
        is_contact=True,
        takes_over=ends,
        invited_by=by,
    )
    return False


def _refuse_too_many(program: Program, by: User) -> None:
    """A new program is no way to more: it is counted by who asks as well, but for who runs the site."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    today = TeamInvitation.objects.filter(invited_at__gt=timezone.now() - timedelta(days=1))
    there = today.filter(program=program).count()
    if max(there, 0 if by.is_superuser else today.filter(invited_by=by).count()) >= INVITATIONS_A_DAY:
        raise ValidationError(_("Too many people have been invited to the team today. Please continue tomorrow."))


def _record(verb: MembershipVerb, invitation: TeamInvitation, by: User) -> None:
    """To which role; who is asked stays between the two."""
    role = {key_of(Membership, "role"): pair("", invitation.role)}
    journal.record(verb, invitation.program, by=by, changes=role)


def _ask(**fields: Any) -> None:
    invitation = TeamInvitation.objects.create(valid_until=timezone.localdate() + VALID, **fields)
    by = fields["invited_by"]
    _record(MembershipVerb.TEAM_INVITED, invitation, by)
    if invitation.waits:
        people_asked = list(_who_may_agree(invitation, by))
        team_letters.ask_for_a_second_yes(invitation, people_asked, by=by)
        news.tell_who_may_agree(invitation, people_asked)
    else:
        team_letters.tell(invitation)
        news.tell_invited(invitation)


@transaction.atomic
def agree(invitation: TeamInvitation, *, by: User) -> None:
    """The second yes to a council role; from now on the invited person is asked. It is neither theirs to give nor of
    who invited, nor of whoever lost the right to since the page was opened."""
    invitation = _held(invitation)
    Program.objects.select_for_update(no_key=True).get(pk=invitation.program_id)  # no role ends while we look
    access.forget_roles(by)
    if not access.may_agree(by, invitation):
        raise ValidationError(_("Somebody else has to agree."))
    if not invitation.waits:
        return
    invitation.agreed_by, invitation.agreed_at = by, timezone.now()
    invitation.valid_until = timezone.localdate() + VALID
    invitation.save(update_fields=["agreed_by", "agreed_at", "valid_until"])
    _record(MembershipVerb.TEAM_AGREED, invitation, by)
    news.settled(invitation)
    team_letters.tell(invitation)
    news.tell_invited(invitation)


@transaction.atomic
def withdraw(invitation: TeamInvitation, *, by: User) -> None:
    """The link ends. Nothing is sent."""
    if TeamInvitation.objects.filter(pk=invitation.pk, withdrawn_at=None).update(withdrawn_at=timezone.now()):
        news.settled(invitation)
        _record(MembershipVerb.TEAM_WITHDRAWN, invitation, by)


@transaction.atomic
def restore(invitation: TeamInvitation, *, by: User) -> None:
    """Undo of `withdraw`: the link of the mail works again. A newer invitation of the same kind stays in its place."""
    same = TeamInvitation.objects.filter(program=invitation.program_id, email=invitation.email, role=invitation.role)
    if same.filter(withdrawn_at=None).exists():
        return
    try:
        with transaction.atomic():
            TeamInvitation.objects.filter(pk=invitation.pk).update(withdrawn_at=None)
    except IntegrityError:  # asked anew in this very moment
        return
    news.settled(invitation, is_gone=False)
    _record(MembershipVerb.TEAM_RESTORED, invitation, by)


@transaction.atomic
def accept(invitation: TeamInvitation, *, user: User) -> Membership:
    """Take the role; with it the invitation is gone, and where it says so the role of whoever led the program."""
    invitation = _held(invitation)
    if invitation.waits or user.email.lower() != invitation.email:
        raise TeamInvitationIsOver
    membership = services.take_role(
        invitation.program,
        user=user,
        role=invitation.role,
        by=invitation.invited_by or user,
        is_contact=invitation.is_contact,
        contact_for=invitation.contact_for,
        until_on=invitation.until_on,
    )
    if invitation.takes_over:
        services.take_over(invitation.program, user, by=invitation.invited_by or user)
    news.settled(invitation)
    invitation.delete()
    return membership


@transaction.atomic
def accept_as_new_person(invitation: TeamInvitation, *, name: str, password: str) -> User:
    """The link proves the address; the account is made with the yes, not before."""
    invitation = _held(invitation)
    user = people.create_account(email=invitation.email, name=name, language=languages.current(), by=None)
    user = people.begin(user, name=name, password=password, language=languages.current())
    accept(invitation, user=user)
    return user


def _held(invitation: TeamInvitation) -> TeamInvitation:
    """As it stands now; nobody else answers it until the end of the transaction."""
    rows = TeamInvitation.objects.select_for_update(of=("self",)).select_related("program", "invited_by")
    found = rows.filter(pk=invitation.pk, withdrawn_at=None, valid_until__gte=timezone.localdate()).first()
    if found is None:
        raise TeamInvitationIsOver
    return found


def _who_may_agree(invitation: TeamInvitation, by: User) -> "Iterable[User]":
    """Others who lead the program or watch over it; where there is nobody, the administrators of the site. Never who
    is invited."""
    roles = Membership.objects.active().filter(program=invitation.program, role__in=(Role.MANAGER, Role.COUNCIL))
    others = User.objects.exclude(pk=by.pk).exclude(email__iexact=invitation.email)
    team = others.filter(pk__in=roles.values("user_id"))
    return list(team) or list(others.filter(is_superuser=True, is_active=True))
