"""Notes on the time line: written by program managers, marked on every chart over time, frozen in reports."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from analytics.annotations import services
from analytics.annotations.models import TimelineNote
from analytics.annotations.numbered import WrittenNote, numbered
from analytics.kpis.models import Cell
from analytics.kpis.weeks import days_of_month, days_of_week, ended_months
from core.journal.models import Entry
from core.kit import page_cache
from core.kit.charts import Chart, ChartCell, ChartKind, series_of
from tests.factories import kpis as make
from tests.world import client_of

DAY = date(2026, 9, 1)


def address(name: str, world: Any, *args: Any, **query: str) -> str:
    return reverse(f"analytics:{name}", args=[world.program.slug, *args], query=query)


def forget(world: Any) -> None:
    """As after the commit, which a test never has."""
    page_cache.clear(f"program:{world.program.pk}")


def published(world: Any, months: int = 6) -> list[date]:
    """Months that ended, each with a shown figure; the notes of the world are put away."""
    TimelineNote.objects.all().delete()
    Cell.objects.filter(program=world.program).delete()
    ended = ended_months(timezone.localdate(), months)
    for month in ended:
        make.make_cell(world.program, "impressions", month, 1000)
    forget(world)
    return ended


def note(world: Any, on: date, text: str = "Strike", *, is_week: bool = False) -> TimelineNote:
    made = services.add_note(world.program, on=on, text={"en": text}, is_week=is_week, by=world.manager)
    forget(world)
    return made


def months_chart(months: list[date]) -> Chart:
    return Chart(
        id="reach",
        kind=ChartKind.BARS,
        sentence="More.",
        over="Month",
        labels=tuple(f"{month:%b}" for month in months),
        days=tuple(days_of_month(month) for month in months),
        series=series_of(["Reach"], [[ChartCell(1, "1")] for _month in months]),
    )


def test_a_note_stands_in_the_month_that_its_week_is_counted_in() -> None:
    """The first of September 2026 is a Tuesday; its week is September's, and the last days of August with it."""
    chart = months_chart([date(2026, 8, 1), date(2026, 9, 1)])
    notes = [WrittenNote(date(2026, 8, 31), is_week=True, texts={"en": "Strike", "de": "Streik"})]
    made = chart.noted(numbered(notes, [chart]))
    assert [(mark.at, mark.place, mark.sign) for mark in made.marks] == [("Sep", 1, "1")]
    assert made.marked[0].startswith("1 (Sep): Strike (CW 36, from ")
    with translation.override("de"):
        assert "Streik (KW 36" in chart.noted(numbered(notes, [chart])).marked[0]


def test_several_notes_at_one_label_are_one_mark_and_numbers_are_the_same_in_all_charts() -> None:
    both, late = months_chart([date(2026, 8, 1), date(2026, 9, 1)]), months_chart([date(2026, 9, 1)])
    days = (date(2026, 8, 12), date(2026, 9, 9), date(2026, 9, 10), date(2020, 1, 1))
    notes = [WrittenNote(on, is_week=False, texts={"en": f"On {on.day}"}) for on in sorted(days)]
    found = numbered(notes, [both, None, late])
    assert [(each.number, each.on.day) for each in found] == [(1, 12), (2, 9), (3, 10)], "none that is on no chart"
    assert [(mark.sign, mark.place) for mark in both.noted(found).marks] == [("1", 0), ("2–3", 1)]
    assert [(mark.sign, mark.place) for mark in late.noted(found).marks] == [("2–3", 0)]
    assert late.noted([]).marks == ()


def test_the_days_of_a_chart_are_as_many_as_its_labels() -> None:
    with pytest.raises(ValueError, match="days"):
        Chart("a", ChartKind.LINES, "", "Week", (), (), days=(days_of_week(date(2026, 9, 7)),))


