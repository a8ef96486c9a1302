"""When so many addresses are refused that a sending stops, or that who sends hears of it afterwards.

The rule: 5 percent of those an issue goes to, and never fewer than nine. One or two addresses that are no more are
everyday: of 20 people it takes nine, of 100 nine, of 1,000 fifty. A long list that is wrong from its first line on is
stopped before all of it has been tried: from 20 refusals on, 5 percent of those that were tried are enough. Nine, or
more where the program's smallest group is larger: the stop tells that so many subscribed whose address is refused, and
whoever has four such accounts would learn from a fifth refusal of one other person. An issue keeps the number it began
with: who changes the smallest group meanwhile would else see at which it stops, and so how many were refused.
"""

from dataclasses import dataclass
from math import ceil

from django.db import transaction
from django.db.models import Count, Q

from community.newsletters import news
from community.newsletters.models import OPEN_STATES, Delivery, DeliveryState, Issue, IssueState, Obstacle
from community.newsletters.verbs import NewslettersVerb
from core.disclosure import gate
from core.disclosure.gate import People
from core.journal import services as journal
from programs.membership import standing

LIMIT = "refusals"
SHARE = 20  # one in so many
FEWEST_UNDER_WAY = 20
NOT_TRIED = (DeliveryState.SUPPRESSED, DeliveryState.CANCELLED)


@dataclass(frozen=True)
class Refused:
    """The mails of an issue as they stand; `fewest` is what it takes at least."""

    failed: int
    tried: int
    all: int
    fewest: int

    @property
    def limit(self) -> int:
        """From how many refusals on it stops, whoever comes next."""
        return max(self.fewest, ceil(self.all / SHARE))

    @property
    def are_too_many(self) -> bool:
        early = max(self.fewest, FEWEST_UNDER_WAY, ceil(self.tried / SHARE))
        return self.failed >= min(self.limit, early)


def of(issue: Issue) -> Refused:
    rows = Delivery.objects.filter(issue=issue.pk).exclude(state__in=NOT_TRIED)
    is_tried, has_failed = ~Q(state__in=OPEN_STATES), Q(state=DeliveryState.FAILED)
    found = rows.aggregate(all=Count("pk"), tried=Count("pk", filter=is_tried), failed=Count("pk", filter=has_failed))
    return Refused(**found, fewest=_fewest(issue))


def _fewest(issue: Issue) -> int:
    def now() -> standing.Counts:
        fewest = gate.enough(issue.program.group_minimum)  # a rule and no count of anybody
        return {"": People(fewest, fewest)}

    today = standing.last_monday(issue.program)
    return standing.standing(issue.program, f"{LIMIT}:{issue.pk}", today, now, once=True)[""].low


@transaction.atomic
def look(issue_id: int) -> None:
    """Stop a sending that is on its way, or say of one that is out what came back, to who sends, once."""
    issue = Issue.objects.select_related("program").get(pk=issue_id)
    is_out = issue.state == IssueState.SENT
    if issue.obstacle or not (is_out or issue.state in (IssueState.SENDING, IssueState.PAUSED)):
        return
    if not of(issue).are_too_many:
        return
    now = {"obstacle": Obstacle.RETURNED} if is_out else {"state": IssueState.PAUSED, "obstacle": Obstacle.FAILURES}
    if not Issue.objects.filter(pk=issue_id, state=issue.state, obstacle="").update(**now):
        return
    if is_out:
        news.returned(issue)
        return
    if issue.state == IssueState.SENDING:
        journal.record(NewslettersVerb.PAUSED, issue, by=None)
    news.held(issue)
