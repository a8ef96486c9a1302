"""A table nobody knows: who brought it says which column is what, and sees the first rows as they will be read."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from analytics.imports.models import ImportRun, RunState, TableShape
from analytics.metrics.models import Grain, Metric, Reading
from tests.analytics.imports.flow import applied, page, read, undone, upload, url
from tests.workbooks import workbook

TABLE = (
    "Bericht Oktober;;;\nWann;Gesehen von;Gefällt;Notiz\n"
    "03.10.2026;1.204;3;gut\n04.10.2026;1,5;4;\n05.10.2026;980;viele;\n"
).encode()
SAID = {"seen": "", "head": "1", "delimiter": ";", "rows": "day", "order": "dmy", "decimal": ",", "network": "x",
        "role_0": "date", "role_1": "impressions", "role_2": "reactions", "do": "read"}  # fmt: skip


def ask(client: Any, world: Any, run: ImportRun, **data: Any) -> Any:
    address = url(world, "import_columns", run.pk)
    seen = client.get(address).context["form"].shape()
    return client.post(address, SAID | {"seen": seen} | data)


def figures(run: ImportRun) -> set[tuple[str, int, int]]:
    rows = Reading.objects.filter(run_id=run.pk).values_list("period_start", "metric", "value")
    return {(day.isoformat(), metric, value) for day, metric, value in rows}


def test_the_person_says_which_column_is_what_and_undoes_it(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    run = read(upload(client, world, TABLE))
    assert (run.state, run.message["code"]) == (RunState.QUESTION, "table_unknown")
    assert url(world, "import_columns", run.pk) in page(client, world, run)
    asked = client.get(url(world, "import_columns", run.pk)).content.decode()
    assert "Gesehen von" in asked
    assert "1.204 · 1,5 · 980" in asked

    seen = ask(client, world, run, do="look")
    assert (seen.status_code, run.state) == (200, RunState.QUESTION)
    text = seen.content.decode()
    assert "Impressions <b" in text
    assert "“1,5” is not a whole number." in text
    assert "“viele” is not a number." in text

    assert ask(client, world, run).status_code == 302
    run = read(run)
    assert (run.kind, run.rows_new, run.rows_refused) == ("mapped_table", 4, 2)
    run = applied(client, world, run)
    assert (run.account.network, run.account.user) == ("x", world.influencer)
    assert figures(run) == {
        ("2026-10-03", Metric.IMPRESSIONS, 1204), ("2026-10-03", Metric.REACTIONS, 3),
        ("2026-10-04", Metric.REACTIONS, 4), ("2026-10-05", Metric.IMPRESSIONS, 980),
    }  # fmt: skip
    undone(client, world, run)
    assert figures(run) == set()


def test_what_is_not_proven_is_not_filled_in_and_must_be_answered(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    run = read(upload(client, world, b"Wann;Gesehen von\n01/02/2026;1.204\n03/04/2026;2.100\n"))
    form = client.get(url(world, "import_columns", run.pk)).context["form"]
    assert (form["order"].value(), form["decimal"].value(), form["delimiter"].value()) == (None, None, ";")
    answer = ask(client, world, run, head="0", order="", decimal="", role_2="")
    assert answer.status_code == 422
    assert {"order", "decimal"} <= set(answer.context["form"].errors)


def test_answers_are_offered_again_to_the_same_person_only(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    ask(client, world, read(upload(client, world, TABLE)))
    later = TABLE.replace(b"03.10.", b"06.11.").replace(b"1.204", b"77")
    again = client.get(url(world, "import_columns", read(upload(client, world, later)).pk))
    assert again.context["again"] is not None
    assert again.context["form"]["role_1"].value() == "impressions"
    other = sign_in(world.influencer2)
    theirs = other.get(url(world, "import_columns", read(upload(other, world, TABLE)).pk))
    assert theirs.context["again"] is None
    assert client.get(url(world, "import_columns", ImportRun.objects.latest("pk").pk)).status_code in (403, 404)
    assert TableShape.objects.get().user == world.influencer


def test_rows_of_several_accounts_are_read_one_account_at_a_time(world: Any, sign_in: Any) -> None:
    client = sign_in(world.manager)
    table = b"Wann;Kanal;Gesehen von\n2026-10-03;X @nordwerk;5\n2026-10-03;LinkedIn;7\n"
    run = read(upload(client, world, table, whose="company"))
    said = {"head": "0", "role_1": "account", "role_2": "impressions", "network": "", "decimal": ".", "rows": "day"}
    ask(client, world, run, **said)
    run = read(run)
    assert (run.state, run.message["code"]) == (RunState.QUESTION, "which_account")
    assert ask(client, world, run, **said).status_code == 422
    ask(client, world, run, **said, account="X @nordwerk")
    run = applied(client, world, read(run))
    assert (run.account.network, figures(run)) == ("x", {("2026-10-03", Metric.IMPRESSIONS, 5)})


def test_posts_with_what_they_have_reached_and_thousands(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    table = b"Link;Wann;Gesehen (Tsd.)\nhttps://x.com/a/status/1;03.10.2026;1,2\n"
    run = read(upload(client, world, table))
    ask(
        client, world, run, head="0", rows="post", role_0="post_url", role_1="date", role_2="impressions", unit_2="1000"
    )
    run = applied(client, world, read(run))
    row = Reading.objects.get(run_id=run.pk)
    assert (row.value, row.grain, row.post.url) == (1200, Grain.LIFETIME, "https://x.com/a/status/1")


def test_a_persons_download_is_not_mapped_for_the_company(world: Any, sign_in: Any) -> None:
    client = sign_in(world.manager)
    name = "AggregateAnalytics_Erika Beispiel_2026-10-03_2026-11-01.csv"
    run = read(upload(client, world, TABLE, name, whose="company"))
    assert (run.state, "outline" in run.preview) == (RunState.REFUSED, False)


def test_who_looks_too_early_reads_what_is_open_and_who_changes_their_mind_goes_back(world: Any, sign_in: Any) -> None:
    """A table with some columns of our template is unknown too: nobody is told to name columns in English."""
    client = sign_in(world.influencer)
    table = b"Datum;Kanal;Gesehen\n31.02.2026;Blog;1.204\n03.10.2026;Blog;1.204\n"
    run = read(upload(client, world, table))
    assert run.message["code"] == "columns"
    assert "Missing column" not in page(client, world, run)
    said = {"head": "0", "role_1": "", "role_2": "impressions", "network": "blog"}
    early = ask(client, world, run, do="look", decimal="", **said).content.decode()
    assert "The rows appear once this is answered" in early
    assert "Day: " in ask(client, world, run, do="look", **said).content.decode(), "the column by its name"
    ask(client, world, run, **said)
    run = read(run)
    assert run.state == RunState.PREVIEW
    assert url(world, "import_columns", run.pk) in page(client, world, run)


def test_every_account_of_the_rows_is_an_import_of_its_own(world: Any, sign_in: Any) -> None:
    client = sign_in(world.manager)
    table = b"Wann;Kanal;Gesehen von\n2026-10-03;X @nordwerk;5\n2026-10-03;Mastodon;7\n2026-10-04;X @nordwerk;6\n"
    run = read(upload(client, world, table, whose="company"))
    said = {"head": "0", "role_1": "account", "role_2": "impressions", "network": "", "decimal": ".", "rows": "day"}
    ask(client, world, run, **said)
    read(run)
    answer = ask(client, world, run, **said, account="*")
    runs = list(ImportRun.objects.order_by("pk"))[-2:]
    assert answer.url == url(world, "import_several", "-".join(str(each.pk) for each in runs))
    assert runs[0].file.name != runs[1].file.name
    found = {}
    for each in runs:
        done = applied(client, world, read(each))
        found[done.account.network] = figures(done)
    assert found == {
        "x": {("2026-10-03", Metric.IMPRESSIONS, 5), ("2026-10-04", Metric.IMPRESSIONS, 6)},
        "mastodon": {("2026-10-03", Metric.IMPRESSIONS, 7)},
    }
    undone(client, world, runs[0])
    assert figures(runs[1]), "each is undone by itself"


def questions(client: Any, world: Any, content: bytes, name: str = "figures.csv") -> dict[str, Any]:
    """What is asked, with each answer's words and what is filled in."""
    run = read(upload(client, world, content, name))
    form = client.get(url(world, "import_columns", run.pk)).context["form"]
    asked = {name: dict(form.fields[name].choices) for name in form.fields if not name.startswith(("role_", "unit_"))}
    filled = {name: form[name].value() for name in form.fields}
    return {"asked": asked, "filled": filled}


