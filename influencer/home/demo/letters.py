"""The demo's newsletters: one that was sent two weeks ago, with its ledger, and one that is being written."""

from datetime import date, timedelta
from itertools import cycle

from community.newsletters import clicks, ledger, letters
from community.newsletters.models import Delivery, DeliveryState, Issue, IssueState, NewsletterRules
from core.people.models import User
from influencer.home.demo import texts
from influencer.home.demo.people import instant
from programs.membership.models import Program


def load(program: Program, manager: User, today: date) -> None:
    """Frozen with the figures of its day, and one ledger row per consenting member; its links were counted."""
    NewsletterRules.objects.create(program=program, counts_clicks=True)
    for row in texts.read("newsletters")["issues"]:
        issue = Issue.objects.create(
            program=program,
            number=row["number"],
            subject=row["subject"],
            body={language: text.strip() for language, text in row["body"].items()},
            created_by=manager,
            updated_by=manager,
        )
        if row["status"] == "sent":
            _send(issue, today - timedelta(days=12))


def _send(issue: Issue, day: date) -> None:
    started = instant(day, 9)
    finished = started + timedelta(seconds=41)
    issue.frozen = letters.freeze(issue, day, clicks.with_counted_links)
    issue.state = IssueState.SENT
    issue.scheduled_at = issue.started_at = started
    issue.finished_at = finished
    issue.save()
    readers = ledger.fill(issue)
    for link, people in zip(issue.counted_links.order_by("pk"), cycle((readers // 2, readers // 3, 0)), strict=False):
        link.until = link.counted_at = started + clicks.COUNTED_FOR
        link.low, link.high = (people - people % 5, people - people % 5 + 4) if people >= 10 else (0, 9)
        link.save()
    Delivery.objects.filter(issue=issue).update(
        state=DeliveryState.SENT, attempts=1, sent_at=finished, reply="250 accepted", lease_until=None
    )
