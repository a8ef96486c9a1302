"""Series: a topic that opens every week in the name of a host, only after that host's yes, and never twice."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from community.forum import jobs, leaving, rituals, services
from community.forum.models import Board, Topic
from community.forum.models_rituals import Ritual, RitualDay
from community.forum.ritual_days import coming, holiday_on
from community.forum.ritual_templates import ritual_templates
from core.journal.models import Entry
from core.news import queries as inbox
from core.writing.models import Draft
from programs.membership.access import forget_roles
from programs.membership.models import Membership, Program
from tests.at_once import at_once
from tests.factories.forum import make_ritual

BERLIN = ZoneInfo("Europe/Berlin")
TUESDAY = datetime(2027, 3, 2, 12, tzinfo=BERLIN)
FRIDAY = datetime(2027, 3, 5, 9, tzinfo=BERLIN)  # at nine, when the series opens
WEEK = timedelta(weeks=1)
FIRST = "Friday success: what went well for you this week?"


def url(name: str, *args: Any) -> str:
    return reverse(f"community:{name}", args=["nordlichter", *args])


def told(person: Any) -> list[str]:
    return [each.sentence for each in inbox.inbox_of(person, only_new=True) if "series" in each.sentence]


def topics() -> list[str]:
    days = RitualDay.objects.exclude(topic=None).order_by("day").select_related("topic")
    return [day.topic.title for day in days if day.topic]


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(TUESDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def series(world: Any, clock: Any) -> Ritual:
    """Friday's success, with the coach's yes on the Tuesday before."""
    return rituals.approve(world.ritual, version=1, weeks=12, by=world.coach)


def open_at(clock: Any, moment: datetime) -> None:
    clock.move_to(moment)
    jobs.sweep()


def test_nothing_is_opened_without_a_yes(world: Any, clock: Any) -> None:
    open_at(clock, FRIDAY)
    assert topics() == []


def test_a_topic_opens_once_in_the_name_of_its_host(series: Ritual, world: Any, clock: Any) -> None:
    open_at(clock, FRIDAY - timedelta(minutes=1))
    assert topics() == [], "not before its time"
    Draft.objects.create(person=world.coach, key=services.topic_draft(world.program), text="Half a sentence")
    for minute in range(3):
        open_at(clock, FRIDAY + timedelta(minutes=minute))
    topic = Topic.objects.get(title=FIRST)
    assert (topic.by, topic.board.key, topic.is_question) == (world.coach, "successes", False)
    assert topics() == [FIRST]
    assert Draft.objects.filter(person=world.coach).exists(), "the clock takes nobody's draft away"


@pytest.mark.django_db(transaction=True)
def test_twenty_workers_open_it_once(world: Any) -> None:
    with time_machine.travel(TUESDAY, tick=False):
        rituals.approve(world.ritual, version=1, weeks=12, by=world.coach)
    with time_machine.travel(FRIDAY, tick=False):
        found = at_once(lambda: rituals.open_due(world.ritual.pk))
    assert len([topic for topic in found if topic]) == 1
    assert topics() == [FIRST]
    world.ritual.refresh_from_db()
    assert world.ritual.turn == 1


def test_a_day_has_one_row(series: Ritual) -> None:
    RitualDay.objects.create(ritual=series, day=FRIDAY.date())
    with pytest.raises(IntegrityError), transaction.atomic():
        RitualDay.objects.create(ritual=series, day=FRIDAY.date())


def test_texts_take_turns(series: Ritual, clock: Any) -> None:
    for week in range(5):
        open_at(clock, FRIDAY + week * WEEK)
    assert len(set(topics()[:3])) == 3
    assert len(topics()) == 4, "Good Friday had none"
    open_at(clock, FRIDAY + 5 * WEEK)
    assert topics()[4] == FIRST


def test_what_was_missed_is_not_made_up_for(series: Ritual, clock: Any) -> None:
    open_at(clock, FRIDAY + timedelta(hours=7))
    open_at(clock, FRIDAY + timedelta(days=1))
    assert topics() == []


def test_a_yes_given_on_the_day_itself_begins_a_week_later(world: Any, clock: Any) -> None:
    clock.move_to(FRIDAY + timedelta(hours=1))
    rituals.approve(world.ritual, version=1, weeks=4, by=world.coach)
    jobs.sweep()
    assert topics() == []
    assert coming(Ritual.objects.get(pk=world.ritual.pk))[0].on == (FRIDAY + WEEK).date()


def test_the_preview_is_what_happens(series: Ritual, world: Any, clock: Any) -> None:
    rituals.leave_out(series, on=(FRIDAY + WEEK).date(), skips=True, by=world.coach)
    shown = coming(series)
    assert [day.on for day in shown if day.is_skipped] == [date(2027, 3, 12)]
    assert [(day.on, day.holiday) for day in shown if day.holiday] == [(date(2027, 3, 26), "Good Friday")]
    agreed = [(day.on, day.opening.title) for day in shown if day.opening]
    assert len(agreed) == 4
    for week in range(8):
        open_at(clock, FRIDAY + week * WEEK)
    opened = [(day.day, day.topic.title) for day in RitualDay.objects.exclude(topic=None).order_by("day") if day.topic]
    assert opened[:4] == agreed


def test_holidays_of_the_country_speak_the_readers_language() -> None:
    assert holiday_on(date(2026, 12, 25), "DE") == "Christmas Day"
    assert (holiday_on(date(2027, 10, 26), "AT"), holiday_on(date(2027, 10, 26), "DE")) == ("National Day", "")


def test_nine_stays_nine_when_the_clocks_change(series: Ritual, clock: Any) -> None:
    for week in range(6):  # summer time begins on 28 March
        open_at(clock, FRIDAY + week * WEEK)
    created = {topic.created_at.astimezone(BERLIN).hour for topic in Topic.objects.filter(board__key="successes")}
    assert created == {9}


def test_pause_and_go_on(series: Ritual, world: Any, clock: Any, sign_in: Any) -> None:
    client = sign_in(world.manager)
    page = client.post(url("ritual_step", series.pk), {"do": "pause"}, follow=True).content.decode()
    assert "The series is paused." in page
    assert "In the name of Coach" in page
    open_at(clock, FRIDAY)
    clock.move_to(FRIDAY + timedelta(hours=1))
    client.post(url("ritual_step", series.pk), {"do": "resume"})
    jobs.sweep()
    assert topics() == [], "going on does not make up for it"
    open_at(clock, FRIDAY + WEEK)
    assert topics() == [FIRST]


def test_a_day_is_left_out_and_comes_back(series: Ritual, world: Any, clock: Any, sign_in: Any) -> None:
    client, words = sign_in(world.manager), {"on": "2027-03-05", "skips": "1"}
    for _ in range(2):
        assert "The day is skipped." in client.post(url("ritual_skip", series.pk), words, follow=True).content.decode()
    assert RitualDay.objects.get(ritual=series).is_skipped
    open_at(clock, FRIDAY)
    assert topics() == []
    client.post(url("ritual_skip", series.pk), words | {"skips": "0"})
    jobs.sweep()
    assert topics() == [FIRST]
    wrong = client.post(url("ritual_skip", series.pk), {"on": "2027-03-06", "skips": "1"}, follow=True)
    assert "has no topic" in wrong.content.decode()


def test_stopped_is_stopped_and_can_be_taken_back(series: Ritual, world: Any, clock: Any, sign_in: Any) -> None:
    client = sign_in(world.manager)
    client.post(url("ritual_step", series.pk), {"do": "stop"})
    open_at(clock, FRIDAY)
    assert topics() == []
    assert client.get(url("ritual", series.pk)).status_code == 404
    client.post(f"{url('ritual_step', series.pk)}?do=restore")
    open_at(clock, FRIDAY + WEEK)
    assert topics() == [FIRST]
    client.post(url("ritual_step", series.pk), {"do": "stop"})
    client.post(url("ritual_begin", "friday-success"))
    answer = client.post(f"{url('ritual_step', series.pk)}?do=restore", follow=True)
    assert "has been started in the meantime" in answer.content.decode()


def test_a_host_who_loses_the_role_lends_no_name(series: Ritual, world: Any, clock: Any) -> None:
    Membership.objects.filter(user=world.coach, program=world.program).update(ended_at=TUESDAY)
    forget_roles(world.coach)
    open_at(clock, FRIDAY)
    series.refresh_from_db()
    assert (series.approved_at, series.host, series.lapse) == (None, None, "left")
    assert topics() == []
    assert told(world.manager) == ["A series is waiting for a host: Friday success"]
    assert (told(world.influencer), told(world.coach)) == ([], [])
    open_at(clock, FRIDAY + timedelta(minutes=1))
    assert len(told(world.manager)) == 1
    rituals.approve(series, version=series.version, weeks=4, by=world.manager)
    assert told(world.manager) == [], "somebody took it over"
    open_at(clock, FRIDAY + WEEK)
    assert Topic.objects.get(title=FIRST).by == world.manager


def test_who_is_forgotten_stands_in_no_series(series: Ritual, world: Any) -> None:
    leaving.forget_person(world.coach, world.program)
    series.refresh_from_db()
    assert series.host is None
    jobs.sweep()
    series.refresh_from_db()
    assert series.lapse == "left"


def test_a_program_that_ended_opens_nothing(series: Ritual, world: Any, clock: Any) -> None:
    Program.objects.filter(pk=world.program.pk).update(archived_at=TUESDAY)
    open_at(clock, FRIDAY)
    assert topics() == []


def test_before_the_program_begins_there_is_nothing(series: Ritual, world: Any, clock: Any) -> None:
    Program.objects.filter(pk=world.program.pk).update(start_on=date(2027, 3, 8))
    open_at(clock, FRIDAY)
    assert topics() == []
    open_at(clock, FRIDAY + WEEK)
    assert topics() == [FIRST]


def test_a_yes_ends_with_its_weeks(series: Ritual, world: Any, clock: Any) -> None:
    Ritual.objects.filter(pk=series.pk).update(until=FRIDAY.date())
    open_at(clock, FRIDAY)
    assert topics() == [FIRST]
    open_at(clock, FRIDAY + timedelta(days=1))
    series.refresh_from_db()
    assert (series.approved_at, series.lapse, series.host) == (None, "over", world.coach)
    assert told(world.coach) == ["A series is waiting for a host: Friday success"]


def changed(series: Ritual, **words: Any) -> dict[str, Any]:
    series.refresh_from_db()
    rows = [("What made you laugh?", "Once this week."), ("", "")]
    texts = {
        f"texts-{n}-{key}": value
        for n, row in enumerate(rows)
        for key, value in zip(("title", "text"), row, strict=True)
    }
    form = {"name": "Friday smile", "weekday": 4, "at": "10:00", "board": series.board_id, "version": series.version}
    management = {"texts-TOTAL_FORMS": 2, "texts-INITIAL_FORMS": 0}
    return form | management | texts | words


def test_another_hosts_words_need_a_new_yes(series: Ritual, world: Any, clock: Any, sign_in: Any) -> None:
    answer = sign_in(world.coach).post(url("ritual_edit", series.pk), changed(series))
    assert answer.status_code == 302
    series.refresh_from_db()
    assert series.approved_at, "whoever said yes knows what they wrote"
    sign_in(world.manager).post(url("ritual_edit", series.pk), changed(series, name="Friday thoughts"))
    series.refresh_from_db()
    assert (series.approved_at, series.lapse) == (None, "changed")
    open_at(clock, FRIDAY + timedelta(hours=1))
    assert topics() == []
    assert "Somebody else changed the series." in sign_in(world.coach).get(url("ritual", series.pk)).content.decode()


def test_a_yes_is_about_what_was_shown(world: Any, clock: Any, sign_in: Any) -> None:
    version = world.ritual.version
    sign_in(world.manager).post(url("ritual_edit", world.ritual.pk), changed(world.ritual))
    client = sign_in(world.coach)
    answer = client.post(url("ritual_approve", world.ritual.pk), {"version": version, "weeks": 4})
    assert answer.status_code == 409
    assert "has been changed in the meantime" in answer.content.decode()
    assert Ritual.objects.get(pk=world.ritual.pk).approved_at is None
    assert client.post(url("ritual_approve", world.ritual.pk), {"version": version, "weeks": 3}).status_code == 422
    stale = client.post(url("ritual_edit", world.ritual.pk), changed(world.ritual, version=version, name="Kept words"))
    assert (stale.status_code, "Kept words" in stale.content.decode()) == (409, True)


def test_bad_words_come_back_with_what_was_typed(series: Ritual, world: Any, sign_in: Any) -> None:
    client = sign_in(world.coach)
    page = client.get(url("ritual_edit", series.pk)).content.decode()
    assert (page.count("data-editor"), page.count("data-mentions=")) == (5, 5), "each text has the field for writing"
    for words, said in (
        ({"texts-1-text": "A text alone"}, "This text has no title yet."),
        ({"texts-1-title": "A title alone"}, "This title has no text yet."),
        ({"texts-0-title": "", "texts-0-text": ""}, "A series needs at least one text."),
        ({"at": "25:00"}, "Enter a valid time."),
    ):
        answer = client.post(url("ritual_edit", series.pk), changed(series, name="Typed already", **words))
        page = answer.content.decode()
        assert (answer.status_code, said in page, "Typed already" in page) == (422, True, True), said
    assert series.texts.count() == 4


def test_a_series_is_begun_once_from_its_template(world: Any, sign_in: Any) -> None:
    client = sign_in(world.manager)
    page = client.get(url("rituals")).content.decode()
    assert page.index("Friday success") < page.index("Ready to start") < page.index("Monday question")
    for _ in range(2):
        client.post(url("ritual_begin", "monday-question"))
    assert Ritual.objects.filter(key="monday-question").count() == 1
    assert client.post(url("ritual_begin", "doomsday")).status_code == 404
    assert (
        "Waiting for a host’s approval"
        in client.get(url("ritual", Ritual.objects.get(key="monday-question").pk)).content.decode()
    )


def test_german_hosts_get_german_texts(world: Any) -> None:
    ritual = rituals.begin(world.program, ritual_templates("de")["monday-question"], by=world.manager)
    assert ritual.name == "Montagsfrage"
    assert "Montagsfrage: Was wollten Sie schon immer einmal zeigen?" in {text.title for text in ritual.texts.all()}


def test_hosts_see_the_series_on_their_day(series: Ritual, world: Any, sign_in: Any) -> None:
    page = sign_in(world.manager).get(url("forum_host")).content.decode()
    assert "Fri, 5 Mar, 9:00, by Coach; approved until 25 May 2027" in " ".join(page.split())


def test_without_boards_there_is_nothing_to_open(world: Any, sign_in: Any) -> None:
    Board.objects.filter(program=world.program).delete()
    client = sign_in(world.manager)
    assert client.get(url("rituals")).url == url("forum")
    assert client.post(url("ritual_begin", "monday-question")).url == url("forum")


def test_the_journal_knows_every_step(series: Ritual, world: Any) -> None:
    for step in (rituals.pause, rituals.resume, rituals.stop, rituals.bring_back):
        series.refresh_from_db()
        step(series, by=world.manager)
        step(series, by=world.manager)
    verbs = Entry.objects.filter(verb__startswith="forum.ritual").order_by("pk").values_list("verb", flat=True)
    names = ("begun", "approved", "paused", "resumed", "stopped", "back")
    assert list(verbs) == [f"forum.ritual_{name}" for name in names]


def test_a_ritual_of_another_program_is_none_of_ours(world: Any, sign_in: Any) -> None:
    foreign = make_ritual(world.other_program, world.stranger)
    assert sign_in(world.manager).get(url("ritual", foreign.pk)).status_code == 404


def test_members_see_what_opens_next(
    series: Ritual, world: Any, sign_in: Any, clock: Any, django_capture_on_commit_callbacks: Any
) -> None:
    """With its opening, on boards they read, until it opens; not what is left out, paused or not agreed on."""
    client = sign_in(world.influencer)

    def shown() -> bool:
        return "Coming up" in client.get(url("forum")).content.decode()

    text = client.get(url("forum")).content.decode()
    assert ("Friday success" in text, FIRST in text, "Fri, 5 Mar" in text) == (True, True, True)
    for change, back in (
        (
            lambda: rituals.leave_out(series, on=FRIDAY.date(), skips=True, by=world.coach),
            lambda: rituals.leave_out(series, on=FRIDAY.date(), skips=False, by=world.coach),
        ),
        (lambda: rituals.pause(series, by=world.coach), lambda: rituals.resume(series, by=world.coach)),
        (lambda: rituals.stop(series, by=world.coach), lambda: rituals.bring_back(series, by=world.coach)),
    ):
        for step, is_there in ((change, False), (back, True)):
            with django_capture_on_commit_callbacks(execute=True):
                step()
            assert shown() is is_there
    clock.move_to(FRIDAY)
    assert shown() is False  # it opens now; the one after is more than a week away
    clock.move_to(FRIDAY + timedelta(hours=1))
    assert shown()
    Ritual.objects.filter(pk=series.pk).update(board=Board.objects.get(program=world.program, key="hosts"))
    with django_capture_on_commit_callbacks(execute=True):
        rituals.pause(series, by=world.coach)
        rituals.resume(series, by=world.coach)
    assert not shown()
    assert "Coming up" in sign_in(world.coach).get(url("forum")).content.decode()
