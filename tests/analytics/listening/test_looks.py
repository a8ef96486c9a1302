"""Feeds that are listened to, against a server on the loopback: what is kept of them, and when they fail."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from analytics.connectors.networks import feeds
from analytics.listening import jobs, services
from analytics.listening.models import ListeningSearch, Mention
from core.journal.models import Entry
from tests.core.kit.outside import Outside, an_outside, certificate_for, says

HOST = "journal.example"
FEED = """<rss version="2.0"><channel><title>Trade journal</title>
<link>https://journal.example/</link>{items}</channel></rss>"""
ITEM = """<item><title>{title}</title><link>https://journal.example/{number}?utm_source=feed</link>
<author>Anna Author</author>
<guid>{number}</guid><pubDate>{at}</pubDate><description>Words by Anna Author</description></item>"""


@pytest.fixture
def outside(tmp_path: Path, monkeypatch: Any, settings: Any) -> Iterator[Outside]:
    certificate = certificate_for(HOST, tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    monkeypatch.setattr(feeds, "seconds_between", 0.0)
    settings.CONNECTOR_HOSTS = [HOST]
    with an_outside(certificate) as found:
        yield found


@pytest.fixture
def search(world: Any) -> ListeningSearch:
    Mention.objects.all().delete()
    ListeningSearch.objects.filter(pk=world.listening_search.pk).update(due_at=timezone.now())
    return ListeningSearch.objects.get(pk=world.listening_search.pk)


def carries(outside: Outside, *titles: str, days_ago: int = 2) -> None:
    at = (timezone.now() - timedelta(days=days_ago)).strftime("%a, %d %b %Y %H:%M:%S +0000")
    items = "".join(ITEM.format(title=title, number=title.replace(" ", "-"), at=at) for title in titles)
    outside.answers["/feed.xml"] = says(FEED.format(items=items).encode(), type="application/rss+xml")


def look(outside: Outside, search: ListeningSearch) -> ListeningSearch:
    jobs.look(search.pk, **outside.wiring)
    return ListeningSearch.objects.get(pk=search.pk)


def look_again(outside: Outside, search: ListeningSearch) -> ListeningSearch:
    ListeningSearch.objects.filter(pk=search.pk).update(due_at=timezone.now())
    return look(outside, search)


def test_link_title_day_and_source_are_kept_and_no_author(
    outside: Outside, search: ListeningSearch, world: Any
) -> None:
    carries(outside, "Nordwerk opens", "Something else")
    after = look(outside, search)
    found = Mention.objects.get(title="Nordwerk opens")
    assert (found.url, found.source, found.tone) == ("https://journal.example/Nordwerk-opens", "Trade journal", "")
    assert found.names == [world.listened_name.pk]
    assert Mention.objects.get(title="Something else").names == []
    assert "Anna" not in str(list(Mention.objects.values()))
    assert after.fetched_at is not None
    assert timedelta(hours=22) < after.due_at - timezone.now() < timedelta(hours=26)  # type: ignore[operator]


def test_each_page_is_there_once_and_keeps_what_was_set(outside: Outside, search: ListeningSearch, world: Any) -> None:
    carries(outside, "Nordwerk opens")
    look(outside, search)
    services.mark_mention(Mention.objects.get(), tone="friendly", by=world.manager)
    look_again(outside, search)
    assert Mention.objects.get().tone == "friendly"
    services.remove_mention(Mention.objects.get(), by=world.manager)
    look_again(outside, search)
    assert not Mention.objects.present().exists(), "what somebody removed does not come back"


def test_words_choose_titles(outside: Outside, search: ListeningSearch) -> None:
    ListeningSearch.objects.filter(pk=search.pk).update(words="hardening, Nordwerk")
    carries(outside, "Nordwerks opens", "Case hardening explained", "Something else")
    look(outside, search)
    assert [each.title for each in Mention.objects.all()] == ["Case hardening explained"], "whole words"


def test_everything_in_a_feed_may_count_for_a_company(outside: Outside, search: ListeningSearch, world: Any) -> None:
    ListeningSearch.objects.filter(pk=search.pk).update(about=world.listened_name)
    carries(outside, "Something else")
    look(outside, search)
    assert Mention.objects.get().names == [world.listened_name.pk]


def test_what_is_old_is_not_taken(outside: Outside, search: ListeningSearch) -> None:
    carries(outside, "Nordwerk opens", days_ago=120)
    look(outside, search)
    assert not Mention.objects.exists()


@pytest.mark.parametrize(("status", "code"), [(404, "gone"), (403, "refused"), (503, "silent"), (500, "silent")])
def test_a_feed_that_fails_is_asked_later_each_time(
    outside: Outside, search: ListeningSearch, status: int, code: str
) -> None:
    outside.answers["/feed.xml"] = says(b"no", status, "text/html")
    pauses = []
    for _try in range(3):
        after = look_again(outside, search)
        assert after.trouble == code
        pauses.append(after.due_at - timezone.now())  # type: ignore[operator]
    assert pauses[0] < pauses[1] < pauses[2]
    carries(outside, "Nordwerk opens")
    after = look_again(outside, search)
    assert (after.trouble, after.setbacks) == ("", 0)


def test_a_server_that_nobody_allowed_is_not_asked(outside: Outside, search: ListeningSearch, settings: Any) -> None:
    settings.CONNECTOR_HOSTS = []
    assert look(outside, search).trouble in ("off", "not_listed")
    assert outside.connected == []


def test_what_is_not_due_removed_or_at_work_is_left_alone(
    outside: Outside, search: ListeningSearch, world: Any
) -> None:
    carries(outside, "Nordwerk opens")
    ListeningSearch.objects.filter(pk=search.pk).update(lease_until=timezone.now() + timedelta(minutes=1))
    look(outside, search)
    ListeningSearch.objects.filter(pk=search.pk).update(lease_until=None)
    services.remove_search(ListeningSearch.objects.get(pk=search.pk), by=world.manager)
    look(outside, search)
    assert jobs.due() == []
    assert outside.connected == []
    services.restore_search(ListeningSearch.objects.get(pk=search.pk), by=world.manager)
    assert jobs.due() == [search.pk]


def test_mentions_go_after_thirteen_months(world: Any) -> None:
    Mention.objects.filter(pk=world.mention.pk).update(on=timezone.localdate() - timedelta(days=401))
    assert jobs.retention() == 1
    assert not Mention.objects.filter(pk=world.mention.pk).exists()


def test_the_works_council_reads_what_is_listened_to(world: Any) -> None:
    verbs = list(
        Entry.objects.filter(program_id=world.program.pk, verb__startswith="listening.").values_list("verb", flat=True)
    )
    assert "listening.search_added" in verbs
    assert "listening.name_added" in verbs
