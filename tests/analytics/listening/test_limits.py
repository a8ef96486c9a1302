"""What listening does not say and does not take: few rated, no own company, too many, other days, a look too late."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from analytics.connectors.networks.base import Profile, Tally, Told
from analytics.listening import jobs, services
from analytics.listening.models import ListenedName, ListeningSearch, Mention
from analytics.listening.queries import KEPT, MOST_NAMES, MOST_SEARCHES
from analytics.listening.share_of_voice import FEWEST_RATED, voice_of
from core.people.models import User
from tests.factories.listening import make_mention
from tests.world import client_of


def url(world: Any, name: str, *args: Any) -> str:
    return reverse(f"analytics:{name}", args=[world.program.slug, *args])


def chart_of(world: Any, name: str) -> Any:
    return next(chart for chart in voice_of(world.program).charts if chart.id == name)


def test_of_few_rated_mentions_no_tone_is_said(world: Any) -> None:
    Mention.objects.all().delete()
    for number in range(FEWEST_RATED):
        make_mention(world.program, "Nordwerk opens", number=300 + number, on=world.today, tone="friendly")
    assert chart_of(world, "tone").sentence == "10 friendly and 0 critical of 10 rated mentions."
    Mention.objects.first().delete()  # type: ignore[union-attr]
    assert chart_of(world, "tone").sentence == "Too few are rated to speak of a tone: 9."


def test_which_company_is_the_own_one_is_not_guessed(world: Any) -> None:
    for number in range(10):
        make_mention(world.program, "Nordwerk opens", number=300 + number, on=world.today)
    assert "are about our own company" in chart_of(world, "share-of-voice").sentence
    ListenedName.objects.update(is_own=False)
    assert "Which company is your own is not said yet." in chart_of(world, "share-of-voice").sentence


def test_there_are_no_more_companies_and_feeds_than_can_be_looked_at(world: Any) -> None:
    manager, names, feeds = (
        client_of("manager", world),
        url(world, "listening_name_new"),
        url(world, "listening_search_new"),
    )
    for number in range(MOST_NAMES):
        services.add_name(world.program, name=f"Company {number}", by=world.manager)
    for number in range(MOST_SEARCHES):
        services.add_search(world.program, name=f"{number}", url=f"https://f.example/{number}", by=world.manager)
    known = ListenedName.objects.count(), ListeningSearch.objects.count()
    assert manager.post(names, {"name": "One more"}).status_code == 422
    assert manager.post(names, {"name": "company 0"}).status_code == 302, "which is there already"
    assert manager.post(feeds, {"name": "One more", "url": "https://f.example/more"}).status_code == 422
    assert (ListenedName.objects.count(), ListeningSearch.objects.count()) == known


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("name", "Anna Maria Beispiel"),
        ("name", "beispiel anna MARIA"),
        ("spellings", "Nordwind, Anna Maria Beispiel"),
        ("words", "career, Anna Maria Beispiel"),
    ],
)
def test_nobody_in_the_program_is_listened_to_by_name(world: Any, field: str, said: str) -> None:
    User.objects.filter(pk=world.influencer.pk).update(name="Anna Maria Beispiel")
    manager, known = client_of("manager", world), (ListenedName.objects.count(), ListeningSearch.objects.count())
    feed = {"url": "https://f.example/a"} if field == "words" else {}
    at = url(world, "listening_search_new" if feed else "listening_name_new")
    answer = manager.post(at, {"name": "Nordwind", **feed, field: said})
    assert answer.status_code == 422
    assert "is the name of somebody in the program" in answer.content.decode()
    assert (ListenedName.objects.count(), ListeningSearch.objects.count()) == known
    assert manager.post(at, {"name": "Nordwind", **feed, field: "Anna Maria Beispiel GmbH"}).status_code == 302
    User.objects.filter(pk=world.influencer.pk).update(name="Nordsee")
    assert manager.post(at, {"name": "Nordsee", **feed, field: "Nordsee"}).status_code == 302


def test_days_too_old_to_be_kept_and_days_to_come_are_left_out(world: Any) -> None:
    Mention.objects.all().delete()
    today = timezone.localdate()
    days = {
        "old": today - KEPT - timedelta(days=1),
        "kept": today - KEPT,
        "new": today,
        "later": today + timedelta(days=1),
    }
    lines = "".join(f"https://a.example/{name};{name};{day.isoformat()}\n" for name, day in days.items())
    file = SimpleUploadedFile("press.csv", f"Link;Title;Date\n{lines}".encode())
    answer = client_of("manager", world).post(url(world, "mentions_import"), {"file": file}, follow=True)
    assert "2 lines had no link, title or usable date." in answer.content.decode()
    assert set(Mention.objects.values_list("title", flat=True)) == {"kept", "new"}


@pytest.mark.parametrize("way", ["removed", "taken over"])
def test_a_look_that_comes_too_late_keeps_nothing(world: Any, way: str) -> None:
    Mention.objects.all().delete()
    ListeningSearch.objects.filter(pk=world.listening_search.pk).update(due_at=timezone.now())
    mine = jobs._claim(world.listening_search.pk)
    assert mine is not None
    assert jobs._claim(mine.pk) is None, "somebody is at it"
    if way == "removed":
        services.remove_search(mine, by=world.manager)
    else:
        ListeningSearch.objects.filter(pk=mine.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
        assert jobs._claim(mine.pk) is not None
    stored = ListeningSearch.objects.filter(pk=mine.pk).values().get()
    jobs._store(mine, told_of(mine))
    assert not Mention.objects.exists()
    assert ListeningSearch.objects.filter(pk=mine.pk).values().get() == stored


def told_of(search: ListeningSearch) -> Told:
    """A feed with one title."""
    profile = Profile("1", "", "Trade journal", search.url, None)
    return Told(profile, [Tally("1", "https://journal.example/1", timezone.now(), "Nordwerk opens", {})])


def test_a_look_in_time_keeps_it(world: Any) -> None:
    Mention.objects.all().delete()
    ListeningSearch.objects.filter(pk=world.listening_search.pk).update(due_at=timezone.now())
    mine = jobs._claim(world.listening_search.pk)
    assert mine is not None
    jobs._store(mine, told_of(mine))
    assert Mention.objects.get().title == "Nordwerk opens"
