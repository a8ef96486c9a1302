from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from analytics.activities import queries
from analytics.activities.models import Activity
from analytics.kpis.models import PublishRequest
from core.journal.models import Entry
from tests.factories.activities import make_activity

HTMX = {"HTTP_HX_REQUEST": "true"}


def url(world: Any, name: str, *args: Any) -> str:
    return reverse(f"analytics:{name}", args=[world.program.slug, *args])


@pytest.fixture
def client(world: Any, sign_in: Any) -> Any:
    Activity.objects.all().delete()
    return sign_in(world.influencer)


def test_activity_new_needs_a_link_and_nothing_else(world: Any, client: Any) -> None:
    answer = client.post(url(world, "activity_new"), {"url": "https://www.xing.com/news/1"})
    assert answer.status_code == 302
    made = Activity.objects.get()
    assert (made.user, made.program, made.kind, made.channel) == (world.influencer, world.program, "post", "xing")
    assert (made.purpose, made.label, made.minutes, made.on) == ("value", "open", 10, timezone.localdate())


def test_activity_new_needs_a_kind_and_nothing_else(world: Any, client: Any) -> None:
    client.post(url(world, "activity_new"), {"kind": "talk", "minutes": "30", "purpose": "promotional"})
    made = Activity.objects.get()
    assert (made.kind, made.channel, made.minutes, made.purpose) == ("talk", "linkedin", 30, "promotional")


def test_activity_new_takes_a_link_without_its_scheme(world: Any, client: Any) -> None:
    client.post(url(world, "activity_new"), {"url": "linkedin.com/posts/x?commentUrn=y", "channel": "xing"})
    made = Activity.objects.get()
    assert (made.kind, made.channel, made.url) == ("comment", "linkedin", "https://linkedin.com/posts/x?commentUrn=y")


def test_activity_new_answers_htmx_with_the_week_and_an_undo(world: Any, client: Any) -> None:
    answer = client.post(url(world, "activity_new"), {"kind": "post", "minutes": "20"}, **HTMX)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'id="my-week"' in page
    assert "<b>20</b> of 60 minutes" in page
    assert 'id="log"' in page
    assert url(world, "activity_delete", Activity.objects.get().pk) in page


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "Please paste a link or pick what you did."),
        ({"url": "javascript:alert(1)"}, "Link: "),
        ({"url": "nonsense with spaces"}, "Link: "),
        ({"kind": "post", "on": "2099-01-01"}, "Day: This day is in the future."),
        ({"kind": "post", "on": "31.02.2026"}, "Day: "),
        ({"kind": "post", "minutes": "99999"}, "Minutes: "),
        ({"kind": "dance"}, "Kind: "),
        ({"kind": "post", "note": "x" * 201}, "Note to myself: "),
        ({"kind": "post", "note": "a\0b"}, "Note to myself: "),
    ],
)
def test_activity_new_says_what_to_fix_and_keeps_what_was_typed(world: Any, client: Any, data: dict, said: str) -> None:
    for headers in ({}, HTMX):
        answer = client.post(url(world, "activity_new"), data | {"channel": "podcast"}, **headers)
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert '<option value="podcast" selected>' in answer.content.decode()
    assert not Activity.objects.exists()


def test_activity_delete_and_restore(world: Any, client: Any) -> None:
    activity = make_activity(world.influencer, world.program)
    home = reverse("home:program", args=[world.program.slug])
    assert client.post(url(world, "activity_delete", activity.pk) + f"?next={home}").url == home
    assert client.get(url(world, "activity_edit", activity.pk)).status_code == 404
    assert queries.week_of(world.influencer, world.program).count == 0
    client.post(url(world, "activity_restore", activity.pk))
    assert queries.week_of(world.influencer, world.program).count == 1


def test_activity_delete_sends_nobody_to_another_site(world: Any, client: Any) -> None:
    activity = make_activity(world.influencer, world.program)
    answer = client.post(url(world, "activity_delete", activity.pk) + "?next=https://evil.example/")
    assert answer.url == url(world, "activity_list")


def test_activity_edit(world: Any, client: Any) -> None:
    activity = make_activity(world.influencer, world.program, minutes=25, note="Test bench")
    page = client.get(url(world, "activity_edit", activity.pk)).content.decode()
    assert 'value="25" checked' in " ".join(page.split())
    assert "Test bench" in page
    answer = client.post(url(world, "activity_edit", activity.pk), {"kind": "comment", "minutes": "5", "note": "New"})
    assert answer.status_code == 302
    activity.refresh_from_db()
    assert (activity.kind, activity.minutes, activity.note) == ("comment", 5, "New")
    answer = client.post(url(world, "activity_edit", activity.pk), {"kind": "comment", "on": "2999-01-01"})
    assert answer.status_code == 422


