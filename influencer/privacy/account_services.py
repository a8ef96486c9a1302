"""Somebody deletes the own account: at once it is out of every program, after two weeks it is gone, and until then one
click brings all of it back. The journal says nothing of a participant's going; team roles end in it as ever."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.people import services as people
from core.people.models import User
from influencer.privacy import account_letters
from influencer.privacy.account_page import TIME_TO_THINK, programs_without_a_lead
from programs.consents import erasures
from programs.consents.locks import hold
from programs.consents.models import Erasure, Purpose
from programs.generations import services as generations
from programs.generations.models import Participant, ParticipantState
from programs.membership import services as membership
from programs.membership.access import forget_roles
from programs.membership.models import Membership, MembershipQuerySet, Program, Role


@transaction.atomic
def ask(user: User) -> datetime:
    """Leave every program, end every role and every sign-in; the rest goes in two weeks. ValidationError as long as
    somebody else has to take over first."""
    user = people.hold_with_administrators(user)
    if user.erase_at:
        return user.erase_at
    # whoever else leads one of them and goes at the same moment comes after this
    list(Program.objects.select_for_update(no_key=True).filter(memberships__in=_roles(user)).order_by("pk"))
    _refuse_when_needed(user)
    user.erase_at = timezone.now() + TIME_TO_THINK
    user.save(update_fields=["erase_at"])
    for participant in Participant.objects.present().filter(user=user).select_related("program"):
        generations.leave(participant, by=user)
    for role in _roles(user).filter(program__archived_at=None).exclude(role=Role.INFLUENCER):
        membership.end_membership(role, by=user)
    _roles(user).update(ended_at=timezone.now())  # participants without a generation, and what is archived
    people.end_way_to_begin(user)  # signs out everywhere
    account_letters.asked(user)
    return user.erase_at


@transaction.atomic
def keep(user: User) -> bool:
    """Everything comes back as it was. False when there is nothing to take back any more."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.erase_at is None or user.erase_at <= timezone.now():
        return False
    asked_at = user.erase_at - TIME_TO_THINK
    user.erase_at = None
    user.save(update_fields=["erase_at"])
    left_with_it = Erasure.objects.filter(user=user, purpose=Purpose.PARTICIPATION, asked_at__gte=asked_at)
    programs = left_with_it.values("program")
    left = Participant.objects.filter(user=user, state=ParticipantState.LEFT, program__in=programs)
    for participant in left.newest_first().distinct("program"):
        generations.resume(participant, by=user)
    ended = Membership.objects.filter(user=user, ended_at__gte=asked_at).select_related("user", "program")
    for role in ended.exclude(role=Role.INFLUENCER):
        membership.come_back(role)
    back = Membership.objects.active().filter(user=user, role=Role.INFLUENCER)
    ended.filter(role=Role.INFLUENCER).exclude(program__in=back.values("program")).update(ended_at=None)
    forget_roles(user)
    account_letters.kept(user)
    return True


@transaction.atomic
def erase(user: User) -> None:
    """The two weeks are over: what hung on the person goes from every room, then whoever it was."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.erase_at is None or user.erase_at > timezone.now():
        return
    account_letters.erased(user)
    for erasure in Erasure.objects.filter(user=user).select_related("program", "user"):
        hold(user, erasure.program)
        erasures.destroy(erasure)
    Participant.objects.filter(user=user).delete()
    Membership.objects.filter(user=user).delete()
    people.erase_account(user)


def _roles(user: User) -> MembershipQuerySet:
    return Membership.objects.active().filter(user=user).select_related("user", "program")


def _refuse_when_needed(user: User) -> None:
    try:
        people.refuse_last_administrator(user)
    except people.LastAdministrator:
        raise ValidationError(_("You are the last administrator. Make somebody else an administrator first.")) from None
    if programs := programs_without_a_lead(user):
        raise ValidationError(
            _("Nobody else leads %(program)s. Hand over the lead to somebody else first."),
            params={"program": programs[0].name},
        )
