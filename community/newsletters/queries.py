"""What is selected of newsletters."""

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext as _

from community.newsletters import access, ledger
from community.newsletters.models import (
    Delivery,
    DeliveryState,
    Issue,
    IssueQuerySet,
    IssueState,
    NewsletterPart,
    NewsletterRules,
)
from community.newsletters.models_audiences import FOR_EVERYBODY, WHOLE, SavedAudience
from core.disclosure import gate
from core.disclosure.gate import People
from core.kit import languages, page_cache
from core.kit.compiled import Blank, Compiled
from core.kit.rooms import Hit, Running
from core.kit.templatetags.ui import percent, share_of
from programs.membership import access as membership
from programs.membership.access import Ability
from programs.membership.models import HISTORY, Program
from programs.membership.queries import people_with
from programs.membership.standing import Counts, HeadCount, beginning_of, last_monday, steadily

if TYPE_CHECKING:
    from core.people.models import User


def find_issues(user: "User", program: Program, words: str, most: int) -> Iterator[Hit]:
    """Newsletters that went out, by their subject."""
    if not membership.can(user, Ability.SEE_NEWSLETTERS, program):
        return
    issues = access.issues_for(user, program).filter(subject__icontains=words, state=IssueState.SENT)
    for issue in issues[:most]:
        yield Hit(issue.subject, reverse("community:issue_read", args=[program.slug, issue.pk]), f"{issue.number}")


def _on_their_way() -> QuerySet[Issue]:
    """Of one for some people only its writers know."""
    return Issue.objects.filter(FOR_EVERYBODY, program=Blank("program"), state=IssueState.SENDING)


ON_THEIR_WAY = Compiled(lambda: _on_their_way().only("number"))


def being_sent(program: Program) -> Iterator[Running]:
    """Newsletters on their way. One query, two while sending."""
    issues = ON_THEIR_WAY.rows(program=program.pk)
    mails = _mails(issues) if issues else {}
    wanted_by = _wanted_by(program) if issues else None
    for issue in issues:
        total, sent = mails.get(issue.pk, (0, 0))
        done = done_of(sent, total, wanted_by)
        yield Running(
            name=_("Newsletter no. %(number)s") % {"number": issue.number},
            text=_("%(share)s of emails sent") % {"share": percent(share_of(done, gate.WHOLE) or 0)},
            url=reverse("community:issue_progress", args=[program.slug, issue.pk]),
            done=done,
            total=gate.WHOLE,
        )


def _mails(issues: list[Issue]) -> dict[int, tuple[int, int]]:
    """All mails of each newsletter, and those that are sent."""
    sent = Count("pk", filter=Q(state=DeliveryState.SENT))
    rows = (
        Delivery.objects.filter(issue__in=issues).order_by().values_list("issue").annotate(all=Count("pk"), sent=sent)
    )
    return {issue: (total, done) for issue, total, done in rows}


def done_of(sent: int, total: int, wanted_by: People | None, *, is_out: bool = False) -> int:
    """As `gate.progress`; whether they are enough for steps is asked of the number as last counted (None: of a chosen
    audience without a number). Of this moment it would be a count that four accounts move to and fro. Until it `is_out`
    the last step is missing: the moment of the last mail would tell how many there were."""
    if not is_out and sent >= total:
        sent, total = gate.WHOLE - 1, gate.WHOLE
    if wanted_by is None or wanted_by.low < gate.FEWEST_TO_WATCH:
        return gate.WHOLE if sent >= total else 0
    return gate.progress(sent, total)


def how_far(program: Program, issues: Iterable[Issue]) -> dict[int, Decimal | None]:
    """The share of those on their way, in the steps that tell nobody how many people they are; not of one for some
    people, who can be few."""
    under_way = (IssueState.SENDING, IssueState.PAUSED)
    running = [issue for issue in issues if issue.state in under_way and issue.audience.is_everybody]
    mails = _mails(running) if running else {}
    wanted_by = _wanted_by(program) if running else None
    return {pk: share_of(done_of(sent, total, wanted_by), gate.WHOLE) for pk, (total, sent) in mails.items()}


def with_failures(program: Program) -> set[int]:
    """Sent issues that did not reach so many that their page says it, in the same steps: who changes the smallest group
    learns no more. Their ledger has ended: it is looked through once. Of one for some people it is not said, nor of a
    few: who knows of one full mailbox would learn that it subscribed."""

    def looked() -> set[int]:
        sent = Issue.objects.filter(FOR_EVERYBODY, program=program, state=IssueState.SENT)
        failed = Delivery.objects.filter(issue__in=sent, state=DeliveryState.FAILED).order_by().values("issue")
        counts = failed.annotate(count=Count("pk")).values_list("issue", "count")
        return {pk for pk, count in counts if gate.guarded(count, k=program.group_minimum).low}

    return page_cache.taken(sent_by(program.pk), "failures", looked)


def sent_by(program_id: int) -> str:
    """The subject of the page cache that changes when an issue is out."""
    return f"sent:{program_id}"


def _wanted_by(program: Program) -> People:
    """All who want the newsletter, as last counted: it stays for a week, and pages ask for it while mails go out."""
    return page_cache.taken(sent_by(program.pk), f"wanted-{last_monday(program)}", lambda: readers(program)[""])


def readers(program: Program) -> Counts:
    """How many want the newsletter, in all ("") and by language, as it may be said: as of a Monday, of people who have
    been there for a while, and anew only when many are others. A number of this moment would show who subscribed or
    unsubscribed in between."""
    monday = last_monday(program)

    def counted() -> dict[str, HeadCount]:
        since = beginning_of(program, monday) - HISTORY
        rows = ledger.audience(program.pk, there_since=since)
        found = Counter(language for language, _named in rows)
        counts = {"": len(rows)} | {code: found[code] for code in languages.codes()}
        among = ledger.could_read(program, WHOLE, there_since=since)
        return {key: HeadCount(count, among) for key, count in counts.items()}

    return steadily(program, "newsletter", monday, counted)


def other_writers(program: Program, person: "User") -> "list[User]":
    """Who else writes newsletters here."""
    rows = people_with(Ability.WRITE_NEWSLETTERS, program).exclude(user=person)
    return list({row.user_id: row.user for row in rows}.values())


def team_of(program: Program) -> "list[User]":
    """Managers and coaches: who may be sent a test."""
    rows = people_with(Ability.WRITE_HANDBOOK, program)
    return list({row.user_id: row.user for row in rows}.values())


def with_words(issues: IssueQuerySet, words: str) -> IssueQuerySet:
    """Those in whose subject or text each of the words stands, in any language."""
    for word in words.split():
        texts = [
            Q(**{f"{field}__{code}__icontains": word}) for field in ("subject", "body") for code in languages.codes()
        ]
        issues = issues.filter(reduce(or_, texts))
    return issues


def saved_audiences(program: Program) -> list[SavedAudience]:
    return list(SavedAudience.objects.present().filter(program=program).order_by(Lower("name"), "pk"))


def parts_of(program: Program) -> list[NewsletterPart]:
    return list(NewsletterPart.objects.present().filter(program=program).order_by(Lower("name"), "pk"))


def rules_of(program: Program) -> NewsletterRules | None:
    return NewsletterRules.objects.select_related("off_asked_by").filter(program=program).first()


def needs_approval(program: Program) -> bool:
    return NewsletterRules.objects.filter(program=program, needs_approval=True).exists()