def test_activity_list_groups_by_week_and_filters(world: Any, client: Any) -> None:
    monday = timezone.localdate() - timedelta(days=timezone.localdate().weekday())
    make_activity(world.influencer, world.program, on=monday, minutes=20)
    make_activity(world.influencer, world.program, on=monday, minutes=20, purpose="promotional")
    make_activity(world.influencer, world.program, on=monday - timedelta(days=3), kind="talk", minutes=45)
    make_activity(world.influencer2, world.program, on=monday, note="Not mine")
    page = client.get(url(world, "activity_list")).content.decode()
    assert page.count("Week of") == 2
    assert "45\N{NO-BREAK SPACE}min" in page or "45 min" in page
    assert "Not mine" not in page
    page = client.get(url(world, "activity_list") + "?kind=talk&purpose=value").content.decode()
    assert page.count("Week of") == 1
    page = client.get(url(world, "activity_list") + "?kind=comment&purpose=nonsense", follow=True).content.decode()
    assert "No matches" in page


def test_the_log_is_sorted_and_taken_along(world: Any, client: Any) -> None:
    make_activity(world.influencer, world.program, minutes=9, note="Short")
    make_activity(world.influencer, world.program, minutes=45, note="Long", url="https://example.com/talk")
    page = client.get(url(world, "activity_list") + "?sort=-minutes")
    notes = [row.note for row in page.context["list"].page]
    assert notes.index("Long") < notes.index("Short")
    assert "Week of" not in page.content.decode()
    file = client.get(url(world, "activity_list") + "?q=example.com/talk&format=csv").content.decode("utf-8-sig")
    lines = file.splitlines()
    assert len(lines) == 2
    assert "Long" in lines[1] and "https://example.com/talk" in lines[1]  # noqa: PT018  # one line of the file


def test_several_are_deleted_at_once_and_come_back(world: Any, client: Any) -> None:
    mine = [make_activity(world.influencer, world.program, note=note) for note in ("One", "Two")]
    foreign = make_activity(world.influencer2, world.program)
    chosen = [*(activity.pk for activity in mine), foreign.pk, "x"]
    page = client.post(url(world, "activities_change"), {"pk": chosen, "do": "delete"}, follow=True)
    assert "2 activities are deleted." in page.content.decode()
    here = Activity.objects.present().filter(pk__in=chosen[:3])
    assert [activity.pk for activity in here.all()] == [foreign.pk]
    undo = f"{url(world, 'activities_restore')}?rows={mine[0].pk}-{mine[1].pk}-{foreign.pk}"
    assert client.get(undo).status_code == 405
    client.post(undo)
    assert here.count() == 3


def test_activity_list_teaches_when_empty(world: Any, client: Any) -> None:
    assert "it takes ten seconds" in client.get(url(world, "activity_list")).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_activity_list_query_count(world: Any, client: Any, count: int, django_assert_num_queries: Any) -> None:
    for days in range(count):
        make_activity(world.influencer, world.program, on=date.today() - timedelta(days=7 * days))
    client.get(url(world, "activity_list"))  # the session learns the program
    # session, person, memberships, rows with their number, week with the last ten
    with django_assert_num_queries(5):
        client.get(url(world, "activity_list"))


def test_week_of_takes_one_query(world: Any, django_assert_num_queries: Any) -> None:
    Activity.objects.all().delete()
    today = date(2026, 11, 18)  # a Wednesday
    for on, minutes, purpose in [
        (date(2026, 11, 16), 30, "value"),
        (date(2026, 11, 22), 45, "promotional"),
        (date(2026, 11, 15), 99, "value"),
        (date(2026, 11, 23), 99, "value"),
    ]:
        make_activity(world.influencer, world.program, on=on, minutes=minutes, purpose=purpose)
    make_activity(world.influencer, world.other_program, on=today, minutes=7)
    with django_assert_num_queries(1):
        week = queries.week_of(world.influencer, world.program, today)
    assert (week.monday, week.minutes, week.allowance, week.count) == (date(2026, 11, 16), 75, 60, 2)
    assert (week.value, week.promotional, week.full) == (3, 1, 75)


def test_a_week_with_more_than_ten_entries_counts_them_all(world: Any, django_assert_num_queries: Any) -> None:
    Activity.objects.all().delete()
    today = date(2026, 11, 18)
    for on in [date(2026, 11, 15)] + [today] * 12 + [date(2026, 11, 23)] * 2:
        make_activity(world.influencer, world.program, on=on, minutes=10)
    with django_assert_num_queries(1):
        week = queries.week_of(world.influencer, world.program, today)
    assert (week.minutes, week.count, len(week.last_ten)) == (120, 12, 10)


def test_changes_ask_for_new_figures_and_name_nobody(world: Any, client: Any) -> None:
    PublishRequest.objects.all().delete()
    before = Entry.objects.count()
    client.post(url(world, "activity_new"), {"kind": "post"})
    assert PublishRequest.objects.get().program == world.program
    assert Entry.objects.count() == before


def test_a_paused_person_still_sees_and_edits(world: Any, client: Any) -> None:
    activity = make_activity(world.influencer, world.program)
    for participant in world.influencer.participations.all():
        participant.state = "paused"
        participant.save()
    assert client.get(url(world, "activity_edit", activity.pk)).status_code == 200
