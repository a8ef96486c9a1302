"""Listening: shares, tone by hand, lists from files. Program managers change it, the management reads along."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from analytics.kpis.catalogue import entry_of
from analytics.listening import services
from analytics.listening.models import Mention
from analytics.listening.share_of_voice import voice_of
from tests.factories.listening import make_mention
from tests.world import client_of


def url(world: Any, name: str, *args: Any) -> str:
    return reverse(f"analytics:{name}", args=[world.program.slug, *args])


@pytest.fixture
def heard(world: Any) -> Any:
    """Twelve mentions: eight of our own company, five of a rival, one of both; one of nobody, and an old one."""
    Mention.objects.all().delete()
    world.rival = services.add_name(world.program, name="Southern Steel", spellings="SoSteel", by=world.manager)
    titles = ["Nordwerk opens"] * 7 + ["SoSteel closes"] * 4 + ["Nordwerk and Southern Steel"]
    for number, title in enumerate(titles, start=100):
        make_mention(world.program, title, number=number, on=world.today - timedelta(days=number - 90))
    make_mention(world.program, "Weather", number=1000, on=world.today)
    make_mention(world.program, "Nordwerk long ago", number=1001, on=world.today - timedelta(days=100))
    return world


def test_the_share_counts_mentions_of_twelve_weeks(heard: Any) -> None:
    chart = voice_of(heard.program).charts[0]
    told = {row.label: [cell.display for cell in row.cells] for row in chart.rows}
    assert told == {"Nordwerk": ["8", "62\N{NO-BREAK SPACE}%"], "Southern Steel": ["5", "38\N{NO-BREAK SPACE}%"]} or {
        name: [cells[0], cells[1].replace("\N{NO-BREAK SPACE}", "")] for name, cells in told.items()
    } == {"Nordwerk": ["8", "62%"], "Southern Steel": ["5", "38%"]}
    assert "62" in chart.sentence
    page = client_of("executive", heard).get(url(heard, "listening")).content.decode()
    assert "It depends on where one looks" in page
    assert url(heard, "listening_search_new") not in page, "the management reads"
    file = client_of("executive", heard).get(url(heard, "listening") + "?figure=share-of-voice").content.decode()
    assert "Southern Steel" in file


def test_of_few_mentions_no_share_is_said(world: Any) -> None:
    chart = voice_of(world.program).charts[0]
    assert "Too few mentions" in chart.sentence
    assert [cell.display for row in chart.rows for cell in row.cells] == ["1", ""]


def test_tone_is_set_by_one_press_and_by_hand_alone(heard: Any) -> None:
    manager, mention = client_of("manager", heard), Mention.objects.first()
    assert mention is not None
    assert manager.post(url(heard, "mention_tone", mention.pk), {"tone": "critical"}).status_code == 302
    manager.post(url(heard, "mention_tone", mention.pk), {"tone": "shouting"})
    mention.refresh_from_db()
    assert mention.tone == "critical"
    manager.post(url(heard, "mention_edit", mention.pk), {"tone": "friendly", "topic": "Materials"})
    mention.refresh_from_db()
    assert (mention.tone, mention.topic) == ("friendly", "Materials")
    page = manager.get(url(heard, "mentions") + "?tone=friendly&topic=Materials").content.decode()
    assert mention.title in page
    assert (
        client_of("executive", heard).post(url(heard, "mention_tone", mention.pk), {"tone": "neutral"}).status_code
        == 403
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "press.csv",
            "Link;Titel;Datum;Quelle;Autor;Ton\nhttps://a.example/1;Nordwerk öffnet;24.11.2026;Blatt;Anna;positiv\n",
        ),
        ("press.csv", "Title,URL,Date\nNordwerk opens,https://a.example/1,2026-11-24\nNo link,,2026-11-24\n"),
    ],
)
def test_a_list_comes_as_a_file(world: Any, name: str, content: str) -> None:
    Mention.objects.all().delete()
    manager = client_of("manager", world)
    file = SimpleUploadedFile(name, content.encode())
    answer = manager.post(url(world, "mentions_import"), {"file": file}, follow=True)
    found = Mention.objects.get()
    assert found.names == [world.listened_name.pk]
    assert found.on.isoformat() == "2026-11-24"
    assert "1 mention is new." in answer.content.decode()
    assert "Anna" not in str(list(Mention.objects.values()))


@pytest.mark.parametrize(
    "content", ["", "a,b\n1,2\n", "Link,Title,Date\n,,\n", "Link,Title,Date\njavascript:x,T,2026-11-01\n"]
)
def test_a_file_without_mentions_is_refused_in_words(world: Any, content: str) -> None:
    before = Mention.objects.count()
    file = SimpleUploadedFile("press.csv", content.encode())
    answer = client_of("manager", world).post(url(world, "mentions_import"), {"file": file})
    assert answer.status_code == 422
    assert Mention.objects.count() == before


@pytest.mark.parametrize("address", ["http://journal.example/feed", "https://localhost/feed", "nonsense"])
def test_only_public_feeds_are_taken(world: Any, address: str) -> None:
    answer = client_of("manager", world).post(url(world, "listening_search_new"), {"name": "X", "url": address})
    assert answer.status_code == 422


def test_a_new_company_is_found_in_what_is_there(heard: Any) -> None:
    name = services.add_name(heard.program, name="Weather", by=heard.manager)
    assert Mention.objects.get(title="Weather").names == [name.pk]


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_ask_as_much_for_many_mentions(world: Any, count: int, django_assert_num_queries: Any) -> None:
    for number in range(count):
        make_mention(world.program, "Nordwerk again", number=500 + number, on=world.today)
    manager = client_of("manager", world)
    for name, most in (("listening", 6), ("mentions", 5)):
        manager.get(url(world, name))
        with django_assert_num_queries(most):
            manager.get(url(world, name))


def test_the_catalogue_says_where_it_is_shown() -> None:
    for key in ("share_of_voice", "tone"):
        entry = entry_of(key)
        assert entry is not None
        assert entry.is_published == (key == "share_of_voice")
        assert entry.is_published or entry.shown_in
        assert entry.definition.minimum_n == 0, "mentions are counted, no people"
