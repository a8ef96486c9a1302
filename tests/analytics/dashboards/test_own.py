"""A person's own weeks, followers, times, posts and dossier: against themselves, and for nobody else."""

import io
import json
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from analytics.activities.models import Activity
from analytics.benefits import services as benefits
from analytics.dashboards import own
from analytics.dashboards.best_times import seen_posts, slots_of, times_of
from analytics.dashboards.following import course_of
from analytics.dashboards.usual import against_months, before_last, usual_of
from analytics.kpis.weeks import WEEK, monday_of
from analytics.metrics import services as metrics
from analytics.metrics.models import Grain, Metric, Post, PostId, Reading, WeekTotal
from programs.generations import services as generations
from programs.generations.models import Participant
from tests.factories import kpis as make


def url(name: str, world: Any, **query: str) -> str:
    return reverse(f"analytics:{name}", args=[world.program.slug], query=query)


@pytest.fixture
def account(world: Any) -> Any:
    """The influencer's only account, with nothing in it; nobody else has one."""
    world.program.accounts.all().delete()
    Activity.objects.all().delete()
    return make.make_account(world.program, world.influencer)


def weeks_back(count: int) -> list[date]:
    return make.mondays(timezone.localdate(), count)


def seen_weeks(account: Any, values: list[int], metric: int = Metric.IMPRESSIONS) -> None:
    make.make_figures(
        account, {week: {metric: value} for week, value in zip(weeks_back(len(values)), values, strict=True)}
    )


def read(post: Post, **figures: int) -> Post:
    Reading.objects.bulk_create(
        Reading(
            program_id=post.program_id, account_id=post.account_id, post=post, metric=Metric[name.upper()], value=value,
            grain=Grain.LIFETIME, period_start=date(2026, 1, 1), period_end=date(2026, 1, 2), as_of=timezone.now(),
            run_id=0,
        )
        for name, value in figures.items()
    )  # fmt: skip
    return post


def make_post(account: Any, at: datetime, number: str = "", title: str = "", link: str = "", **figures: int) -> Post:
    post = Post.objects.create(
        program=account.program, account=account, published_at=at, created_on=at.date(), title=title, url=link
    )
    if number:
        PostId.objects.create(program=account.program, account=account, post=post, scheme="share", value=number)
    return read(post, **figures)


# --- saves, sends, profile views, video -----------------------------------------------------------------------------


