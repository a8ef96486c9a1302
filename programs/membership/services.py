"""What changes about a program and its team. Influencers join by invitation, never by being added here."""

from datetime import date, datetime, timedelta
from functools import partial
from string import ascii_lowercase
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _

from core.journal import services as journal
from core.journal.changes import Changes, changes_of, key_of, pair
from core.kit import page_cache, rooms
from core.kit.characters import LONG_FORMS
from core.people import services as people
from programs.membership import letters, news
from programs.membership.access import forget_roles
from programs.membership.models import Goal, Membership, Program, Role, TeamInvitation
from programs.membership.verbs import MembershipVerb

if TYPE_CHECKING:
    from core.people.models import User

TIME_ZONES = {"DE": "Europe/Berlin", "AT": "Europe/Vienna", "CH": "Europe/Zurich"}


CONCERNS_PEOPLE = (
    "country",
    "group_minimum",
    "weekly_minutes",
    "second_factor_roles",
)  # the works council is told at once
UNASKED_FOR = timedelta(hours=1)  # after that a role is offered anew, and its person says yes


class LastManager(Exception):
    """A program is never left without a program manager."""


@transaction.atomic
def create_program(
    name: str,
    *,
    company_name: str,
    country: str,
    weekly_minutes: int,
    start_on: date,
    goals: list[str],
    by: "User",
) -> Program:
    """A new program with its ranked goals; whoever creates it leads it."""
    program = _with_free_slug(
        name=name,
        company_name=company_name,
        country=country,
        time_zone=TIME_ZONES[country],
        weekly_minutes=weekly_minutes,
        start_on=start_on,
    )
    _rank_goals(program, goals)
    Membership.objects.create(program=program, user=by, role=Role.MANAGER, is_contact=True)
    forget_roles(by)
    journal.record(MembershipVerb.PROGRAM_CREATED, program, by=by, country=country, weekly_minutes=weekly_minutes)
    return program


@transaction.atomic
def update_program(program: Program, *, goals: list[str], by: "User", **changes: Any) -> Program:
    """Change the configuration; the journal keeps what it was and what it became."""
    program = Program.objects.select_for_update().get(pk=program.pk)
    if changes.get("country", program.country) != program.country:
        changes["time_zone"] = TIME_ZONES[changes["country"]]
    for name, after in changes.items():
        setattr(program, name, after)
    changed = changes_of(program, changes)
    program.save(update_fields=list(changes))
    before = list(program.goals.values_list("text", flat=True))
    if before != goals:
        _rank_goals(program, goals)
        changed[key_of(Program, "goals")] = pair(before, goals)
    if changed:
        journal.record(MembershipVerb.PROGRAM_CHANGED, program, by=by, changes=changed)
        if touching := {name: changed[key] for name in CONCERNS_PEOPLE if (key := key_of(Program, name)) in changed}:
            letters.tell_council(program, partial(_said, touching), by=by)
        page_cache.changed(program.pk)
    forget_roles(by)
    return program


@transaction.atomic
def take_role(
    program: Program,
    *,
    user: "User",
    role: str,
    by: "User",
    is_contact: bool = False,
    contact_for: str = "",
    until_on: date | None = None,
) -> Membership:
    """Somebody takes the role that `by` has offered; taking the same role again changes nothing but the contact, and a
    guest's last day. Who
    leads the program is not also its works council, and nobody gives that role to themselves: `ValidationError`."""
    Program.objects.select_for_update(no_key=True).get(
        pk=program.pk
    )  # both roles at the same moment would not see each other
    keep_duties_apart(program, user, role, by)
    membership, is_new = Membership.objects.get_or_create(
        program=program, user=user, role=role, ended_at=None, defaults={"is_contact": is_contact, "until_on": until_on}
    )
    if not is_new and role == Role.GUEST:
        set_last_day(membership, until_on=until_on, by=by)
    changed = _be_contact(membership, is_contact, contact_for)
    page_cache.changed(program.pk)
    if changed and not is_new:
        journal.record(MembershipVerb.CONTACT_MARKED, membership, by=by, changes=changed)
    if is_new:
        journal.record(MembershipVerb.MEMBER_ADDED, membership, by=by, role=role)
        letters.tell_council(program, lambda: [_("%(person)s is now %(role)s") % _role(membership)], by=by)
    forget_roles(by)
    forget_roles(user)
    return membership


def keep_duties_apart(program: Program, user: "User | None", role: str, by: "User") -> None:
    """The works council watches over who leads: one person in both would read the log of their own acts."""
    if role == Role.COUNCIL and user == by:
        raise ValidationError(_("You cannot give this role to yourself. Somebody else in the team has to do it."))
    opposite = {Role.COUNCIL: Role.MANAGER, Role.MANAGER: Role.COUNCIL}.get(Role(role))
    if opposite and Membership.objects.active().filter(program=program, user=user, role=opposite).exists():
        raise ValidationError(_("Nobody can lead the program and also oversee it as works council."))


