"""What the worker does for newsletters. Everything may run twice, side by side, or be killed at any point."""

import logging
import time
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Case, CharField, Exists, F, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Concat, Left
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string

from community.newsletters import clicks, ledger, letters, queries, refusals, voices
from community.newsletters.models import OPEN_STATES, Delivery, DeliveryState, Issue, IssueState, Obstacle
from community.newsletters.models_audiences import FOR_EVERYBODY
from community.newsletters.schedule import today_in
from community.newsletters.senders import MOST_TRIES, Sender
from community.newsletters.verbs import NewslettersVerb
from core.journal import services as journal
from core.kit import page_cache
from core.kit.queues import Turn
from core.kit.smtp import SmtpUnreachable
from core.notify import connections, pace
from core.notify.jobs import ADDRESSES_KEPT
from core.people.models import ERASED, User
from core.schedule.each import each
from programs.chats.models import Occasion
from programs.chats.services import tell_channels

log = logging.getLogger(__name__)

LONGEST_RUN = 30  # seconds a sender works before it is another issue's turn
ENDED = (IssueState.SENT, IssueState.CANCELLED)
UNDER_WAY_FOR = timedelta(minutes=5)  # nobody shall see that an issue had nobody to go to, or how many
CLEARED_FOR = timedelta(days=2)  # as long rows of a cancelled issue can still come back from a sender that was killed
WAITING_STATES = (DeliveryState.QUEUED, DeliveryState.RETRY, DeliveryState.UNCERTAIN)


def sweep() -> list[int]:
    """The tick: start what is due, put right what was interrupted. Returns the issues that need a sender."""
    due = Issue.objects.due(timezone.now()).order_by("scheduled_at", "pk").values_list("pk", flat=True)
    each("newsletters.start", due, _start, is_whole=False)
    begun = Issue.objects.filter(state__in=[IssueState.SENDING, IssueState.PAUSED]).order_by("started_at", "pk")
    each("newsletters.go_on", begun.values_list("pk", flat=True), _go_on, is_whole=False)
    cancelled = Issue.objects.filter(state=IssueState.CANCELLED, finished_at__gt=timezone.now() - CLEARED_FOR)
    each("newsletters.clear", cancelled.values_list("pk", flat=True), clear_cancelled, is_whole=False)
    return [issue_id for issue_id in Issue.objects.under_way().values_list("pk", flat=True) if has_work(issue_id)]


def has_work(issue_id: int) -> bool:
    """Rows wait and the issue is not paused."""
    rows = Delivery.objects.filter(issue=issue_id, issue__state=IssueState.SENDING)
    return rows.filter(state=DeliveryState.QUEUED).exists()


def _start(issue_id: int) -> None:
    """Its page says when it could not be started."""
    try:
        start(issue_id)
    except Exception:
        Issue.objects.filter(pk=issue_id).update(obstacle=Obstacle.START)
        raise


def _go_on(issue_id: int) -> None:
    recover(issue_id)
    finish(issue_id)


@transaction.atomic
def start(issue_id: int) -> bool:
    """Freeze text and recipients in one transaction. Only one of several that try does it."""
    issue = (
        Issue.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("program", "created_by")
        .filter(pk=issue_id, state=IssueState.SCHEDULED, scheduled_at__lte=timezone.now())
        .first()
    )
    if issue is None:
        return False
    lead = clicks.with_counted_links if clicks.are_wanted(issue) else None
    issue.frozen = letters.freeze(issue, today_in(issue.program), lead)
    issue.state = IssueState.SENDING
    issue.started_at = timezone.now()
    issue.obstacle = ""
    issue.save(update_fields=["frozen", "state", "started_at", "obstacle", "updated_at"])
    ledger.fill(issue)
    journal.record(NewslettersVerb.STARTED, issue, by=None)  # who planned it has a line; a number would tell too much
    return True


