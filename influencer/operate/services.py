"""What administrators do for people's accounts. Every act stands in the journal, and the person is told."""

from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from community.newsletters.models import Issue, IssueState
from core.journal import services as journal
from core.journal.models import Entry
from core.kit.rooms import Every
from core.notify import jobs as notify
from core.notify.models import OutgoingMail
from core.people import services as people
from core.people.forms_address import ForgottenPasswordForm
from core.people.models import User
from core.people.verbs import PeopleVerb
from core.schedule import fence
from core.schedule.models import ScheduledJob
from influencer.operate import letters
from influencer.operate.models import WAITING_TIME, Rescue, RescueState, SiteText
from influencer.operate.verbs import OperateVerb
from programs.membership import services as membership
from programs.membership.models import Program

UNDER_WAY = (IssueState.SCHEDULED, IssueState.SENDING, IssueState.PAUSED)
BETWEEN_MAILS = timedelta(minutes=10)


@transaction.atomic
def close_account(person: User, *, by: User) -> None:
    """Nobody signs in here any more, until it is opened again."""
    _not_for_oneself(person, by)
    _keep_an_administrator(person)
    for rescue in Rescue.objects.filter(person=person, state=RescueState.WAITING):
        stop_rescue(rescue, by=by)
    people.close_account(person, by=by)


def reopen_account(person: User, *, by: User) -> None:
    people.reopen_account(person, by=by)


def end_sign_ins(person: User, *, by: User) -> None:
    """Everywhere and at once."""
    people.end_sign_ins(person, by=by)


def make_administrator(person: User, *, by: User) -> None:
    """Somebody who can sign in with a password, so that the next page finds who it is."""
    if not (person.is_active and person.has_begun):
        raise ValidationError(_("This person has never signed in and so cannot become an administrator."))
    people.make_administrator(person, by=by)


@transaction.atomic
def unmake_administrator(person: User, *, by: User) -> None:
    _keep_an_administrator(person)
    people.unmake_administrator(person, by=by)


@transaction.atomic
def send_way_in(person: User, *, by: User, request: HttpRequest) -> None:
    """A mail with a link to the address of the account; whoever sends it does not see the link."""
    if not person.is_active:
        raise ValidationError(_("The account is deactivated. Reactivate it first."))
    since = timezone.now() - BETWEEN_MAILS
    reasons = (letters.BEGIN, "people.account")
    if OutgoingMail.objects.filter(person=person, reason__in=reasons, created_at__gt=since).exists():
        raise ValidationError(
            _("The last email with a sign-in link was sent less than ten minutes ago. Please wait a moment.")
        )
    if person.has_begun:
        form = ForgottenPasswordForm({"email": person.email})
        form.is_valid()
        form.save(request)
    else:
        letters.begin(person, by=by)
    journal.record(OperateVerb.WAY_SENT, person, by=by)


# --- second factors that were lost: two administrators, or one and a day of waiting ---------------------------------


@transaction.atomic
def ask_rescue(person: User, *, proof: str, by: User) -> Rescue:
    """Begin: the person is told at once and can stop it; other administrators are asked to confirm."""
    _not_for_oneself(person, by)
    if not person.is_active or not Authenticator.objects.filter(user=person).exists():
        raise ValidationError(_("There is no second factor to remove."))
    try:
        with transaction.atomic():
            rescue = Rescue.objects.create(
                person=person, asked_by=by, proof=proof, due_at=timezone.now() + WAITING_TIME
            )
    except IntegrityError:
        raise ValidationError(_("Somebody has already started this.")) from None
    journal.record(OperateVerb.RESCUE_ASKED, person, by=by, proof=proof)
    letters.rescue_asked(rescue)
    return rescue


@transaction.atomic
def confirm_rescue(rescue: Rescue, *, by: User) -> None:
    """The second administrator, who made sure as well. Whoever became one only for this does not count."""
    rescue = _waiting(rescue)
    if by.pk in (rescue.asked_by_id, rescue.person_id):
        raise ValidationError(_("Somebody else must confirm: nobody can open up another person's account alone."))
    made = Entry.objects.filter(verb=PeopleVerb.ADMINISTRATOR_MADE, subject_type="user", subject_id=by.pk)
    if made.filter(at__gt=rescue.asked_at - WAITING_TIME).exists():
        raise ValidationError(
            _(
                "Somebody who has only just become an administrator cannot confirm this. Please ask another "
                "administrator."
            )
        )
    journal.record(OperateVerb.RESCUE_CONFIRMED, rescue.person, by=by)
    _carry_out(rescue, by=by)


@transaction.atomic
def finish_rescue(rescue: Rescue) -> None:
    """The day of waiting is over, and nobody stopped it. Who asked must be an administrator still."""
    rescue = _waiting(rescue)
    by = rescue.asked_by
    if by is None or not (by.is_superuser and by.is_active):
        stop_rescue(rescue, by=None)
    else:
        _carry_out(rescue, by=by)


