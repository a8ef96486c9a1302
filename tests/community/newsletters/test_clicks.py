"""Opened links are counted where a program wants it: how many people, once, and never who."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from community.newsletters import clicks, jobs, queries
from community.newsletters.letters import frozen_in
from community.newsletters.models import Issue, IssueState, NewsletterRules
from community.newsletters.models_clicks import CountedLink
from core.disclosure.gate import People
from core.journal.models import Entry
from core.kit.breaker import Breaker
from programs.membership.models import HISTORY, Membership
from tests.factories.newsletters import make_issue, make_readers
from tests.world import client_of

BROWSER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0"
BODY = "Hello {{first_name}},\n\n[the call](https://nordwerk.example/call?a=1&b=2) and [more](https://nordwerk.example/more)."
WEEK = timedelta(days=7)


@pytest.fixture
def readers(world: Any) -> Any:
    make_readers(world.program, 40)
    Membership.objects.filter(program=world.program).update(since=timezone.now() - HISTORY - 2 * WEEK)
    NewsletterRules.objects.update_or_create(program=world.program, defaults={"counts_clicks": True})
    return world


def sent(world: Any, django_capture_on_commit_callbacks: Any, **fields: Any) -> Issue:
    soon = timezone.now() - timedelta(seconds=1)
    issue = make_issue(
        world.program, state=IssueState.SCHEDULED, scheduled_at=soon, body_en=BODY, body_de=BODY, **fields
    )
    with django_capture_on_commit_callbacks(execute=True):
        assert jobs.start(issue.pk)
    issue.refresh_from_db()
    return issue


def opened_by(link: CountedLink, people: int, agent: str = BROWSER, **headers: str) -> None:
    for n in range(people):
        told = {"user-agent": agent, "x-forwarded-for": f"198.51.100.{n}"} | headers
        answer = Client(headers=told).get(f"/l/{link.token}/")
        assert (answer.status_code, answer["Location"]) == (302, link.url)


def counted(issue: Issue, after: timedelta = WEEK) -> list[People | None]:
    CountedLink.objects.filter(issue=issue).update(until=timezone.now() + WEEK - after)
    clicks.sweep()
    return [link.people for link in CountedLink.objects.filter(issue=issue).order_by("pk")]


@pytest.fixture(autouse=True)
def _behind_a_proxy(settings: Any) -> None:
    settings.TRUSTED_PROXIES = 1


def test_off_unless_a_program_wants_it(world: Any, django_capture_on_commit_callbacks: Any) -> None:
    issue = sent(world, django_capture_on_commit_callbacks)
    assert 'href="https://nordwerk.example/more"' in frozen_in(issue, "en")["html"]
    assert "is counted, and not who" not in frozen_in(issue, "en")["html"]
    assert not CountedLink.objects.exists()


def test_switching_it_on_is_said_and_told(world: Any) -> None:
    writer, path = client_of("manager", world), f"/p/{world.program.slug}/newsletters/"
    assert "Nothing is counted." in writer.get(path).text
    page = writer.post(f"{path}clicks/", {"on": "1"}, follow=True).text
    assert "The works council reads" in page
    assert "how many people opened its links, never who" in page
    assert Entry.objects.filter(verb="newsletters.clicks_on").count() == 1
    writer.post(f"{path}clicks/", {"on": "0"})
    assert not NewsletterRules.objects.get(program=world.program).counts_clicks


def test_every_mail_has_the_same_links_and_says_that_they_are_counted(
    readers: Any, django_capture_on_commit_callbacks: Any
) -> None:
    issue = sent(readers, django_capture_on_commit_callbacks)
    links = {link.url: link for link in issue.counted_links.all()}
    assert set(links) == {"https://nordwerk.example/call?a=1&b=2", "https://nordwerk.example/more"}
    for language, words in (("en", "How many people open a link is counted"), ("de", "Wie viele Menschen einen Link")):
        frozen = frozen_in(issue, language)
        assert f"/l/{links['https://nordwerk.example/more'].token}/" in frozen["html"]
        assert "nordwerk.example" not in frozen["html"]
        assert "https://nordwerk.example/more" in frozen["text"], "the plain text says where it leads"
        assert 'href="https://nordwerk.example/more"' in frozen["body"], "and so does the page of the issue"
        assert words in frozen["html"]
        assert words in frozen["text"]
        assert "{{unsubscribe_url}}" in frozen["html"]


def test_people_are_counted_once_a_week_later_and_in_steps(
    readers: Any, django_capture_on_commit_callbacks: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(clicks, "chance", lambda: 0)
    issue = sent(readers, django_capture_on_commit_callbacks)
    call, more = issue.counted_links.order_by("pk")
    for _ in range(3):
        opened_by(call, 20)  # twenty people, each of them three times
    opened_by(more, 2)
    assert counted(issue, after=WEEK - timedelta(minutes=1)) == [None, None], "not before the week is over"
    most, few = counted(issue)
    assert (most, few) == (People(20, 24), People(0, 9))
    opened_by(call, 30)
    assert counted(issue) == [most, few], "what is said stays said"
    page = client_of("manager", readers).get(f"/p/{readers.program.slug}/newsletters/{issue.pk}/progress/").text
    assert "Opened links" in page
    assert "20 to 24" in page
    assert page.index("the call") < page.index(">more<")


def test_the_chance_has_no_end_and_no_side() -> None:
    drawn = [clicks.chance() for _ in range(4000)]
    assert min(drawn) < -8
    assert max(drawn) > 8
    assert abs(sum(drawn)) < 4000


def test_nothing_of_a_visit_reaches_the_database(
    readers: Any, django_capture_on_commit_callbacks: Any, django_assert_num_queries: Any
) -> None:
    issue = sent(readers, django_capture_on_commit_callbacks)
    before = list(issue.counted_links.order_by("pk").values())
    with django_assert_num_queries(1):
        opened_by(CountedLink(**before[0]), 1)
    assert list(issue.counted_links.order_by("pk").values()) == before


@pytest.mark.parametrize(
    ("agent", "headers"),
    [
        ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", {}),
        ("", {}),
        (BROWSER, {"sec-purpose": "prefetch"}),
    ],
    ids=["crawler", "nothing", "ahead"],
)
def test_machines_are_no_people(
    readers: Any, django_capture_on_commit_callbacks: Any, monkeypatch: Any, agent: str, headers: dict[str, str]
) -> None:
    monkeypatch.setattr(clicks, "chance", lambda: 0)
    issue = sent(readers, django_capture_on_commit_callbacks)
    link = issue.counted_links.order_by("pk")[0]
    opened_by(link, 20, agent, **headers)
    for n in range(20):
        Client(headers={"user-agent": BROWSER, "x-forwarded-for": f"203.0.113.{n}"}).head(f"/l/{link.token}/")
    assert counted(issue)[0] == People(0, 9)


def test_no_more_than_there_are_readers(
    readers: Any, django_capture_on_commit_callbacks: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(clicks, "chance", lambda: 0)
    issue = sent(readers, django_capture_on_commit_callbacks)
    opened_by(issue.counted_links.order_by("pk")[0], 120)
    among = queries.readers(readers.program)[""].low
    found = counted(issue)[0]
    assert found
    assert found.high == among, "somebody who opens it from many places does not invent people"
    assert among - found.low >= 8, "and that everybody opened it is never said"


def test_one_more_person_is_not_seen_by_who_opens_it_from_many_places(
    readers: Any, django_capture_on_commit_callbacks: Any
) -> None:
    """An attacker's nine visits put the number on the edge of a step. What is added by chance hides the tenth."""
    said: dict[int, set[People | None]] = {0: set(), 1: set()}
    issue = sent(readers, django_capture_on_commit_callbacks)
    link = issue.counted_links.order_by("pk")[0]
    for others, seen in said.items():
        CountedLink.objects.filter(issue=issue).update(until=timezone.now() + WEEK)
        opened_by(link, 9 + others)
        for _ in range(60):
            CountedLink.objects.filter(issue=issue).update(counted_at=None, low=None, high=None)
            seen.add(counted(issue)[0])
    assert said[0] & said[1], "the same answers, with the other person and without"
    assert len(said[0] | said[1]) > 1