@transaction.atomic
def welcome_again(membership: Membership, *, by: "User") -> None:
    """Send the link once more: not to people who have chosen their password, and not twice within ten minutes."""
    membership = (
        Membership.objects.select_for_update(of=("self",)).select_related("user", "program").get(pk=membership.pk)
    )
    if membership.ended_at or membership.user.has_usable_password():
        raise ValidationError(
            _("%(name)s already has a password and does not need a link.") % {"name": membership.user}
        )
    if letters.was_just_told(membership):
        raise ValidationError(_("The last link was sent less than ten minutes ago. Please wait a moment."))
    letters.tell(membership, by=by)
    journal.record(MembershipVerb.WELCOMED_AGAIN, membership, by=by)


@transaction.atomic
def mark_contact(membership: Membership, *, is_contact: bool, contact_for: str, by: "User") -> Membership:
    """Say whether people may turn to this person, and with what."""
    if changed := _be_contact(membership, is_contact, contact_for):
        journal.record(MembershipVerb.CONTACT_MARKED, membership, by=by, changes=changed)
    page_cache.changed(membership.program_id)
    return membership


def _be_contact(membership: Membership, is_contact: bool, contact_for: str) -> Changes:
    """Returns what changed."""
    membership.is_contact, membership.contact_for = is_contact, contact_for if is_contact else ""
    changed = changes_of(membership, ("is_contact", "contact_for"), unsaid=("contact_for",))
    membership.save(update_fields=["is_contact", "contact_for"])
    return changed


@transaction.atomic
def set_last_day(membership: Membership, *, until_on: date | None, by: "User") -> Membership:
    """Until when a guest has access; without a day until somebody ends it."""
    membership.until_on = until_on
    if changed := changes_of(membership, ("until_on",)):
        membership.save(update_fields=["until_on"])
        journal.record(MembershipVerb.GUEST_UNTIL, membership, by=by, changes=changed)
    forget_roles(membership.user)
    return membership


@transaction.atomic
def end_membership(membership: Membership, *, by: "User | None") -> Membership:
    """Take a role away; the last program manager stays. Whoever was asked into the team by somebody who led it then,
    and has not answered, is no longer asked. `by`: nobody where a guest's last day is over."""
    Program.objects.select_for_update(no_key=True).get(pk=membership.program_id)  # two managers must not end each other
    membership.refresh_from_db()
    if membership.ended_at:
        return membership
    others = Membership.objects.active().with_role(Role.MANAGER).filter(program=membership.program_id)
    if membership.role == Role.MANAGER and not others.exclude(pk=membership.pk).exists():
        raise LastManager
    membership.ended_at = timezone.now()
    membership.save(update_fields=["ended_at"])
    if membership.role == Role.MANAGER and not membership.user.is_superuser:
        asked = TeamInvitation.objects.filter(program=membership.program_id, invited_by=membership.user_id)
        for invitation in asked.filter(withdrawn_at=None):
            _withdraw(invitation, membership.ended_at)
    journal.record(MembershipVerb.ROLE_ENDED, membership, by=by, role=membership.role)
    letters.tell_council(membership.program, lambda: [_("%(person)s is no longer %(role)s") % _role(membership)], by=by)
    page_cache.changed(membership.program_id)
    for hook in (hook for room in rooms.every() for hook in room.on_role_end):
        hook(membership.user, membership.program)
    if not membership.user.has_begun and not Membership.objects.active().filter(user=membership.user).exists():
        people.end_way_to_begin(membership.user)  # nothing is left that the link in the mail could lead to
    if by:
        forget_roles(by)
    return membership


@transaction.atomic
def resume_membership(membership: Membership, *, by: "User") -> Membership:
    """Undo of `end_membership`, for a short while; when the role was given anew meanwhile, that one counts. It is no
    way around the rules of `take_role`, and not for who is leaving altogether: `ValidationError`."""
    Program.objects.select_for_update(no_key=True).get(pk=membership.program_id)
    membership = Membership.objects.select_related("user", "program").get(pk=membership.pk)
    if current := _same_role(membership):
        return current
    if membership.ended_at is None or membership.ended_at < timezone.now() - UNASKED_FOR or membership.user.erase_at:
        raise ValidationError(_("This can no longer be undone. Please invite the person again."))
    keep_duties_apart(membership.program, membership.user, membership.role, by)
    return _resume(membership, by=by)


@transaction.atomic
def come_back(membership: Membership) -> Membership:
    """Who asked for the account to be deleted stays after all, and has the role as before."""
    Program.objects.select_for_update(no_key=True).get(pk=membership.program_id)
    return _same_role(membership) or _resume(membership, by=membership.user)


def _same_role(membership: Membership) -> Membership | None:
    same = Membership.objects.filter(ended_at=None, program=membership.program_id, role=membership.role)
    return same.filter(user=membership.user_id).first()


