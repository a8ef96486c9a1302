"""Whether the links of an issue lead anywhere. A worker tries those of other sites while the issue is being written, as
far as this site may ask other servers; those of our own are looked up in the table of addresses."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from zlib import crc32

from django.conf import settings
from django.db.models import Q
from django.urls import Resolver404, resolve
from django.utils import timezone

from community.newsletters.models import Issue, IssueState, LinkFinding, LinkLook
from core.kit import markdown
from core.kit.fetch import NotFetched, fetch
from core.schedule.each import each, within

LONGEST_TRIED = 2000  # characters; a longer address is not tried
MOST = 60  # links of one issue
AT_REST = timedelta(seconds=20)  # not while somebody is typing an address
WRITTEN_LATELY = timedelta(days=30)
GOOD_FOR, AGAIN_IN, LEASE = timedelta(hours=6), timedelta(minutes=10), timedelta(minutes=2)
GONE = {404, 410}
SWEEP_TIME = 45  # seconds
OTHERWISE = {
    "unknown_host": LinkFinding.DEAD,
    "too_large": LinkFinding.ALIVE,
    "packed": LinkFinding.ALIVE,
    "redirects": LinkFinding.ALIVE,  # asks for a sign-in, over and over
} | dict.fromkeys(("off", "not_listed", "url_not_allowed", "port", "userinfo", "url", "downgrade"), LinkFinding.CLOSED)
BROKEN = range(500, 600)  # the other server has a problem; some networks say 999 to machines


@dataclass
class Links:
    """What is known of an issue's links."""

    dead: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    untried: int = 0  # being tried, or nobody may try them


def found_of(issue: Issue) -> dict[str, str]:
    """What came of trying the links of an issue."""
    return dict(LinkLook.objects.filter(issue=issue.pk).values_list("url", "finding"))


def look_at(text: str, found: Mapping[str, str]) -> Links:
    """Findings for the links in `text`; what nobody tried, but our own, is untried."""
    links = Links()
    for address in markdown.addresses_in(text):
        if is_ours(address):
            finding = LinkFinding.ALIVE if _is_a_page(address) else LinkFinding.DEAD
        else:
            finding = LinkFinding(found.get(address, LinkFinding.TRYING))
        if finding == LinkFinding.DEAD:
            links.dead.append(address)
        elif finding == LinkFinding.SILENT:
            links.silent.append(address)
        elif finding != LinkFinding.ALIVE:
            links.untried += 1
    return links


def is_ours(address: str) -> bool:
    return urlsplit(address).netloc == urlsplit(settings.SITE_URL).netloc


def _is_a_page(address: str) -> bool:
    """Whether the address is one of this site's. What it shows, and to whom, is not asked."""
    try:
        resolve(urlsplit(address).path or "/")
    except Resolver404:
        return False
    return True


def sweep() -> int:
    """Try what has not been tried, or not lately; a dead one again soon, for it may have come back."""
    if not settings.OUTGOING_HOSTS:
        return 0
    now = timezone.now()
    written = Issue.objects.present().filter(state__in=[IssueState.DRAFT, IssueState.SCHEDULED])
    at_rest = written.filter(updated_at__range=(now - WRITTEN_LATELY, now - AT_REST)).order_by("updated_at", "pk")
    return each("newsletters.links", within(SWEEP_TIME, _due(at_rest, now)), _try, key=_name, is_whole=False).done


def _due(issues: Iterable[Issue], now: datetime) -> Iterator[tuple[int, str]]:
    for issue in issues:
        text = "\n\n".join(issue.body.texts.values())
        wanted = [url for url in markdown.addresses_in(text) if len(url) <= LONGEST_TRIED and not is_ours(url)][:MOST]
        LinkLook.objects.filter(issue=issue.pk).exclude(url__in=wanted).delete()
        fresh = Q(finding=LinkFinding.TRYING, looked_at__gt=now - LEASE)
        fresh |= Q(finding__in=[LinkFinding.DEAD, LinkFinding.SILENT], looked_at__gt=now - AGAIN_IN)
        fresh |= Q(finding__in=[LinkFinding.ALIVE, LinkFinding.CLOSED], looked_at__gt=now - GOOD_FOR)
        known = set(LinkLook.objects.filter(fresh, issue=issue.pk).values_list("url", flat=True))
        yield from ((issue.pk, url) for url in wanted if url not in known)


def _name(row: tuple[int, str]) -> str:
    """For the page of jobs: which issue, not where it leads."""
    return f"{row[0]}:{crc32(row[1].encode()):x}"


def _try(row: tuple[int, str]) -> None:
    issue, url = row
    look, _made = LinkLook.objects.update_or_create(issue_id=issue, url=url, defaults={"looked_at": timezone.now()})
    look.finding = _finding(url)
    look.looked_at = timezone.now()
    look.save(update_fields=["finding", "looked_at"])


def _finding(url: str) -> LinkFinding:
    """Only what is certain counts as dead: many servers refuse a machine what they show to people."""
    try:
        answer = fetch(url, types=())
    except NotFetched as error:
        return OTHERWISE.get(error.code, LinkFinding.SILENT)
    if answer.status in GONE:
        return LinkFinding.DEAD
    return LinkFinding.SILENT if answer.status in BROKEN else LinkFinding.ALIVE
