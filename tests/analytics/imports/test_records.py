"""Lists of applications, hires and leads: counted per week beside an independent reading, nobody's name kept, told per
month and in steps of five."""

import csv
import io
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage

from analytics.channels.models import Account
from analytics.imports import jobs as reading
from analytics.imports.models import ImportRun, RunState
from analytics.imports.services import map_run
from analytics.kpis import jobs
from analytics.kpis.models import Cell
from analytics.metrics.models import RECORDED, Grain, Metric, Reading, Segment
from analytics.sources import records
from analytics.sources.codes import RECORDS
from analytics.sources.record_words import is_of_program
from core.sheets.book import sheets_of
from core.sheets.cells import Unreadable
from tests.analytics.imports.flow import applied, page, read, undone, upload, url
from tests.workbooks import workbook

TODAY = date(2026, 11, 23)
GERMAN = (
    "Personio-Export;;;;;;;\n"
    "Bewerbungs-ID;Name;E-Mail;Stelle;Bewerbungsdatum;Bewerbungsquelle;Bewerbungsphase;Eingestellt am\n"
    "1;Max Mustermann;max@beispiel.de;Schlosser;28.09.2026;Mitarbeitende empfehlen;Zusage;16.10.2026\n"
    "2;Änne Muster;aenne@beispiel.de;Schlosser;28.09.2026;LinkedIn;Absage;\n"
    "3;Ö. Beispiel;oe@beispiel.de;Ingenieurin;06.10.2026;LinkedIn Stellenanzeige;Absage;\n"
    "3;Ö. Beispiel;oe@beispiel.de;Ingenieurin;06.10.2026;LinkedIn Stellenanzeige;Absage;\n"
    "4;P. Probe;p@beispiel.de;Ingenieurin;20.10.2026;Website;Interview;\n"
    "5;Q. Probe;q@beispiel.de;Ingenieurin;bald;Website;Interview;\n"
    "6;R. Probe;r@beispiel.de;Ingenieurin;01.11.2026;Corporate Influencer;Interview;\n"
).encode("cp1252")
ENGLISH = (
    b"Lead ID,Lead Name,Email,Lead Created,utm_source,utm_medium,utm_campaign,Lead Status\n"
    b"L1,Acme Inc,buyer@acme.example,2026-09-28T09:12:00,linkedin,employee_advocacy,autumn,open\n"
    b"L2,Bolt Ltd,b@bolt.example,2026-10-05,linkedin,cpc,autumn,open\n"
    b"L3,Core SA,c@core.example,2026-10-13,google,organic,,won\n"
    b"L4,Dome AG,d@dome.example,2026-10-20,newsletter,employee_advocacy,autumn,won\n"
)
PEOPLE = ("Mustermann", "Muster", "beispiel.de", "Schlosser", "Probe", "acme", "Acme", "Bolt", "Dome")