def _resume(membership: Membership, *, by: "User") -> Membership:
    ended_at, membership.ended_at = membership.ended_at, None
    membership.save(update_fields=["ended_at"])
    asked = TeamInvitation.objects.filter(program=membership.program_id, invited_by=membership.user_id)
    for invitation in asked.filter(withdrawn_at=ended_at):  # those that ended with the role
        _withdraw(invitation, None)
    journal.record(MembershipVerb.ROLE_RESUMED, membership, by=by, role=membership.role)
    letters.tell_council(membership.program, lambda: [_("%(person)s is now %(role)s") % _role(membership)], by=by)
    page_cache.changed(membership.program_id)
    if not membership.user.has_begun:
        letters.tell(membership, by=by)  # the link of before has ended
    forget_roles(by)
    return membership


def _withdraw(invitation: TeamInvitation, at: datetime | None) -> None:
    """With `None` the invitation is open again, unless the same was asked anew meanwhile."""
    same = TeamInvitation.objects.filter(program=invitation.program_id, email=invitation.email, role=invitation.role)
    if at is None and same.filter(withdrawn_at=None).exists():
        return
    TeamInvitation.objects.filter(pk=invitation.pk).update(withdrawn_at=at)
    news.settled(invitation, is_gone=at is not None)


@transaction.atomic
def archive(program: Program, *, by: "User") -> None:
    """The program is read from now on, not worked in; nothing is deleted, and it can be taken back."""
    if Program.objects.filter(pk=program.pk, archived_at=None).update(archived_at=timezone.now()):
        journal.record(MembershipVerb.ARCHIVED, program, by=by)
        page_cache.changed(program.pk)


@transaction.atomic
def unarchive(program: Program, *, by: "User") -> None:
    """Everything goes on where it stopped."""
    if Program.objects.filter(pk=program.pk).exclude(archived_at=None).update(archived_at=None):
        journal.record(MembershipVerb.UNARCHIVED, program, by=by)
        page_cache.changed(program.pk)


@transaction.atomic
def take_over(program: Program, lead: "User", *, by: "User") -> None:
    """Somebody who leads the program does so alone from now on; those who led it before are told."""
    before = Membership.objects.active().with_role(Role.MANAGER).filter(program=program).exclude(user=lead)
    for membership in before.select_related("user", "program"):
        end_membership(membership, by=by)
        letters.tell_lead_ended(membership, by=by)
    journal.record(MembershipVerb.LEAD_CHANGED, program, by=by)


def person_changed(user_id: int) -> None:
    """Somebody goes by another name: the pages that name contact persons and the works council say so at once."""
    named = Membership.objects.active().filter(Q(is_contact=True) | Q(role=Role.COUNCIL), user=user_id)
    for program_id in named.values_list("program_id", flat=True):
        page_cache.changed(program_id)


def _with_free_slug(**fields: Any) -> Program:
    """The address from the name, with the company's where it is taken, else with letters that are drawn: a number would
    say how many programs of that name others have. Two at the same moment both succeed."""
    base = _plain(fields["name"])[:50].strip("-") or "program"
    of_company = f"{base}-{_plain(fields['company_name'])}"[:60].strip("-")
    for turn in range(100):
        slug = base if turn == 0 else of_company if turn == 1 else f"{base}-{get_random_string(6, ascii_lowercase)}"
        if Program.objects.filter(slug=slug).exists():
            continue
        try:
            with transaction.atomic():
                return Program.objects.create(slug=slug, **fields)
        except IntegrityError:
            continue
    raise RuntimeError(f"no free address for {base}")


def _plain(words: str) -> str:
    return slugify(words.translate(LONG_FORMS))


def _rank_goals(program: Program, goals: list[str]) -> None:
    """A goal that stays keeps the figures that show it."""
    figures = dict(program.goals.values_list("text", "figures"))
    program.goals.all().delete()
    Goal.objects.bulk_create(
        Goal(program=program, rank=rank, text=text, figures=figures.get(text, []))
        for rank, text in enumerate(goals, start=1)
    )


def _said(changes: Changes) -> list[str]:
    """Changes in words, e.g. "Smallest group shown (k): 5 became 8"."""
    return [
        _("%(what)s: changed from %(before)s to %(after)s")
        % {"what": capfirst(_word(name)), "before": _in_words(name, before), "after": _in_words(name, after)}
        for name, (before, after) in ((name, pair or ["", ""]) for name, pair in changes.items())
    ]


def _word(name: str) -> str:
    is_roles = name == "second_factor_roles"
    return _("second factor required for") if is_roles else str(Program._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _in_words(name: str, value: Any) -> Any:
    """What is chosen from a list by its name there; of roles nobody where there is none."""
    if name != "second_factor_roles":
        choices = dict(Program._meta.get_field(name).flatchoices)  # type: ignore[union-attr]
        return choices.get(value, value)
    return ", ".join(str(Role(role).label) for role in value or ()) or _("nobody")


def _role(membership: Membership) -> dict[str, Any]:
    return {"person": membership.user, "role": membership.get_role_display()}
