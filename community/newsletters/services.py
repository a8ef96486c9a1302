"""What changes about newsletters. Sending itself is the worker's (`jobs`); these verbs only ask for it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from community.newsletters import checks, envelopes, keys, letters, refusals, tasks, together
from community.newsletters.models import Delivery, DeliveryState, Issue, IssueState, Obstacle, Suppression
from community.newsletters.models_audiences import Audience
from community.newsletters.schedule import today_in
from community.newsletters.subscription import Subscription
from community.newsletters.templates import issue_template
from community.newsletters.verbs import NewslettersVerb
from core.journal import services as journal
from core.journal.changes import changes_of
from core.kit.wake import wake
from core.kit.words import Words
from core.notify.services import queue_mail
from programs.consents import services as consents
from programs.consents.access import has_granted
from programs.consents.models import Purpose
from programs.generations.models import Generation
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

SIGNED = "[[signature]]"
NOTHING_SEEN: Mapping[str, str] = {}


class EditConflict(Exception):
    """Somebody else saved the issue in the meantime; `stored` is what stands there now, `joined` what both have
    written, where that can still be saved."""

    def __init__(self, stored: Issue, joined: together.Joined | None = None) -> None:
        super().__init__()
        self.stored, self.joined = stored, joined


@transaction.atomic
def write_issue(program: Program, *, by: "User", template: str = "", generation: Generation | None = None) -> Issue:
    """Begin a draft, from a template or empty, with the program's next number. One that welcomes a generation is for
    this one, and its contact person signs."""
    Program.objects.select_for_update().get(pk=program.pk)
    last = Issue.objects.filter(program=program).aggregate(last=Max("number"))["last"] or 0
    issue = Issue(program=program, number=last + 1, created_by=by, updated_by=by)
    chosen = issue_template(program, template)
    if chosen:
        issue.subject, issue.body = Words(chosen.subject), Words(chosen.body)
        issue.audience, issue.locked = chosen.audience, dict(chosen.locked)
    if chosen and chosen.asks_generation and generation:
        issue.audience = Audience(generations=(generation.pk,))
        if signer := generation.who_to_ask:
            signed = {each: text.replace(SIGNED, f"[[signature-{signer.pk}]]") for each, text in chosen.body.items()}
            issue.body = Words(signed)
    issue.save()
    journal.record(NewslettersVerb.BEGUN, issue, by=by, number=issue.number)
    return issue


@transaction.atomic
def save_issue(
    issue: Issue,
    *,
    subject: Mapping[str, str],
    body: Mapping[str, str],
    by: "User",
    version: int,
    seen: Mapping[str, str] = NOTHING_SEEN,
) -> Issue:
    """Save the texts. What somebody else changed in other fields stays, told by the marks of what was `seen`, or by
    the `version`; of a field that both changed nothing is overwritten: EditConflict.

    A planned issue that can no longer be sent as it stands becomes a draft again.
    """
    stored = _locked(issue)
    if not stored.is_editable:
        raise EditConflict(stored)
    if (stored.subject, stored.body) == (Words(subject), Words(body)):
        return stored
    if stored.version != version or any(seen.values()):  # a page can show what is older than its version
        joined = together.join(together.texts_of(stored), {"subject": subject, "body": body}, seen)
        if joined.clashes:
            raise EditConflict(stored, joined)
        subject, body = joined.texts["subject"], joined.texts["body"]
        if (stored.subject, stored.body) == (Words(subject), Words(body)):
            return stored
    stored.subject, stored.body = Words(subject), Words(body)
    stored.version += 1
    stored.updated_by = by
    if stored.state == IssueState.SCHEDULED and checks.look_at(stored).faults:
        stored.state, stored.scheduled_at = IssueState.DRAFT, None
    changed = changes_of(stored, ("subject", "body", "state"))
    stored.save()
    journal.record(NewslettersVerb.CHANGED, stored, by=by, version=stored.version, changes=changed)
    return stored


@transaction.atomic
def schedule_issue(issue: Issue, *, by: "User", at: datetime, version: str = "") -> Issue:
    """Plan an issue that passes its checks. ValidationError says what is missing. Who was shown a `version` plans that
    one or none."""
    stored = _locked(issue)
    if not stored.is_editable:
        raise ValidationError(_("This issue is already on its way."), code="state")
    if version and version != str(stored.version):
        raise EditConflict(stored)
    if at < timezone.now():
        raise ValidationError(_("This time has passed. Choose one in the future."), code="past")
    _require_sendable(stored)
    stored.state, stored.scheduled_at, stored.obstacle = IssueState.SCHEDULED, at, ""
    changed = changes_of(stored, ("scheduled_at",))
    stored.save(update_fields=["state", "scheduled_at", "obstacle", "updated_at"])
    journal.record(NewslettersVerb.SCHEDULED, stored, by=by, changes=changed)
    return stored


@transaction.atomic
def send_now(issue: Issue, *, by: "User", version: str = "") -> Issue:
    """Start the sending with the next breath of a worker. Who was shown a `version` sends that one or none."""
    stored = _locked(issue)
    if not stored.is_editable:
        raise ValidationError(_("This issue is already on its way."), code="state")
    if version and version != str(stored.version):
        raise EditConflict(stored)
    _require_sendable(stored)
    stored.state, stored.scheduled_at, stored.obstacle = IssueState.SCHEDULED, timezone.now(), ""
    stored.save(update_fields=["state", "scheduled_at", "obstacle", "updated_at"])
    journal.record(NewslettersVerb.SENT_NOW, stored, by=by)
    wake(tasks.start, stored.pk)
    return stored


@transaction.atomic
def unschedule_issue(issue: Issue, *, by: "User") -> Issue:
    """Take the plan back; nothing has gone out yet. An issue under way stays as it is."""
    stored = _locked(issue)
    if stored.state == IssueState.SCHEDULED:
        stored.state, stored.scheduled_at = IssueState.DRAFT, None
        stored.save(update_fields=["state", "scheduled_at", "updated_at"])
        journal.record(NewslettersVerb.UNSCHEDULED, stored, by=by)
    return stored


@transaction.atomic
def pause_issue(issue: Issue, *, by: "User") -> Issue:
    """Stop the sending; the mail that is being handed over is the last one."""
    stored = _locked(issue)
    if stored.state == IssueState.SENDING:
        stored.state = IssueState.PAUSED
        stored.save(update_fields=["state", "updated_at"])
        journal.record(NewslettersVerb.PAUSED, stored, by=by)
    return stored


@transaction.atomic
def resume_issue(issue: Issue, *, by: "User") -> Issue:
    """Go on where it stopped. Who goes on after many refusals is not stopped by them again."""
    stored = _locked(issue)
    if stored.state == IssueState.PAUSED:
        was_refused = stored.obstacle in (Obstacle.FAILURES, Obstacle.CONTINUED)
        stored.state = IssueState.SENDING
        stored.obstacle = Obstacle.CONTINUED if was_refused else ""
        stored.save(update_fields=["state", "obstacle", "updated_at"])
        journal.record(NewslettersVerb.RESUMED, stored, by=by)
        wake(tasks.send, stored.pk)
    return stored


@transaction.atomic
def cancel_issue(issue: Issue, *, by: "User") -> Issue:
    """End a sending for good. What is out stays out; the mail that is being handed over is the last one, and the rest
    is never sent. Once it is all out there is nothing to cancel."""
    stored = _locked(issue)
    if stored.state in (IssueState.SENDING, IssueState.PAUSED):
        stored.state, stored.finished_at, stored.obstacle = IssueState.CANCELLED, timezone.now(), ""
        stored.save(update_fields=["state", "finished_at", "obstacle", "updated_at"])
        journal.record(NewslettersVerb.CANCELLED, stored, by=by)
        wake(tasks.send, stored.pk)  # the worker clears the rest away
    return stored


@transaction.atomic
def hold_after_restore() -> None:
    """The database is one of a backup: what was going out has perhaps gone out, and what was due since then too. A
    person decides anew; nobody of the site did this."""
    under_way = Issue.objects.filter(state=IssueState.SENDING)
    due = Issue.objects.filter(state=IssueState.SCHEDULED, scheduled_at__lte=timezone.now())
    for issue in under_way.select_for_update(of=("self",)):
        issue.state, issue.obstacle = IssueState.PAUSED, Obstacle.RESTORED
        issue.save(update_fields=["state", "obstacle", "updated_at"])
        journal.record(NewslettersVerb.PAUSED, issue, by=None)
    for issue in due.select_for_update(of=("self",)):
        issue.obstacle = f"{Obstacle.RESTORED} {issue.scheduled_at:%Y-%m-%dT%H:%M:%S%z}"
        issue.state, issue.scheduled_at = IssueState.DRAFT, None
        issue.save(update_fields=["state", "scheduled_at", "obstacle", "updated_at"])
        journal.record(NewslettersVerb.UNSCHEDULED, issue, by=None)


@transaction.atomic
def delete_issue(issue: Issue, *, by: "User") -> Issue:
    """Put a draft away; for a month it can be taken back."""
    stored = _locked(issue)
    if stored.state != IssueState.DRAFT:
        raise ValidationError(_("Only a draft can be deleted. Unschedule it first."), code="state")
    stored.put_away()
    journal.record(NewslettersVerb.DELETED, stored, by=by, number=stored.number)
    return stored


@transaction.atomic
def restore_issue(issue: Issue, *, by: "User") -> Issue:
    stored = _locked(issue)
    stored.take_back()
    journal.record(NewslettersVerb.RESTORED, stored, by=by, number=stored.number)
    return stored


@transaction.atomic
def send_test(issue: Issue, *, by: "User", languages: Iterable[str], to: "Iterable[User]") -> None:
    """The mail as it would be sent now, to each of these people in each language. Its unsubscribe link is the reader's
    own."""
    spoken = {letters.language_for(issue, language): None for language in languages}
    people = list(to)
    for language in spoken:
        letter = letters.compose(issue, language, today_in(issue.program), is_final=True)
        with override(letter.language):
            subject = _("Test: %(subject)s") % {"subject": letter.subject or issue.program.name}
        frozen = letter.frozen()
        for person in people:
            url = envelopes.unsubscribe_url(issue.program_id, person.pk)
            queue_mail(
                person.email,
                subject,
                letters.personal(frozen["text"], person.first_name, url),
                letters.personal_html(frozen["html"], person.first_name, url),
                reason="newsletters.test",
                reference=issue.pk,
                person=person,
                program_id=issue.program_id,
            )
    journal.record(NewslettersVerb.TESTED, issue, by=by, languages=list(spoken), readers=len(people))


def unsubscribe(subscription: Subscription, *, channel: str) -> None:
    """Withdraw the consent; twice is as good as once."""
    consents.withdraw(subscription.program, [Purpose.NEWSLETTER], by=subscription.user, channel=channel)


def came_back(message_id: str, kind: str, code: str) -> str:
    """A mail of an issue came back; the address it went to, or "" when it is none of ours. A complaint ends the
    newsletter, as pressing the link in it does."""
    row = Delivery.objects.select_related("user", "program").filter(message_id=message_id).first()
    if row is None:
        return ""
    if kind == "hard":
        is_new = Delivery.objects.filter(pk=row.pk, state=DeliveryState.SENT).update(
            state=DeliveryState.FAILED, reply=f"550 {code} came back"
        )
        if is_new:
            refusals.look(row.issue_id)
    elif kind == "complaint":
        end_after_complaint(row.program, row.user, row.address)
    return row.address


def complained(address: str) -> bool:
    """Somebody complained, and the mail is not known any more: it was the newest issue that went to them."""
    rows = Delivery.objects.select_related("user", "program").filter(user__email__iexact=address)
    row = rows.exclude(sent_at=None).order_by("-sent_at").first()
    if row is not None:
        end_after_complaint(row.program, row.user, address)
    return row is not None


@transaction.atomic
def end_after_complaint(program: Program, person: "User", address: str) -> None:
    """A complaint ends the newsletter, and the address gets none, whoever has it, until its person wants it again."""
    mark = keys.address_hashes(address)[0]
    Suppression.objects.get_or_create(program=program, address_hash=mark, defaults={"reason": "complaint"})
    consents.withdraw(program, [Purpose.NEWSLETTER], by=person, channel="complaint")


def wanted_again(person: "User", program: Program) -> None:
    """Who agrees anew after a complaint gets the newsletter again."""
    if has_granted(person, program, Purpose.NEWSLETTER):
        Suppression.objects.filter(program=program, address_hash__in=keys.address_hashes(person.email)).delete()


def _locked(issue: Issue) -> Issue:
    stored = Issue.objects.select_for_update(of=("self",)).select_related("program").get(pk=issue.pk)
    stored.program = issue.program
    return stored


def _require_sendable(issue: Issue) -> None:
    faults = checks.look_at(issue).faults
    if faults:
        raise ValidationError(faults)