def test_a_note_is_a_mark_on_the_page_in_its_table_and_in_its_file(world: Any) -> None:
    months = published(world)
    note(world, months[-2] + timedelta(days=14))
    client = client_of("executive", world)
    page = client.get(address("dashboard", world))
    chart = page.context["rows"][0][0]
    assert [(mark.sign, mark.place) for mark in chart.marks] == [("1", len(chart.labels) - 2)]
    text = page.content.decode()
    assert 'data-sign="1"' in text
    assert text.count("Strike (") >= 3, "for the picture, in the table, in the list below the charts"
    assert "Write and change notes" not in text
    file = client.get(address("dashboard_export", world, figure="impressions", format="csv")).content.decode()
    assert "Strike (" in file
    drawn = client.get(address("dashboard_export", world, figure="impressions", format="svg")).content.decode()
    assert "Strike (" in drawn
    assert "Write and change notes" in client_of("manager", world).get(address("dashboard", world)).content.decode()


def test_a_note_of_another_period_is_on_no_chart(world: Any) -> None:
    months = published(world)
    note(world, months[0] - timedelta(days=200))
    page = client_of("coach", world).get(address("dashboard", world))
    assert page.context["notes"] == []
    assert "Strike" not in page.content.decode()


def test_pages_show_it_as_soon_as_it_is_written(world: Any, django_capture_on_commit_callbacks: Any) -> None:
    """What the page shows is kept; a note that is written, changed, removed or restored clears it."""
    months = published(world)
    client, page = client_of("manager", world), address("dashboard", world)
    day = months[-1] + timedelta(days=14)

    def shown() -> list[str]:
        return [note.words.partition(" (")[0] for note in client.get(page).context["notes"]]

    assert shown() == []
    with django_capture_on_commit_callbacks(execute=True):
        made = services.add_note(world.program, on=day, text={"en": "Strike"}, by=world.manager)
    assert shown() == ["Strike"]
    with django_capture_on_commit_callbacks(execute=True):
        services.edit_note(made, by=world.manager, text={"en": "Fair"})
    assert shown() == ["Fair"]
    with django_capture_on_commit_callbacks(execute=True):
        services.remove_note(made, by=world.manager)
    assert shown() == []
    with django_capture_on_commit_callbacks(execute=True):
        services.restore_note(made, by=world.manager)
    assert shown() == ["Fair"]
    assert 'data-sign="1"' in client.get(page).content.decode()


def test_a_number_is_the_same_on_the_page_and_in_a_file_of_one_generation(world: Any) -> None:
    """Charts of the company's accounts are not beside a generation, and number no notes there."""
    months = published(world)
    for month in months:
        make.make_cell(world.program, "impressions", month, 900, generation=world.generation)
    world.program.accounts.all().delete()
    account = make.make_account(world.program, None)
    weeks = [make.monday_of(months[0]) - timedelta(weeks=back) for back in (1, 2)]
    make.make_figures(account, {week: {make.Metric.FOLLOWERS_TOTAL: 10} for week in weeks})
    note(world, weeks[0], "Fair")
    note(world, months[-1] + timedelta(days=14))
    chosen = {"generation": str(world.generation.pk), "months": "12"}
    client = client_of("coach", world)
    assert [each.number for each in client.get(address("dashboard", world, **chosen)).context["notes"]] == [1]
    file = client.get(address("dashboard_export", world, figure="impressions", **chosen)).content.decode()
    assert "1 (" in file
    assert "2 (" not in file


def test_managers_write_change_and_remove_notes(world: Any) -> None:
    client = client_of("manager", world)
    sent = {"on": "2026-09-02", "span": "week", "text_en": "Campaign started", "text_de": "Kampagne"}
    assert client.post(address("timeline_note_new", world), sent).status_code == 302
    made = TimelineNote.objects.get(text__en="Campaign started")
    assert (made.on, made.is_week, made.text.texts["de"]) == (date(2026, 8, 31), True, "Kampagne")
    edit = address("timeline_note_edit", world, made.pk)
    assert client.post(edit, sent | {"on": "2026-09-03", "span": "day"}).status_code == 302
    made.refresh_from_db()
    assert (made.on, made.is_week) == (date(2026, 9, 3), False)
    client.post(address("timeline_note_remove", world, made.pk))
    page = client.get(address("timeline_notes", world)).content.decode()
    restore = address("timeline_note_restore", world, made.pk)
    assert restore in page, "with undo"
    client.post(restore)
    assert TimelineNote.objects.present().filter(pk=made.pk).exists()
    verbs = list(
        Entry.objects.filter(subject_id=made.pk, verb__startswith="annotations.").values_list("verb", flat=True)
    )
    assert sorted(verbs) == [f"annotations.{verb}" for verb in ("added", "edited", "removed", "restored")]