@pytest.fixture(autouse=True)
def bare(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    ImportRun.objects.all().delete()


def stored(run: ImportRun) -> dict[tuple[str, int, date], int]:
    rows = Reading.objects.filter(run_id=run.pk, metric__in=RECORDED)
    assert set(rows.values_list("grain", flat=True)) <= {Grain.WINDOW}
    return {(Metric(r.metric).name.lower(), r.segment, r.period_start): r.value for r in rows}


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def independently() -> Counter[tuple[str, date]]:
    """The German list as another reader counts it: Python's own, by columns."""
    found: Counter[tuple[str, date]] = Counter()
    seen = set()
    for row in csv.DictReader(io.StringIO(GERMAN.decode("cp1252").split("\n", 1)[1]), delimiter=";"):
        if row["Bewerbungs-ID"] in seen or row["Bewerbungsdatum"] == "bald":
            continue
        seen.add(row["Bewerbungs-ID"])
        found["applications", monday(datetime.strptime(row["Bewerbungsdatum"], "%d.%m.%Y").date())] += 1
        if row["Eingestellt am"]:
            found["hires", monday(datetime.strptime(row["Eingestellt am"], "%d.%m.%Y").date())] += 1
    return found


def test_a_german_list_is_counted_per_week_and_no_name_is_kept(
    world: Any, sign_in: Any, django_capture_on_commit_callbacks: Any
) -> None:
    client = sign_in(world.manager)
    run = upload(client, world, GERMAN, "Bewerbungen.csv", whose="records")
    name = run.file.name
    assert default_storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        run = read(run)
    assert (run.state, run.kind, run.account.kind) == (RunState.PREVIEW, "records_applications", "records"), run.message
    assert not run.file
    assert not default_storage.exists(name), "the list goes as soon as it was read"
    shown = page(client, world, run)
    for label in ("Name", "E-Mail", "Stelle", "Bewerbungs-ID"):
        assert f"{label} (" in shown, "what is not stored is named by its column"
    assert "not stored" in shown
    assert "1 line repeats a figure" in shown
    assert "The day cannot be read" in shown
    kept = repr(run.preview) + repr(run.message)
    for made in ("rows_file", "posts_file", "compared_file", "refused_file"):
        if field := getattr(run, made):
            with field.open("rb") as source:
                kept += source.read().decode()
    assert not [word for word in PEOPLE if word in kept]

    run = applied(client, world, run)
    found, beside = stored(run), independently()
    assert {day for _, _, day in found} == {date(2026, 9, 28) + timedelta(weeks=n) for n in range(5)}
    assert {key: found[key[0], Segment.ALL, key[1]] for key in beside} == beside
    assert sum(found.values()) == sum(beside.values()) + 4
    assert found["applications", Segment.PROGRAM, date(2026, 9, 28)] == 2, "employees, and a network that was not paid"
    assert found["applications", Segment.PROGRAM, date(2026, 10, 5)] == 0
    assert found["hires", Segment.PROGRAM, date(2026, 10, 12)] == 1
    told = page(client, world, run)
    assert "week from" not in told, "once it is applied, weeks are told to nobody"
    assert (run.preview["rows"], run.preview["totals"]) == ([], []), "nor kept beside the store"
    assert not [word for word in PEOPLE if word in told]
    undone(client, world, run)
    assert not Reading.objects.filter(metric__in=RECORDED).exists()


def test_an_english_list_by_utm_marks(world: Any, sign_in: Any) -> None:
    client = sign_in(world.manager)
    run = read(upload(client, world, ENGLISH, "leads.csv", whose="records"))
    run = applied(client, world, run)
    assert run.kind == "records_leads"
    found = stored(run)
    assert [found["leads", 0, date(2026, 9, 28) + timedelta(weeks=n)] for n in range(4)] == [1, 1, 1, 1]
    of_program = [found["leads", Segment.PROGRAM, date(2026, 9, 28) + timedelta(weeks=n)] for n in range(4)]
    assert of_program == [1, 0, 0, 1], "paid clicks are no advocacy"
    again = read(upload(client, world, ENGLISH.replace(b"Acme Inc", b"Acme"), "leads (1).csv", whose="records"))
    assert (again.state, again.message["code"]) == (RunState.DISCARDED, "already_imported")
    assert not again.file


def test_it_is_recognised_where_the_company_account_was_chosen(world: Any, sign_in: Any) -> None:
    run = read(upload(sign_in(world.manager), world, ENGLISH, whose="company"))
    assert (run.kind, run.account.kind, bool(run.file)) == ("records_leads", "records", False)


def test_only_who_leads_the_program_may_bring_it(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    assert "lists of applications" not in client.get(url(world, "import_new")).content.decode()
    run = read(upload(client, world, GERMAN))
    assert (run.state, run.message["code"], bool(run.file)) == (RunState.REFUSED, "records_of_people", False)
    assert not Account.objects.filter(kind="records").exists()
    theirs = read(upload(sign_in(world.manager), world, ENGLISH, whose="records"))
    for person in (world.influencer, world.coach, world.executive, world.council):
        answer = sign_in(person).get(url(world, "import_detail", theirs.pk))
        assert answer.status_code in (403, 404), person


@pytest.mark.parametrize("whose", ["records", "company"])
def test_a_list_nobody_knows_is_deleted_and_not_shown(world: Any, sign_in: Any, whose: str) -> None:
    """The page that asks for columns shows the first rows: never those of a list of people."""
    client = sign_in(world.manager)
    table = b"Wer;Post;Wann\nMax Mustermann;max@beispiel.de;2026-10-03\n"
    run = read(upload(client, world, table, whose=whose))
    assert (run.state, run.message["code"], bool(run.file)) == (RunState.REFUSED, "records_unknown", False)
    assert run.preview == {}
    assert "Mustermann" not in page(client, world, run)
    with pytest.raises(Exception):  # noqa: B017, PT011
        map_run(run, None, [], by=world.manager)  # type: ignore[arg-type]


def test_a_list_that_its_reader_dies_of_is_deleted_too(world: Any, sign_in: Any) -> None:
    run = upload(sign_in(world.manager), world, ENGLISH, whose="records")
    ImportRun.objects.filter(pk=run.pk).update(attempts=reading.ATTEMPTS)
    run = read(run)
    assert (run.state, bool(run.file)) == (RunState.FAILED, False)


def test_months_are_told_in_steps_of_five_and_weeks_never(world: Any, sign_in: Any) -> None:
    client = sign_in(world.manager)
    days = [date(2026, 8, 31) + timedelta(days=n) for n in range(56)]
    lines = [f"{day},{'Employee referral' if n % 5 == 0 else 'Job board'},1" for n, day in enumerate(days)]
    lines += [f"{date(2026, 9, 8)},linkedin,7"]
    table = "\n".join(["Date,Source,Applications", *lines]).encode()
    run = read(upload(client, world, table, whose="records"))
    assert run.kind == "records_counted"
    applied(client, world, run)
    jobs.publish(world.program, TODAY)
    cells = {(c.period, c.start_on): (c.state, c.value, c.is_floor) for c in Cell.objects.filter(kpi="applications")}
    assert cells == {("month", date(2026, 9, 1)): (Cell.State.SHOWN, 10, True)}, "13 are told as 10; October has no end"
    shown = sign_in(world.executive).get(url(world, "dashboard")).content.decode()
    assert "brought at least <em>10</em> applications" in shown
    told = sign_in(world.executive).get(url(world, "kpi", "applications")).content.decode()
    assert "≥\N{NO-BREAK SPACE}10" in told
    undone(client, world, run)
    jobs.publish(world.program, TODAY)
    assert not Cell.objects.filter(kpi="applications").exists()


def test_four_are_hidden(world: Any, sign_in: Any) -> None:
    client = sign_in(world.manager)
    lines = [f"{date(2026, 8, 31) + timedelta(weeks=n)},linkedin,1" for n in range(4)]
    run = read(upload(client, world, "\n".join(["Date,Source,Hires", *lines]).encode(), whose="records"))
    applied(client, world, run)
    jobs.publish(world.program, TODAY)
    assert Cell.objects.get(kpi="hires").state == Cell.State.TOO_FEW


def test_a_workbook_is_the_same_list(tmp_path: Path) -> None:
    head = ["Candidate", "Application Date", "Source", "Stage"]
    rows = [
        ["A", date(2026, 9, 28), "Ambassador program", "Hired"],
        ["B", datetime(2026, 10, 6, 9), "Website", "Hired"],
        ["C", date(2026, 10, 6), "Xing Ads", "Screening"],
    ]
    book = workbook(tmp_path / "a.xlsx", {"Export": [["Report"], head, *rows], "Notes": [["x"]]})
    file = records.read_sheets(sheets_of(book), tmp_path / "rows", tmp_path / "posts", today=TODAY)
    assert file is not None
    told = [line.split("\t") for line in (tmp_path / "rows").read_text().splitlines()]
    found = {(row[1], row[2], row[4]): row[6] for row in told}
    assert found[str(RECORDS["applications"]), "0", "2026-10-05"] == "2"
    assert found[str(RECORDS["hires"]), "6", "2026-09-28"] == "1"
    assert found[str(RECORDS["hires"]), "6", "2026-10-05"] == "0"
    assert {each.label for each in file.unread} == {"Candidate", "Notes"}


def test_the_first_week_and_the_running_one_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Hire date,Source\n2026-10-07,Social\n2026-10-13,Social\n2026-11-24,Social\n")
    file = records.read_text(path, tmp_path / "rows", tmp_path / "posts", today=date(2026, 11, 25))
    assert file is not None
    assert (file.window_start, file.window_end) == (date(2026, 10, 12), date(2026, 11, 22))
    assert [each.code for each in file.warnings] == ["records_first_week", "records_running_week"]


@pytest.mark.parametrize(
    ("told", "is_ours"),
    [
        (["Mitarbeiterempfehlung"], True), (["Mitarbeitende werben"], True), (["LinkedIn"], True),
        (["social"], True), (["google", "employee_advocacy"], True), (["Markenbotschafterin"], True),
        (["linkedin", "cpc"], False), (["LinkedIn Jobs"], False), (["LinkedIn Ads"], False), (["Website"], False),
        (["Stellenanzeige auf XING"], False), (["Referral"], False), ([""], False), (["google", "organic"], False),
    ],
)  # fmt: skip
def test_which_sources_count(told: list[str], is_ours: bool) -> None:
    assert is_of_program(told) is is_ours


def test_who_leads_and_chooses_nothing_means_the_company_account(world: Any, sign_in: Any) -> None:
    client = sign_in(world.manager)
    asked = client.get(url(world, "import_new")).content.decode()
    assert "the company account" in asked
    assert "lists of applications" in asked
    run = upload(client, world, ENGLISH)
    assert run.account.kind == Account.Kind.COMPANY


def test_hires_alone_are_no_list_of_applications(tmp_path: Path) -> None:
    """No application has a day that there is."""
    path = tmp_path / "list.csv"
    path.write_text("Bewerber;Bewerbungsdatum;Einstellungsdatum;Quelle\nA;40.08.2026;13.08.2026;LinkedIn\n")
    with pytest.raises(Unreadable, match="records_empty"):
        records.read_text(path, tmp_path / "rows", tmp_path / "posts", today=date(2026, 11, 14))