def test_what_was_lost_with_the_memory_is_said(readers: Any, django_capture_on_commit_callbacks: Any) -> None:
    issue = sent(readers, django_capture_on_commit_callbacks)
    opened_by(issue.counted_links.order_by("pk")[0], 20)
    clicks._valkey().delete(clicks._key_of(issue.pk))
    assert counted(issue) == [None, None]
    page = client_of("manager", readers).get(f"/p/{readers.program.slug}/newsletters/{issue.pk}/progress/").text
    assert "Nobody knows how many" in page


def test_what_it_was_counted_with_is_thrown_away(readers: Any, django_capture_on_commit_callbacks: Any) -> None:
    issue = sent(readers, django_capture_on_commit_callbacks)
    link = issue.counted_links.order_by("pk")[0]
    opened_by(link, 1)
    valkey = clicks._valkey()
    assert valkey.exists(clicks._key_of(issue.pk), clicks._place_of(link)) == 2
    assert 0 < valkey.ttl(clicks._place_of(link)) <= clicks.HELD_FOR.total_seconds()
    with django_capture_on_commit_callbacks(execute=True):
        counted(issue)
    assert valkey.exists(clicks._key_of(issue.pk), clicks._place_of(link)) == 0


def test_a_link_leads_on_while_valkey_is_away(
    readers: Any, django_capture_on_commit_callbacks: Any, settings: Any, monkeypatch: Any
) -> None:
    issue = sent(readers, django_capture_on_commit_callbacks)
    breaker = Breaker("test", lambda: None)
    monkeypatch.setattr(clicks, "breaker", breaker)
    settings.REDIS_URL = "redis://127.0.0.1:9/0"
    opened_by(issue.counted_links.order_by("pk")[0], 2)
    assert breaker.is_open


def test_an_issue_for_some_people_is_not_counted(readers: Any, django_capture_on_commit_callbacks: Any) -> None:
    issue = sent(readers, django_capture_on_commit_callbacks, to_roles=["coach"])
    assert not issue.counted_links.exists()
    assert not CountedLink.objects.exists()


def test_a_link_of_no_mail_is_none(world: Any) -> None:
    assert Client().get("/l/nothing/").status_code == 404
    assert Client().get("/l/%00%ff/").status_code == 404
    assert Client().get("/l/a-token-that-is-longer-than-any-of-them/").status_code == 404