def turns_after(issue_id: int) -> list[int]:
    """The issues with something to send, in the order in which a sender shall look at them when this one had its turn:
    the site's places go around."""
    waiting = [each for each in Issue.objects.under_way().values_list("pk", flat=True) if has_work(each)]
    return sorted(waiting, key=lambda each: (each <= issue_id, each))


def send(issue_id: int) -> bool:
    """Send until nothing is queued, the issue is paused, the server is gone, or the turn is over. Whether somebody is
    to go on at once: its place is free now."""
    issue = Issue.objects.select_related("program").filter(pk=issue_id, state=IssueState.SENDING).first()
    if issue is None:
        clear_cancelled(issue_id)
        return False
    with ledger.sender_place() as has_place, connections.held(spare=1) as has_connection:
        is_server_there = has_place and has_connection and _send(issue)
    finish(issue_id)
    return is_server_there


def _send(issue: Issue) -> bool:
    """Whether the mail server was there to the end."""
    turn = Turn(LONGEST_RUN)
    sender = Sender(issue, turn=turn)
    if issue.obstacle != Obstacle.CONTINUED:  # who goes on knows of them
        known = refusals.of(issue)
        sender.look_at = max(known.limit - known.failed, 1)
    after, failures = 0, 0
    still_sending = Issue.objects.filter(pk=issue.pk, state=IssueState.SENDING)
    try:
        while not turn.is_over():
            size = pace.take(settings.NEWSLETTER_BATCH)
            if not size and still_sending.exists():
                time.sleep(pace.BREATH)
                continue
            if voices.kept_in(issue.frozen):  # somebody may have taken words back since the last mails
                issue.refresh_from_db(fields=["frozen"])
                sender.read(issue)
            recipients = ledger.claim(issue.pk, size, after=after)
            pace.give_back(size - len(recipients))
            if not recipients and not after:
                break
            # At the end once more from the start: a row before may have been put back.
            after = recipients[-1].user_id if recipients else 0
            sender.send(recipients)
            if sender.failures > failures:
                failures = sender.failures
                refusals.look(issue.pk)
        if issue.obstacle.startswith(Obstacle.SERVER):
            still_sending.update(obstacle="")
    except SmtpUnreachable as error:
        log.warning("newsletter %s waits for the mail server: %s", issue.pk, error)
        still_sending.update(obstacle=f"{Obstacle.SERVER} {error}"[:200])
        return False
    finally:
        sender.close()
    return True


def recover(issue_id: int) -> None:
    """Rows whose sender was killed: in hand goes back, handed over is in doubt; due tries are queued again."""
    now = timezone.now()
    rows = Delivery.objects.filter(issue=issue_id)
    ledger.doubt_after_crash(issue_id)
    rows.filter(state=DeliveryState.CLAIMED, lease_until__lt=now).update(state=DeliveryState.QUEUED, lease_until=None)
    rows.filter(state=DeliveryState.RETRY, due_at__lte=now).update(state=DeliveryState.QUEUED, due_at=None)
    rows.filter(state=DeliveryState.SENDING, lease_until__lt=now).update(
        state=DeliveryState.UNCERTAIN, lease_until=None, due_at=now, reply="interrupted"
    )
    reconcile(issue_id)


def clear_cancelled(issue_id: int) -> int:
    """What a cancelled sending left behind is never sent. Mails that were being handed over keep what became of them,
    or stay in doubt: they are not repeated."""
    rows = Delivery.objects.filter(issue=issue_id, issue__state=IssueState.CANCELLED)
    rows.filter(state=DeliveryState.SENDING, lease_until__lt=timezone.now()).update(
        state=DeliveryState.UNCERTAIN, lease_until=None, reply="interrupted"
    )
    waiting = (DeliveryState.QUEUED, DeliveryState.CLAIMED, DeliveryState.RETRY)
    return rows.filter(state__in=waiting).update(state=DeliveryState.CANCELLED, lease_until=None, due_at=None)