@transaction.atomic
def stop_rescue(rescue: Rescue, *, by: User | None) -> None:
    """By the person (with the link of the mail, or by using the second factor), or by an administrator."""
    rescue = _waiting(rescue)
    _close(rescue, RescueState.STOPPED, by)
    journal.record(OperateVerb.RESCUE_STOPPED, rescue.person, by=by)
    letters.rescue_stopped(rescue, by=by)


def stop_rescue_of(person: User) -> None:
    """The person has just used a second factor: it is not lost, whoever said so."""
    for rescue in Rescue.objects.filter(person=person, state=RescueState.WAITING):
        stop_rescue(rescue, by=person)


def _waiting(rescue: Rescue) -> Rescue:
    """Read again and locked: two may press at once."""
    rescue = Rescue.objects.select_for_update(of=("self",)).select_related("person", "asked_by").get(pk=rescue.pk)
    if rescue.state != RescueState.WAITING:
        raise ValidationError(_("This has already been settled."))
    return rescue


def _carry_out(rescue: Rescue, *, by: User | None) -> None:
    _close(rescue, RescueState.DONE, by)
    people.remove_factors(rescue.person, by=by)


def _close(rescue: Rescue, state: RescueState, by: User | None) -> None:
    rescue.state, rescue.closed_at, rescue.closed_by = state, timezone.now(), by
    rescue.save(update_fields=["state", "closed_at", "closed_by"])


# --- the site -------------------------------------------------------------------------------------------------------


class NobodyTakesIt(Exception):
    """The broker is away."""


def run_job(line: Every, *, by: User) -> None:
    """Send a periodic job now; its next regular time stays. Not what a restored database holds back: a worker would
    leave it lying."""
    if fence.keeps(line.task.name) and fence.is_up():
        raise ValidationError(_("The database was restored. Release the site first; until then, nothing leaves it."))
    try:
        line.task.apply_async(retry=False)
    except Exception as error:  # whatever the broker's library raises
        raise NobodyTakesIt from error
    journal.record(OperateVerb.JOB_RUN, by=by, job=line.task.name)


@transaction.atomic
def switch_off(line: Every, *, by: User) -> None:
    """The clock starts it no more. What somebody sets off by hand still happens; what people were promised stays on."""
    if line.keeps_promise:
        raise ValidationError(_("This job keeps what people were promised. It cannot be switched off."))
    now = timezone.now()
    row, _created = ScheduledJob.objects.get_or_create(name=line.task.name, defaults={"period": 0, "sent_at": now})
    if ScheduledJob.objects.filter(pk=row.pk, off_since=None).update(off_since=now):
        journal.record(OperateVerb.JOB_OFF, by=by, job=line.task.name)


@transaction.atomic
def switch_on(line: Every, *, by: User) -> None:
    """From the next tick on; what was missed meanwhile is done once."""
    if ScheduledJob.objects.filter(pk=line.task.name, off_since__isnull=False).update(off_since=None):
        journal.record(OperateVerb.JOB_ON, by=by, job=line.task.name)


@transaction.atomic
def release(*, discards: bool, by: User) -> int:
    """A restored database becomes the site: everything goes on. Mails from before are discarded, or go out as well.
    The number of those discarded."""
    since = fence.up_since()
    if since is None:
        return 0
    discarded = notify.discard_held(since) if discards else 0
    if fence.release():
        journal.record(OperateVerb.RELEASED, by=by, discarded=discards)
    return discarded


@transaction.atomic
def archive(program: Program, *, by: User) -> None:
    """Not while something of it goes out: what people expect must not stop half way."""
    if Issue.objects.filter(program=program, state__in=UNDER_WAY).exists():
        raise ValidationError(
            _("A newsletter of this program is scheduled or being sent. Wait until it is finished, or cancel it first.")
        )
    membership.archive(program, by=by)


def unarchive(program: Program, *, by: User) -> None:
    membership.unarchive(program, by=by)


@transaction.atomic
def change_text(kind: str, texts: dict[str, str], *, by: User) -> None:
    """The imprint or the privacy notice, per language; an empty one goes."""
    for language, text in texts.items():
        if text.strip():
            SiteText.objects.update_or_create(kind=kind, language=language, defaults={"text": text.strip()})
        else:
            SiteText.objects.filter(kind=kind, language=language).delete()
    journal.record(OperateVerb.TEXT_CHANGED, by=by, kind=kind)


def _not_for_oneself(person: User, by: Any) -> None:
    if person.pk == by.pk:
        raise ValidationError(_("Another administrator has to do this for your own account."))


def _keep_an_administrator(person: User) -> None:
    try:
        if person.is_superuser:
            people.refuse_last_administrator(person)
    except people.LastAdministrator:
        raise ValidationError(_("This is the last administrator. Make somebody else an administrator first.")) from None
