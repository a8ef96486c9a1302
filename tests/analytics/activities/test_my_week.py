"""A week that is over and a year of days: of one's own alone, beside one's own usual, and nowhere in a mail."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from analytics.activities.models import Activity, HiddenMoment, WeekNote
from analytics.activities.my_week import ONE_WEEK, own_week, posts_of_week, week_asked
from analytics.activities.services import forget_person
from analytics.channels.services import ensure_personal_account
from analytics.metrics.models import Grain, Metric, Post
from core.journal.models import Entry
from tests.factories.activities import make_activity
from tests.world import client_of


def url(world: Any, name: str) -> str:
    return reverse(f"analytics:{name}", args=[world.program.slug])


@pytest.fixture
def client(world: Any, sign_in: Any) -> Any:
    Activity.objects.all().delete()
    return sign_in(world.influencer)


def last_week(world: Any) -> Any:
    return world.today - timedelta(days=world.today.weekday()) - ONE_WEEK


def home(world: Any) -> str:
    return reverse("home:program", args=[world.program.slug])


def test_the_home_page_says_last_week_in_a_sentence(world: Any, client: Any) -> None:
    monday = last_week(world)
    for kind in ("talk", "talk", "post"):
        make_activity(world.influencer, world.program, on=monday, kind=kind)
    make_activity(world.influencer, world.program, on=monday - timedelta(days=1), kind="event")
    make_activity(world.influencer2, world.program, on=monday, kind="podcast")
    page = client.get(home(world)).content.decode()
    assert "1 post, 2 conversations or talks" in page
    assert "1 event" not in page
    assert "podcast" not in page.partition("moment-title")[2].partition("</section>")[0]
    assert mail.outbox == []


def test_it_can_be_hidden_and_comes_back(world: Any, client: Any) -> None:
    make_activity(world.influencer, world.program, on=last_week(world), kind="event")
    before = Entry.objects.count()
    assert "moment-title" in client.get(home(world)).content.decode()
    client.post(url(world, "own_week_hide"), {"next": home(world)})
    assert "moment-title" not in client.get(home(world)).content.decode()
    assert client.get(url(world, "own_week")).status_code == 200
    client.post(url(world, "own_week_show"))
    assert "moment-title" in client.get(home(world)).content.decode()
    assert Entry.objects.count() == before, "no journal reads what somebody wants to see"


def test_the_post_that_was_read_most_is_named(world: Any, client: Any) -> None:
    monday = last_week(world)
    account = ensure_personal_account(world.influencer, world.program)
    for title, seen in (("Notches", 1240), ("Quenching", 80)):
        post = Post.objects.create(program=world.program, account=account, created_on=monday, title=title)
        reading(world, post, seen)
    make_activity(world.influencer, world.program, on=monday, kind="post")
    page = " ".join(client.get(url(world, "own_week")).content.decode().split())
    assert "2 posts" in page, "both were published, one was logged"
    assert "Most read: shown 1,240 times" in page
    assert "“Notches”, shown 1,240 times" in " ".join(client.get(home(world)).content.decode().split())


def test_a_post_known_by_its_instant_stands_on_the_day_of_the_reader(world: Any, client: Any) -> None:
    monday = last_week(world)
    account = ensure_personal_account(world.influencer, world.program)
    late = timezone.make_aware(datetime.combine(monday, time(0, 30)))  # the day before in UTC
    after = late + timedelta(days=7)
    for title, instant in (("Notches", late), ("Quenching", after)):
        post = Post.objects.create(program=world.program, account=account, published_at=instant, title=title)
        post.created_on = monday  # only for the figure
        reading(world, post, 10)
    found = posts_of_week(world.influencer, world.program, monday)
    assert [(post.title, post.on, post.impressions) for post in found] == [("Notches", monday, 10)]


def reading(world: Any, post: Post, value: int) -> None:
    post.readings.create(
        program=world.program,
        account=post.account,
        metric=Metric.IMPRESSIONS,
        grain=Grain.LIFETIME,
        period_start=post.created_on,
        period_end=post.created_on + timedelta(days=1),
        value=value,
        as_of=timezone.now(),
        run_id=0,
    )


def test_a_week_without_entries_is_a_word(world: Any, client: Any) -> None:
    page = client.get(url(world, "own_week")).content.decode()
    assert "This week was for other things." in page
    assert page.count('class="free"') == 8
    assert "streak" not in page.lower()


def test_usual_is_the_middle_of_the_own_weeks(world: Any, client: Any) -> None:
    monday = last_week(world)
    for back, minutes in enumerate((55, 45, 70, 0, 60, 35, 55, 400)):
        if minutes:
            make_activity(world.influencer, world.program, on=monday - back * ONE_WEEK, minutes=minutes)
    week = own_week(world.influencer, world.program, monday)
    assert week.usual is not None
    assert (week.usual.low, week.usual.high, week.minutes) == (45, 70, 55)
    assert "As in most of your weeks." in client.get(url(world, "own_week")).content.decode()


def test_a_sentence_for_next_week_is_read_a_week_later(world: Any, client: Any) -> None:
    monday = last_week(world)
    page = url(world, "own_week")
    client.post(f"{page}?week={monday - ONE_WEEK}", {"text": "Draw again"})
    assert WeekNote.objects.get().week == monday - ONE_WEEK
    shown = client.get(page).content.decode()
    assert "Draw again" in shown.partition("What you wanted to do")[2]
    client.post(f"{page}?week={monday - ONE_WEEK}", {"text": "Draw more"})
    assert WeekNote.objects.get().text == "Draw more"
    assert "Draw" not in client_of("influencer2", world).get(page).content.decode()
    assert client.post(page, {"text": "x" * 301}).status_code == 422
    client.post(f"{page}?week={monday - ONE_WEEK}", {"text": ""})
    assert not WeekNote.objects.exists()


def test_only_weeks_that_are_over_are_asked_for(world: Any) -> None:
    today = world.today
    last = today - timedelta(days=today.weekday()) - ONE_WEEK
    for said in ("", "nonsense", today.isoformat(), "2099-01-05", "1999-01-04"):
        assert week_asked(said, today) == last
    assert week_asked((last - timedelta(days=10)).isoformat(), today) == last - 2 * ONE_WEEK


def test_who_leaves_takes_it_along(world: Any, client: Any) -> None:
    client.post(url(world, "own_week"), {"text": "Draw again"})
    client.post(url(world, "own_week_hide"))
    forget_person(world.influencer, world.program)
    assert not WeekNote.objects.exists()
    assert not HiddenMoment.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_ask_as_much_for_many_entries(
    world: Any, client: Any, count: int, django_assert_num_queries: Any
) -> None:
    for _number in range(count):
        make_activity(world.influencer, world.program, on=last_week(world))
    for name, most in (("own_week", 7), ("own_year", 4)):
        client.get(url(world, name))
        with django_assert_num_queries(most):
            client.get(url(world, name))


def test_the_year_is_a_picture_and_a_table(world: Any, client: Any) -> None:
    on = last_week(world)
    for kind in ("talk", "post", "post", "event"):
        make_activity(world.influencer, world.program, on=on, kind=kind, minutes=15)
    make_activity(world.influencer, world.program, on=on - timedelta(days=400), kind="podcast")
    make_activity(world.influencer2, world.program, on=on, kind="mentoring")
    page = client.get(url(world, "own_year")).content.decode()
    assert page.count('class="d3"') == 2, "the day, and the key"
    assert "2 posts, 1 conversation or talk, 1 event" in page
    assert "podcast" not in page.partition("<main")[2].lower()
    assert "mentoring session" not in page
    assert '<td class="r num">60</td>' in page