def reconcile(issue_id: int) -> None:
    """Mails in doubt: the mail server's own evidence decides. Without any, they go out once more after a while, with
    the same Message-ID, so that the reader's mail program can see it is the same mail."""
    rows = Delivery.objects.filter(issue=issue_id, state=DeliveryState.UNCERTAIN)
    doubtful = list(rows.values_list("message_id", flat=True)[:1000])
    if not doubtful:
        return
    again = {"state": DeliveryState.QUEUED, "is_repeat": True, "due_at": None, "reply": ""}
    if settings.NEWSLETTER_EVIDENCE:
        known: dict[str, bool] = import_string(settings.NEWSLETTER_EVIDENCE)(doubtful)
        taken = [message_id for message_id, was_taken in known.items() if was_taken]
        rows.filter(message_id__in=taken).update(state=DeliveryState.SENT, sent_at=F("due_at"), due_at=None)
        rows.filter(message_id__in=known.keys() - set(taken)).update(**again | {"is_repeat": False})
    waited = timezone.now() - timedelta(seconds=settings.NEWSLETTER_DOUBT)
    rows.filter(due_at__lte=waited, attempts__gte=MOST_TRIES).update(state=DeliveryState.FAILED, due_at=None)
    rows.filter(due_at__lte=waited).update(**again)


def retention() -> int:
    """A month after an issue is out, its ledger forgets addresses, names and what the mail server said."""
    over = timezone.now() - ADDRESSES_KEPT
    return _forget(Delivery.objects.filter(issue__state__in=ENDED, issue__finished_at__lt=over))


def forget_person(user: User) -> int:
    """An account is erased: nothing more goes to it, and the ledger does not wait for its month. What is being handed
    over right now follows with the others after a month."""
    rows = Delivery.objects.filter(user=user)
    rows.filter(state__in=WAITING_STATES).update(state=DeliveryState.SUPPRESSED)
    return _forget(rows.exclude(state__in=OPEN_STATES))


def _forget(rows: QuerySet[Delivery]) -> int:
    unknown = Concat(Value("erased-"), Cast("pk", CharField()), Value(ERASED))
    return rows.exclude(address__endswith=ERASED).update(address=unknown, name="", reply=Left("reply", 3))


def _is_full_time(issue_id: int) -> bool:
    """Whether a full five minutes since the start have ended after the last mail. Where everybody reads how many go out
    a minute, the moment of the last one would tell how many there were."""
    started_at = Issue.objects.filter(pk=issue_id).values_list("started_at", flat=True).first()
    if started_at is None:
        return True
    full = (timezone.now() - started_at) // UNDER_WAY_FOR
    since = started_at + full * UNDER_WAY_FOR
    return full > 0 and not Delivery.objects.filter(issue=issue_id, sent_at__gte=since).exists()


@transaction.atomic
def finish(issue_id: int) -> bool:
    """An issue is out when the ledger has no open row: asked each time, never counted along."""
    still_open = Delivery.objects.filter(issue=issue_id, state__in=OPEN_STATES)
    sending = Issue.objects.filter(~Exists(still_open), pk=issue_id, state=IssueState.SENDING)
    sending = sending.filter(FOR_EVERYBODY | Q(started_at__lt=timezone.now() - UNDER_WAY_FOR))
    if settings.SMTP_MAILS_A_MINUTE and (still_open.exists() or not _is_full_time(issue_id)):
        return False
    kept = Case(When(obstacle=Obstacle.CONTINUED, then=F("obstacle")), default=Value(""))  # it was said already
    if not sending.update(state=IssueState.SENT, finished_at=timezone.now(), obstacle=kept):
        return False
    issue = Issue.objects.select_related("program").get(pk=issue_id)
    transaction.on_commit(lambda: page_cache.clear(queries.sent_by(issue.program_id)), robust=True)
    if not issue.audience.is_everybody:
        return True  # a channel is read by everybody
    url = reverse("community:issue_read", args=[issue.program.slug, issue.pk])
    tell_channels(issue.program_id, Occasion.NEWSLETTER, issue.pk, lambda: issue.subject, url)
    return True
