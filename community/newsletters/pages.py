"""What the pages of the room show: numbers of the ledger as sentences."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from math import ceil
from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Count, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from community.newsletters import queries
from community.newsletters.models import Delivery, DeliveryState, Issue, IssueQuerySet, IssueState, Obstacle
from community.newsletters.reach import Reach
from core.disclosure import gate
from core.disclosure.gate import People
from core.kit.templatetags.ui import percent, share_of
from core.lists.counted import counted_page
from programs.membership.models import Program

SPEED, SHORTEST_FOR_SPEED = 100, 10  # mails a minute in a step, seconds: finer, it would tell how many went out
WHEN = timedelta(minutes=5)  # as fine as the end is foretold
A_PAGE = 20  # issues that went out


@dataclass(frozen=True)
class OutIssue:
    """One that went out. `share`: of the mails sent, while it is on its way."""

    issue: Issue
    share: Decimal | None
    some_failed: bool


@dataclass(frozen=True)
class IssueLists:
    """The issues of a program in the order of the list: what is being written, what is planned, what is out, the newest
    first: it is asked for most. How it went is for who writes them."""

    drafts: list[Issue]
    planned: list[Issue]
    out: list[OutIssue]
    page: "Page[Issue]"  # of those that are out

    @classmethod
    def of(cls, program: Program, issues: IssueQuerySet, *, for_writers: bool, asked: str = "") -> "IssueLists":
        issues = issues.defer("body", "frozen")
        pages = Paginator(issues.out().order_by("-number"), A_PAGE)
        page = counted_page(pages, asked or "1") or pages.get_page(asked)
        lists = cls([], [], [], page)
        for issue in issues.not_out() if for_writers else ():
            (lists.planned if issue.state == IssueState.SCHEDULED else lists.drafts).append(issue)
        shares = queries.how_far(program, page) if for_writers else {}
        failed = queries.with_failures(program) if for_writers else set()
        lists.out.extend(OutIssue(issue, shares.get(issue.pk), issue.pk in failed) for issue in page)
        return lists

    @property
    def is_empty(self) -> bool:
        return not (self.drafts or self.planned or self.out)


@dataclass
class Progress:
    """A sending in numbers, asked of the ledger."""

    issue: Issue
    total: int
    sent: int
    failed: int
    waiting: int
    never: int  # of a cancelled sending
    retry: int
    uncertain: int
    repeated: int
    reasons: list[tuple[str, int]]
    last_sent_at: datetime | None
    reach: Reach | None = None
    readers: People | None = None  # of the whole program, as last counted

    @classmethod
    def of(cls, issue: Issue, reach: Reach | None = None) -> "Progress":
        """`reach`: of an issue for some people."""
        rows = Delivery.objects.filter(issue=issue)
        counts = dict(rows.values_list("state").annotate(count=Count("id")).order_by())
        open_states = (DeliveryState.QUEUED, DeliveryState.CLAIMED, DeliveryState.SENDING)
        waiting = sum(counts.get(state, 0) for state in open_states)
        is_cancelled = issue.state == IssueState.CANCELLED
        replies = rows.filter(state__in=[DeliveryState.FAILED, DeliveryState.RETRY]).values_list("reply")
        reasons: dict[str, int] = {}
        for reply, count in replies.annotate(count=Count("id")).order_by("-count")[:200]:
            reason = reason_of(reply)
            reasons[reason] = reasons.get(reason, 0) + count
        return cls(
            issue=issue,
            total=sum(counts.values()),
            sent=counts.get(DeliveryState.SENT, 0),
            failed=counts.get(DeliveryState.FAILED, 0),
            waiting=0 if is_cancelled else waiting,
            never=counts.get(DeliveryState.CANCELLED, 0) + (waiting if is_cancelled else 0),
            retry=counts.get(DeliveryState.RETRY, 0),
            uncertain=counts.get(DeliveryState.UNCERTAIN, 0),
            repeated=rows.filter(is_repeat=True).count(),
            reasons=sorted((each for each in reasons.items() if said(issue, each[1]).low), key=lambda pair: -pair[1]),
            reach=reach,
            readers=reach.people if reach else queries.readers(issue.program)[""],
            last_sent_at=rows.aggregate(last=Max("sent_at"))["last"],
        )

    @property
    def is_under_way(self) -> bool:
        return self.issue.state in (IssueState.SCHEDULED, IssueState.SENDING)

    @property
    def is_out(self) -> bool:
        return self.issue.state in (IssueState.SENT, IssueState.CANCELLED)

    @property
    def is_chosen(self) -> bool:
        """For some people only: their numbers, and what became of single mails, would tell who subscribed."""
        return not self.issue.audience.is_everybody

    @property
    def is_quiet(self) -> bool:
        """So few, perhaps, that how far it has come would tell whether anybody of them subscribed."""
        return self.reach is not None and self.reach.people is None

    @property
    def per_minute(self) -> int | None:
        """Mails per minute so far, in steps; unknown of a list that may be short, and of what took a moment."""
        is_short = self.readers is None or self.readers.low < gate.FEWEST_TO_WATCH
        if is_short or not self.issue.started_at or not self.last_sent_at:
            return None
        seconds = (self.last_sent_at - self.issue.started_at).total_seconds()
        if seconds < SHORTEST_FOR_SPEED:
            return None
        return round(self.sent / seconds * 60 / SPEED) * SPEED or None

    @property
    def limit(self) -> int:
        """What the mail account takes a minute, as the operator set it; 0: as fast as it answers."""
        return int(settings.SMTP_MAILS_A_MINUTE)

    @property
    def finish_at(self) -> datetime | None:
        if self.issue.state != IssueState.SENDING or not self.per_minute or not self.waiting:
            return None
        ends = (timezone.now() + timedelta(minutes=self.waiting / self.per_minute)).timestamp()
        return datetime.fromtimestamp(ceil(ends / WHEN.total_seconds()) * WHEN.total_seconds(), UTC)

    @property
    def obstacle(self) -> str:
        code, _space, detail = self.issue.obstacle.partition(" ")
        if self.is_quiet and code == Obstacle.SERVER:
            return ""  # it only waits for the server when somebody is to get it
        text = str(Obstacle(code).label) if code in Obstacle.values else ""
        return f"{text} ({detail})" if text and detail else text

    @property
    def run(self) -> dict[str, Any]:
        """For the kit's progress part."""
        state = {IssueState.SENDING: "running", IssueState.SENT: "done", IssueState.CANCELLED: "failed"}.get(
            IssueState(self.issue.state), "waiting"
        )
        done = self.total - self.waiting - self.never - self.retry - self.uncertain
        return {
            "id": self.issue.pk,
            "name": self.issue.subject,
            "done": queries.done_of(done, self.total, self.readers, is_out=self.is_out),
            "total": gate.WHOLE,
            "state": state,
            "text": self.sentence,
        }

    @property
    def sentence(self) -> str:
        # A few that failed are not told apart: who knows of one full mailbox would learn that it subscribed.
        sent = self.sent if self.failed_people.low else self.sent + self.failed
        done = queries.done_of(sent, self.total, self.readers, is_out=self.is_out)
        return _("%(share)s of emails sent.") % {"share": percent(share_of(done, gate.WHOLE) or 0)}

    def said(self, count: int) -> People:
        """A mail is a person: their numbers go through the gate as well."""
        return said(self.issue, count)

    @property
    def failed_people(self) -> People:
        return self.said(self.failed)

    @property
    def retry_people(self) -> People:
        return self.said(self.retry)

    @property
    def uncertain_people(self) -> People:
        return self.said(self.uncertain)

    @property
    def repeated_people(self) -> People:
        return self.said(self.repeated)


def said(issue: Issue, count: int) -> People:
    return gate.guarded(count, k=issue.program.group_minimum)


def reason_of(reply: str) -> str:
    """A mail server's answer in words; addresses in it are not shown."""
    code = reply[:3]
    if code in ("550", "551", "553"):
        return _("The address does not exist or does not accept email (%(code)s)") % {"code": code}
    if code == "552" or code == "452":
        return _("The mailbox is full (%(code)s)") % {"code": code}
    if code.startswith("4") and code.isdigit():
        return _("The mail server asked to try again later (%(code)s)") % {"code": code}
    if code.startswith("5") and code.isdigit():
        return _("The mail server rejected the email (%(code)s)") % {"code": code}
    if reply.startswith("interrupted"):
        return _("Interrupted several times; we don't know whether it arrived")
    return _("The address cannot be used for email")