def test_a_day_that_is_still_ahead_is_refused_in_words(world: Any) -> None:
    ahead = timezone.localdate() + timedelta(days=1)
    sent = {"on": ahead.isoformat(), "span": "day", "text_en": "To come"}
    answer = client_of("manager", world).post(address("timeline_note_new", world), sent)
    assert answer.status_code == 422
    assert "This day is still ahead." in answer.content.decode()
    assert not TimelineNote.objects.filter(text__en="To come").exists()


def test_the_form_says_that_a_note_names_nobodys_figures(world: Any) -> None:
    page = client_of("manager", world).get(address("timeline_note_new", world)).content.decode()
    assert "do not name anybody’s figures" in page


def test_a_program_has_no_more_notes_than_a_chart_can_bear(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analytics.annotations.forms.MOST_ON_TIME_LINE", 1)
    sent = {"on": "2026-09-02", "span": "day", "text_en": "One more"}
    answer = client_of("manager", world).post(address("timeline_note_new", world), sent)
    assert answer.status_code == 422
    edit = address("timeline_note_edit", world, world.timeline_note.pk)
    assert client_of("manager", world).post(edit, sent).status_code == 302, "those that stand can be changed"


def test_the_list_asks_the_same_however_many_notes_there_are(world: Any) -> None:
    client, page = client_of("manager", world), address("timeline_notes", world)
    client.get(page)
    with CaptureQueriesContext(connection) as one:
        assert "Campaign" in client.get(page).content.decode()
    for number in range(3):
        note(world, DAY + timedelta(days=number), f"Note {number}")
    client.get(page)
    with CaptureQueriesContext(connection) as four:
        assert "Note 2" in client.get(page).content.decode()
    assert len(four) == len(one)


def test_an_empty_list_says_what_notes_are_for(world: Any) -> None:
    TimelineNote.objects.all().delete()
    page = client_of("manager", world).get(address("timeline_notes", world)).content.decode()
    assert "No notes yet" in page
    assert "Add a note" in page
    read = client_of("coach", world).get(address("timeline_notes", world)).content.decode()
    assert "Add a note" not in read


def test_own_figures_show_them_too(world: Any) -> None:
    TimelineNote.objects.all().delete()
    world.program.accounts.all().delete()
    monday = make.monday_of(timezone.localdate()) - timedelta(weeks=2)
    weeks = {monday - timedelta(weeks=back): {make.Metric.IMPRESSIONS: 100} for back in range(3)}
    make.make_figures(make.make_account(world.program, world.influencer), weeks)
    note(world, monday + timedelta(days=2), "Fair")
    client = client_of("influencer", world)
    page = client.get(address("mine", world)).content.decode()
    assert 'data-sign="1"' in page
    assert "Fair (" in page
    assert "Fair (" in client.get(address("mine_export", world, figure="own-impressions")).content.decode()


def test_a_note_of_another_company_is_not_there(world: Any) -> None:
    theirs = services.add_note(world.other_program, on=DAY, text={"en": "Theirs"}, by=world.stranger)
    gone = services.remove_note(
        services.add_note(world.other_program, on=DAY, text={"en": "Gone"}, by=world.stranger), by=world.stranger
    )
    client = client_of("manager", world)
    assert "Theirs" not in client.get(address("timeline_notes", world)).content.decode()
    assert client.get(address("timeline_note_edit", world, theirs.pk)).status_code == 404
    assert client.post(address("timeline_note_remove", world, theirs.pk)).status_code == 404
    assert client.post(address("timeline_note_restore", world, gone.pk)).status_code == 404
    assert [note.deleted_at is None for note in TimelineNote.objects.filter(program=world.other_program)] == [
        True,
        False,
    ]
    assert client_of("stranger", world).get(address("timeline_notes", world)).status_code == 404


def test_a_note_that_was_removed_cannot_be_changed(world: Any) -> None:
    client = client_of("manager", world)
    assert client.get(address("timeline_note_edit", world, world.removed_timeline_note.pk)).status_code == 404