def test_what_few_files_hold_has_a_column_once_a_post_has_it(account: Any, world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    at = timezone.now() - timedelta(days=20)
    make_post(account, at, impressions=4000)
    page = client.get(url("mine", world)).content.decode()
    for word in ("Saves", "Sends", "Profile views", "Video views", "Video viewers", "Watch time"):
        assert f">{word}<" not in page
    make_post(account, at, impressions=5000, saves=6101, sends=6102, profile_viewers=6103, video_views=6104,
              video_viewers=6105, watch_seconds=6106 * 60)  # fmt: skip
    page = client.get(url("mine", world)).content.decode()
    for word, figure in (("Saves", 1), ("Sends", 2), ("Profile views", 3), ("Video views", 4), ("Video viewers", 5)):
        assert f">{word}<" in page
        assert f">6,10{figure}<" in page
    assert ">101 hr 46 min<" in page.replace("\N{NO-BREAK SPACE}", " ")
    cells = CalamineWorkbook.from_filelike(io.BytesIO(client.get(url("mine_export", world, format="xlsx")).content))
    head, *rows = cells.get_sheet_by_index(0).to_python()
    best = next(dict(zip(head, row, strict=True)) for row in rows if 6101 in row)
    words = ("Saves", "Sends", "Profile views", "Video views", "Video viewers", "Watch time (minutes)")
    assert [best[word] for word in words] == [6101, 6102, 6103, 6104, 6105, 6106]


# --- weeks ----------------------------------------------------------------------------------------------------------


def test_the_running_week_is_marked_and_never_compared(account: Any, world: Any, sign_in: Any) -> None:
    seen_weeks(account, [100] * 14)
    monday = monday_of(timezone.localdate())
    WeekTotal.objects.create(
        program=world.program, account=account, metric=Metric.IMPRESSIONS, week=monday, value=77_777, days=2
    )
    client = sign_in(world.influencer)
    page = client.get(url("mine", world))
    text = page.content.decode()
    assert "running, 2 days so far" in text
    assert text.count("77,777") == 1  # in the table alone
    assert [row.now for row in page.context["against"]] == ["100"]
    assert "77777" not in str(page.context["reach"].table("x").rows)
    lines = client.get(url("mine_export", world)).content.decode("utf-8-sig").splitlines()
    assert "running, 2 days so far" in next(line for line in lines if "77777" in line)


@pytest.mark.parametrize(
    ("last", "words"), [(100, "as usual for you"), (900, "more than usual"), (2, "less than usual")]
)
def test_a_week_is_held_against_the_own_weeks_before(
    account: Any, world: Any, sign_in: Any, last: int, words: str
) -> None:
    seen_weeks(account, [80, 90, 100, 110, 120, 90, 100, 110, last])
    page = sign_in(world.influencer).get(url("mine", world))
    reach = page.context["reach"]
    assert words in str(reach.sentence)
    assert "Half of the 8 weeks before had 90 to 110" in reach.what
    assert reach.target.value == 100


def test_a_week_is_not_in_its_own_usual_and_few_weeks_have_none() -> None:
    assert usual_of([1, 2, 3, 4, 5]) is None
    assert before_last([10, 10, 10, 10, 10, 10]) is None
    usual = before_last([10, 10, 10, 10, 10, 10, 999])
    assert usual is not None
    assert (usual.low, usual.middle, usual.high, usual.place_of(999)) == (10, 10, 10, 1)


def test_four_weeks_are_held_against_the_months_before(account: Any) -> None:
    weeks = dict(zip(weeks_back(12), ({Metric.IMPRESSIONS: 10 * n} for n in range(1, 13)), strict=True))
    row = against_months(weeks)[0]
    assert (row.label, row.now, row.before, row.band) == ("Impressions", "105", "45", "28 to 62")
    few = dict(list(weeks.items())[:6])
    assert [(row.now, row.band) for row in against_months(few)] == [("45", "")]


# --- followers ------------------------------------------------------------------------------------------------------


def test_followers_are_a_curve_calculated_back_where_only_new_ones_are_known(
    account: Any, world: Any, sign_in: Any
) -> None:
    monday = weeks_back(1)[0]
    for back, new in enumerate((3, 5, 7)):
        Reading.objects.create(
            program=world.program, account=account, metric=Metric.FOLLOWERS_NEW, grain=Grain.DAY, value=new,
            period_start=monday - back * WEEK, period_end=monday - back * WEEK + make.DAY, as_of=timezone.now(),
            run_id=0,
        )  # fmt: skip
    Reading.objects.create(
        program=world.program, account=account, metric=Metric.FOLLOWERS_TOTAL, grain=Grain.DAY, value=1000,
        period_start=monday + make.DAY, period_end=monday + 2 * make.DAY, as_of=timezone.now(), run_id=0,
    )  # fmt: skip
    client = sign_in(world.influencer)
    chart = client.get(url("mine", world)).context["following"][0]
    assert [cell.value for cell in chart.series[0].cells] == [985, 992, 997, 1000]
    assert "<em>1,000 people</em> follow you on LinkedIn" in str(chart.sentence)
    assert "calculated back" in chart.what
    assert client.get(url("mine_export", world, figure=chart.id)).status_code == 200
    assert sign_in(world.influencer2).get(url("mine_export", world, figure=chart.id)).status_code == 404


def test_numbers_that_are_known_go_before_those_calculated_back() -> None:
    first = date(2026, 10, 5)
    totals = {first: 90, first + 2 * WEEK: 100, first + 5 * WEEK: 120}
    assert course_of(totals, {first + 2 * WEEK: 4}) == {
        first: 90, first + WEEK: 96, first + 2 * WEEK: 100, first + 5 * WEEK: 120,
    }  # fmt: skip
    assert course_of({}, {first: 4}) == {}


# --- beside the group -----------------------------------------------------------------------------------------------


def test_the_comparison_has_the_own_value_and_the_published_one_row_by_row(
    account: Any, world: Any, sign_in: Any
) -> None:
    make.make_figures(account, {week: {Metric.IMPRESSIONS: 1000, Metric.ENGAGEMENTS: 50} for week in weeks_back(6)})
    make_post(account, timezone.now() - timedelta(days=20), impressions=1, reactions=6, comments=3, reposts=1)
    month = timezone.localdate().replace(day=1) - timedelta(days=1)
    for purpose in ("value", "value", "value", "promotional"):
        Activity.objects.create(
            program=world.program, user=world.influencer, on=month, kind="post", purpose=purpose, minutes=5
        )
    make.make_cell(world.program, "engagement_rate", month.replace(day=1), "0.04")
    make.make_cell(world.program, "dialog_rate", month.replace(day=1), None)
    page = sign_in(world.influencer).get(url("mine", world))
    rows = {row.label: (row.mine, row.group, row.is_hidden) for row in page.context["comparison"]}
    assert rows == {
        "Engagement rate": ("5.0%", "4.0%", False),
        "Posts per active person": ("4.0", "–", True),
        "Share of value content": ("75%", "–", True),
        "Dialogue rate": ("30%", "–", True),
    }
    assert "rank" not in page.content.decode().split("Next to the group")[1].split("</table>")[0].replace("ranked", "")


# --- times ----------------------------------------------------------------------------------------------------------


def on_weekday(place: int, hour: int, back: int) -> datetime:
    monday = monday_of(timezone.localdate()) - back * WEEK
    return datetime.combine(monday + timedelta(days=place), time(hour), ZoneInfo("Europe/Berlin"))


def test_a_weekday_that_stands_out_is_named_with_its_range(account: Any, world: Any, sign_in: Any) -> None:
    for back in range(2, 9):
        make_post(account, on_weekday(1, 8, back), impressions=900 + back)
        make_post(account, on_weekday(3, 16, back), impressions=100 + back)
    make_post(account, on_weekday(6, 20, 3), impressions=5)
    with timezone.override("Europe/Berlin"):
        times = times_of(seen_posts(world.influencer, world.program))
    assert times is not None
    assert times.says == "<em>Tuesday</em> stands out: half of these posts were seen 904 to 906 times."
    by_label = {slot.label: slot for _label, slots in times.groups for slot in slots}
    assert [by_label["Sunday"].usual, by_label["Thursday"].stands_out] == [None, False]
    assert by_label["before 9 o'clock"].usual == by_label["Tuesday"].usual
    page = sign_in(world.influencer).get(url("mine", world)).content.decode()
    assert "too few posts to tell" in page
    assert times_of(seen_posts(world.influencer2, world.program)) is None


def test_ranges_that_overlap_and_few_posts_name_nothing(account: Any, world: Any) -> None:
    assert not any(
        slot.stands_out for slot in slots_of([("a", 10 * n) for n in range(6)] + [("b", 11 * n) for n in range(6)])
    )
    for back in range(2, 6):
        make_post(account, on_weekday(1, 8, back), impressions=900)
    times = times_of(seen_posts(world.influencer, world.program))
    assert times is not None
    assert "too few posts to tell" in times.says


def test_a_post_of_this_week_is_not_compared(account: Any, world: Any) -> None:
    make_post(account, timezone.now() - timedelta(days=2), impressions=9)
    assert times_of(seen_posts(world.influencer, world.program)) is None


# --- posts with notes -----------------------------------------------------------------------------------------------

NOTE = "A question at the start, a sketch of my own."
LINK = "https://www.linkedin.com/feed/update/urn:li:share:7400000000000000001"


@pytest.fixture
def post(account: Any, world: Any) -> Post:
    at = timezone.now() - timedelta(days=20)
    Activity.objects.create(
        program=world.program, user=world.influencer, on=at.date(), kind="post", note="Drawn by hand",
        url=f"{LINK}?utm_source=share", minutes=25,
    )  # fmt: skip
    return make_post(account, at, "7400000000000000001", "Patient steel", LINK, impressions=812, saves=19)


def test_a_post_has_its_note_and_its_entry_of_the_log_in_one_place(post: Post, world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    back = url("my_posts", world, q="steel")
    sent = {"post": "7400000000000000001", "worked": NOTE, "next": back}
    answer = client.post(url("my_post_note", world), sent)
    assert (answer.status_code, answer.url) == (302, back)
    for words, found in (("steel", 1), ("sketch", 1), ("by hand", 1), ("nothing of it", 0)):
        page = client.get(url("my_posts", world, q=words)).content.decode()
        assert page.count("Patient steel") == found, words
        assert (NOTE in page, "Drawn by hand" in page) == (bool(found), bool(found) or words == "by hand")
    assert NOTE in client.get(url("my_posts", world, **{"with": "noted"})).content.decode()
    assert NOTE in client.get(url("my_posts", world, **{"with": "logged"})).content.decode()
    file = client.get(url("my_posts", world, format="csv")).content.decode("utf-8-sig")
    assert all(words in file for words in (NOTE, "Drawn by hand", "812"))
    assert client.post(url("my_post_note", world), sent | {"worked": ""}).status_code == 302
    post.refresh_from_db()
    assert post.worked == ""


def test_a_note_is_no_longer_than_it_may_be(post: Post, world: Any, sign_in: Any) -> None:
    sent = {"post": "7400000000000000001", "worked": "x" * 1001}
    assert sign_in(world.influencer).post(url("my_post_note", world), sent).status_code == 302
    post.refresh_from_db()
    assert post.worked == ""


@pytest.mark.parametrize("number", ["", "\0", "7400000000000000009", "x" * 3000])
def test_a_post_that_is_not_there_takes_no_note(post: Post, world: Any, sign_in: Any, number: str) -> None:
    sent = {"post": number, "worked": NOTE}
    assert sign_in(world.influencer).post(url("my_post_note", world), sent).status_code == 404


def test_nobody_else_reads_or_writes_a_note(post: Post, world: Any, sign_in: Any, caplog: Any) -> None:
    metrics.note_post(post, NOTE)
    for member in ("manager", "executive", "council", "coach", "influencer2"):
        client = sign_in(getattr(world, member))
        sent = {"post": "7400000000000000001", "worked": "Mine now"}
        assert client.post(url("my_post_note", world), sent).status_code in (403, 404)
        for name in ("my_posts", "my_dossier", "mine"):
            assert NOTE not in client.get(url(name, world, format="json")).content.decode(errors="replace")
    post.refresh_from_db()
    assert post.worked == NOTE
    assert NOTE not in caplog.text


def test_pages_of_posts_and_the_same_questions_for_many(account: Any, world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    at = timezone.now() - timedelta(days=20)
    asked = []
    for count in (2, 28):
        for number in range(count):
            place = f"{count}{number:03}"
            make_post(account, at, place, f"Post {place}", f"https://x.com/a/status/{place}", impressions=1)
        client.get(url("my_posts", world))
        with CaptureQueriesContext(connection) as queries:
            client.get(url("my_posts", world))
        asked.append(len(queries))
    assert asked[0] == asked[1]
    assert "Page 2 of 2" in client.get(url("my_posts", world, page="2")).content.decode()


# --- the dossier ----------------------------------------------------------------------------------------------------


def test_the_dossier_says_the_same_in_every_form(post: Post, account: Any, world: Any, sign_in: Any) -> None:
    metrics.note_post(post, NOTE)
    benefits.tell_success(world.program, by=world.influencer, text="A school class came.", readers="lead")
    seen_weeks(account, [500, 700])
    client = sign_in(world.influencer)
    data = json.loads(client.get(url("my_dossier", world, format="json")).content)
    assert {"roles", "years", "posts", "activities", "successes"} <= data.keys()
    assert sum(row["impressions"] for row in data["years"] if row.get("impressions")) == 1200
    assert [(row["impressions"], row["saves"], row["what_worked"]) for row in data["posts"]] == [(812, 19, NOTE)]
    assert [(row["note"], row["minutes"]) for row in data["activities"]] == [("Drawn by hand", 25)]
    assert "A school class came." in [row["text"] for row in data["successes"]]
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(url("my_dossier", world, format="xlsx")).content))
    cells = [cell for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row]
    assert {812, 19, 25, NOTE, "Drawn by hand", "A school class came."} <= set(cells)
    paper = client.get(url("my_dossier", world))
    assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")
    assert "no-store" in paper["Cache-Control"]


def test_the_dossier_is_offered_on_leaving_and_there_for_who_has_left(post: Post, world: Any, sign_in: Any) -> None:
    metrics.note_post(post, NOTE)
    client = sign_in(world.influencer)
    leaving = reverse("programs:participation_leave", args=[world.program.slug])
    assert url("my_dossier", world) in client.get(leaving).content.decode()
    generations.leave(Participant.objects.get(user=world.influencer, program=world.program), by=world.influencer)
    assert client.get(url("mine", world)).status_code == 404
    assert NOTE in client.get(url("my_dossier", world, format="json")).content.decode()
    rights = client.get(reverse("privacy:mine", args=[world.program.slug])).content.decode()
    assert url("my_dossier", world) in rights


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_page_is_whole_in_both_languages(post: Post, world: Any, sign_in: Any, language: str) -> None:
    world.influencer.language = language
    world.influencer.save()
    client = sign_in(world.influencer)
    assert ("Zum Mitnehmen" if language == "de" else "To take along") in client.get(url("mine", world)).content.decode()
    assert client.get(url("my_dossier", world)).status_code == 200


def test_charts_of_an_empty_page_are_none() -> None:
    assert own.Own().is_empty