def test_an_encoding_nobody_can_prove_is_asked_by_a_word_of_the_file(world: Any, sign_in: Any) -> None:
    told = questions(sign_in(world.influencer), world, "Wann;Größe\n2026-10-03;5\n".encode("cp1252"))
    assert {name: word.split(" (")[0] for name, word in told["asked"]["encoding"].items()} == {
        "cp1252": "Größe", "cp1250": "Größe", "mac_roman": "Gr\u02c6\ufb02e",
    }  # fmt: skip
    assert told["filled"]["encoding"] is None, "it is asked, not guessed"
    proven = questions(sign_in(world.influencer), world, "Wann;Größe\n2026-10-03;5\n".encode())
    assert "encoding" not in proven["asked"]


def test_marks_are_filled_in_where_the_cells_prove_them_and_shown_by_their_examples(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    table = "Bericht vom Montag\n\nWann\tGesehen\n10/25/2026\t1,204\n10/03/2026\t1,234,567\n"
    told = questions(client, world, table.encode())
    filled = {name: told["filled"][name] for name in ("delimiter", "head", "order", "decimal", "role_0")}
    assert filled == {"delimiter": "\t", "head": 2, "order": "mdy", "decimal": ".", "role_0": "date"}
    assert told["asked"]["head"][2] == "3: Wann | Gesehen"
    assert told["asked"]["order"]["mdy"] == "month first: 10/25/2026 = 25 Oct 2026"
    assert told["asked"]["order"]["dmy"] == "day first", "what cannot be is no example"
    assert told["asked"]["decimal"]["."] == "point before decimals: 1,204 = 1,204"
    assert told["asked"]["decimal"][","] == "comma before decimals: 1,204 is not a whole number"


def test_a_sheet_is_asked_and_the_others_are_named(world: Any, sign_in: Any, tmp_path: Path) -> None:
    client = sign_in(world.influencer)
    sheets = {"Deckblatt": [["Bericht"]], "Zahlen": [["Wann", "Gesehen"], [date(2026, 10, 3), 1204]]}
    content = workbook(tmp_path / "a.xlsx", sheets).read_bytes()
    told = questions(client, world, content, "a.xlsx")
    assert (list(told["asked"]["sheet"]), told["filled"]["sheet"]) == (["Deckblatt", "Zahlen"], "Zahlen")
    run = ImportRun.objects.latest("pk")
    ask(client, world, run, sheet="Zahlen", head="0", decimal=".", role_2="")
    run = applied(client, world, read(run))
    assert figures(run) == {("2026-10-03", Metric.IMPRESSIONS, 1204)}
    assert "Deckblatt" in page(client, world, run)


@pytest.mark.parametrize(("unit", "text", "value"), [("1000", "1,2", 1200), ("1000000", "1,25", 1_250_000)])
def test_units_are_kept_with_the_answers(world: Any, sign_in: Any, unit: str, text: str, value: int) -> None:
    client = sign_in(world.influencer)
    table = f"Wann;Gesehen\n2026-10-03;{text}\n".encode()
    run = read(upload(client, world, table))
    ask(client, world, run, head="0", role_2="", unit_1=unit)
    run = applied(client, world, read(run))
    assert figures(run) == {("2026-10-03", Metric.IMPRESSIONS, value)}
    later = read(upload(client, world, table.replace(b"10-03", b"10-04")))
    form = client.get(url(world, "import_columns", later.pk)).context["form"]
    assert str(form["unit_1"].value()) == unit


def test_the_answers_of_one_source_are_not_those_of_another(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    ask(client, world, read(upload(client, world, TABLE)))
    other = TABLE.replace(b"Gesehen von", b"Angezeigt")
    again = client.get(url(world, "import_columns", read(upload(client, world, other)).pk))
    assert again.context["again"] is None


def test_a_workbook_goes_the_same_way(world: Any, sign_in: Any, tmp_path: Path) -> None:
    """Which sheet is asked, the others are named, and days and numbers are read as the cells hold them."""
    path = workbook(
        tmp_path / "own.xlsx",
        {
            "Deckblatt": [["Bericht Oktober"]],
            "Zahlen": [["Wann", "Gesehen von", "Gefällt"], ["2026-10-03", 1204, 3], ["2026-10-04", 980, "viele"]],
        },
    )
    client = sign_in(world.influencer)
    run = read(upload(client, world, path))
    assert run.state == RunState.QUESTION
    said = {"sheet": "Zahlen", "head": "0", "encoding": "", "delimiter": "", "order": "dmy", "decimal": "."}
    assert ask(client, world, run, **said).status_code == 302
    run = applied(client, world, read(run))
    assert figures(run) == {
        ("2026-10-03", Metric.IMPRESSIONS, 1204), ("2026-10-03", Metric.REACTIONS, 3),
        ("2026-10-04", Metric.IMPRESSIONS, 980),
    }  # fmt: skip
    assert run.rows_refused == 1
    assert "Deckblatt" in page(client, world, run)
