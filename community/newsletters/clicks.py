"""How many people open the links of an issue, where its program wants to know. Off unless a program switches it on.

Every mail of an issue holds the same links, so an opened link says nothing about who opened it. For seven days Valkey,
which writes nothing to disk, estimates how many different visitors a link had (HyperLogLog over a keyed hash of network
address and browser; the key is random, of one issue, and is thrown away with the estimate). Then the number is made
once: more or less by chance, so that whoever opens a link several times does not learn of one other person, through the
gate, and never more than the readers that are known. Nothing is ever written to the database when a link is opened.
"""

import hashlib
import logging
import re
import secrets
from dataclasses import replace
from datetime import timedelta
from functools import cache
from html import unescape
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape, strip_tags
from django.utils.safestring import SafeString
from redis import Redis
from redis.exceptions import RedisError

from community.newsletters import letters, queries
from community.newsletters.letters import Letter
from community.newsletters.models import Issue, NewsletterRules
from community.newsletters.models_clicks import CountedLink
from community.newsletters.verbs import NewslettersVerb
from core.disclosure import gate
from core.journal import services as journal
from core.journal.changes import changes_of
from core.kit.limits import address_of
from core.kit.valkey import BRIEFLY, breaker
from core.schedule.each import each
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

log = logging.getLogger(__name__)

COUNTED_FOR = timedelta(days=7)
HELD_FOR = COUNTED_FOR + timedelta(days=2)  # what nobody fetches, because the site was down, goes by itself
LONGEST_WORDS = 120
LINK = re.compile(r'(<a\b[^<>]*?\bhref=")(https?://[^"]+)("[^<>]*>)(.*?)(?=</a>)', re.DOTALL)


def are_wanted(issue: Issue) -> bool:
    """Only of issues for everybody: who opened a link of one for few people would be easy to guess."""
    rules = NewsletterRules.objects.filter(program=issue.program_id, counts_clicks=True)
    return issue.audience.is_everybody and rules.exists()


def with_counted_links(issue: Issue, by_language: dict[str, Letter]) -> dict[str, Letter]:
    """The letters of an issue whose sending begins, with links that lead through this site; the page of the issue and
    the plain text keep the addresses themselves. Part of the sending's own transaction."""
    until = timezone.now() + COUNTED_FOR
    links: dict[str, CountedLink] = {}

    def through(language: str, html: SafeString) -> SafeString:
        def led(match: re.Match[str]) -> str:
            url = unescape(match[2])
            if len(url) > CountedLink._meta.get_field("url").max_length:  # type: ignore[operator]
                return match[0]
            link = links.setdefault(url, CountedLink(issue=issue, url=url, token=secrets.token_urlsafe(9), until=until))
            link.words.setdefault(language, unescape(strip_tags(match[4])).strip()[:LONGEST_WORDS])
            return f"{match[1]}{escape(address_of_link(link))}{match[3]}{match[4]}"

        return letters.led_elsewhere(html, LINK, led)

    led = {
        code: replace(letter, context=letter.context | {"body": through(letter.language, letter.body)})
        for code, letter in by_language.items()
    }
    CountedLink.objects.bulk_create(links.values())
    if links:
        transaction.on_commit(lambda: _begin(issue.pk), robust=True)
    return led


def opened(issue: Issue) -> list[CountedLink]:
    """The links of an issue, those that most people opened first."""
    return list(issue.counted_links.order_by(F("low").desc(nulls_last=True), "pk"))


def address_of_link(link: CountedLink) -> str:
    return settings.SITE_URL + reverse("community:counted_link", args=[link.token])


def note(link: CountedLink, request: HttpRequest) -> None:
    """A visitor opened a link: one more, unless it is a machine or the same one again. Without Valkey nobody counts,
    and the link leads on all the same."""
    if link.until < timezone.now() or breaker.is_open or is_machine(request):
        return
    try:
        key: Any = _valkey().get(_key_of(link.issue_id))
        if key:
            visitor = f"{address_of(request)}\0{request.headers['user-agent']}".encode()
            if _valkey().pfadd(_place_of(link), hashlib.blake2b(visitor, key=key).digest()):
                _valkey().expire(_place_of(link), HELD_FOR)
    except RedisError as error:
        breaker.open(error)


def is_machine(request: HttpRequest) -> bool:
    """What looks at links without anybody reading: a crawler by its name, a browser that fetches ahead, a mere HEAD."""
    from crawleruseragents import is_crawler

    agent = request.headers.get("user-agent", "")
    ahead = request.headers.get("sec-purpose", "") + request.headers.get("purpose", "")
    return request.method != "GET" or not agent or "prefetch" in ahead or is_crawler(agent)


def sweep() -> None:
    """A week after an issue began to go out its links are counted, once."""
    due = CountedLink.objects.filter(counted_at=None, until__lte=timezone.now()).order_by("until")
    each("newsletters.count_links", dict.fromkeys(due.values_list("issue_id", flat=True)), count)


def count(issue_id: int) -> None:
    """Each link's people, as they may be said, and what they were counted with is gone. Where Valkey was emptied
    meanwhile nobody knows, and that is what is said."""
    issue = Issue.objects.select_for_update(of=("self",)).select_related("program").get(pk=issue_id)
    links = list(CountedLink.objects.filter(issue=issue, counted_at=None, until__lte=timezone.now()))
    k = issue.program.group_minimum
    among = max(queries.readers(issue.program)[""].low, gate.enough(k))  # of few readers nothing is said
    is_known = bool(_valkey().exists(_key_of(issue.pk)))
    for link in links:
        link.counted_at = timezone.now()
        if is_known:
            found = max(_valkey().pfcount(_place_of(link)) + chance(), 0)
            said = gate.guarded(found, k=k, among=among)
            link.low, link.high = said.low, said.high
    CountedLink.objects.bulk_update(links, ["counted_at", "low", "high"])
    transaction.on_commit(lambda: _forget(links), robust=True)


def chance() -> int:
    """What is added or taken away: mostly a few, and never so many that more is impossible. So no number is certain,
    and one person more makes each at most a third likelier."""
    return _tails() - _tails()


def _tails() -> int:
    number = 0
    while secrets.randbelow(4):
        number += 1
    return number


@transaction.atomic
def change_counting(program: Program, *, is_on: bool, by: "User") -> None:
    """From the next issue on; what went out is counted, or not, as it was when its sending began."""
    rules, _made = NewsletterRules.objects.select_for_update().get_or_create(program=program)
    rules.counts_clicks = is_on
    changed = changes_of(rules, ("counts_clicks",))
    if changed:
        rules.save(update_fields=["counts_clicks"])
        verb = NewslettersVerb.CLICKS_ON if is_on else NewslettersVerb.CLICKS_OFF
        journal.record(verb, program, by=by, changes=changed)


def _begin(issue_id: int) -> None:
    _valkey().set(_key_of(issue_id), secrets.token_bytes(32), ex=HELD_FOR, nx=True)


def _forget(links: list[CountedLink]) -> None:
    _valkey().delete(*{_key_of(link.issue_id) for link in links}, *map(_place_of, links))


def _valkey() -> "Redis":
    return _connected(settings.REDIS_URL)


@cache
def _connected(address: str) -> "Redis":
    """Its connections are kept and shared; after a fork the child opens its own."""
    return Redis.from_url(address, **BRIEFLY)


def _key_of(issue_id: int) -> str:
    return f"{settings.CACHES['default']['KEY_PREFIX']}:links:{issue_id}:key"


def _place_of(link: CountedLink) -> str:
    return f"{settings.CACHES['default']['KEY_PREFIX']}:links:{link.issue_id}:{link.pk}"
