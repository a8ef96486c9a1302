"""A template chooses and orders blocks; the figures in them are those of the frozen month, wherever they are read."""

import io
from typing import Any

from django.urls import reverse
from pypdf import PdfReader

from analytics.dashboards.charts import GENERATION_KPIS
from analytics.reports import files, pdf
from analytics.reports.layouts import READY, STANDARD, Block, rows_of
from analytics.reports.letters import page_of
from analytics.reports.models import Report, ReportTemplate
from analytics.reports.reading import ShownReport
from analytics.reports.services import make_report
from analytics.reports.template_services import delete_template
from tests.factories.kpis import make_cell
from tests.factories.reports import MONTHS, board_of_six_months, point, scene_of


def url(name: str, world: Any, *args: Any) -> str:
    return reverse(f"analytics:{name}", args=[world.program.slug, *args])


def frozen(world: Any, blocks: Any, **words: Any) -> Report:
    board, generation = board_of_six_months(), world.generation
    for place, kpi in enumerate(GENERATION_KPIS):
        state = "too_few" if kpi == "value_mix" else "shown"
        value = None if state == "too_few" else f"0.{41 + place}"
        board.lines[kpi, "people", generation.pk, "month"].append(point(MONTHS[-1], value, state=state))
    scene = scene_of(world.program, board)
    scene.generations = [generation]
    return make_report(scene, MONTHS[-1], {"blocks": list(blocks), **words}, by=world.manager, with_cost=True)


def test_page_pdf_mail_and_table_hold_the_chosen_blocks_and_no_others(world: Any, sign_in: Any) -> None:
    report = frozen(world, [Block.NOTES, Block.KINDS, Block.GENERATIONS], notes={"en": "A good month."})
    page = sign_in(world.executive).get(url("report_detail", world, report.pk)).content.decode()
    mail = page_of(world.executive, type("Row", (), {"about": str(report.pk)}))
    paper = "".join(each.extract_text() for each in PdfReader(io.BytesIO(pdf.make(report))).pages)
    table = files.answer(report, "csv").content.decode()
    assert mail is not None
    for each in (page, mail.html, mail.text, paper, table):
        text = each.replace("\N{NO-BREAK SPACE}", " ")
        for words in ("A good month.", "41%", world.generation.name, "offered value"):
            assert words in text, words
        assert "2.5 times" not in text
        assert "0.44" not in text
    assert page.index("A good month.") < page.index("offered value") < page.index("41%")
    assert files.answer(report, "pptx").status_code == 200


def test_every_ready_template_is_a_page_a_pdf_and_a_mail(world: Any, sign_in: Any) -> None:
    client = sign_in(world.executive)
    for ready in READY:
        report = frozen(world, ready.blocks, decision={"en": "Go on?"}, notes={"en": "Noted."})
        page = client.get(url("report_detail", world, report.pk)).content.decode()
        assert "Go on?" in page, "a decision is always there to be answered"
        assert pdf.make(report).startswith(b"%PDF")
        assert page_of(world.executive, type("Row", (), {"about": str(report.pk)}))


def test_blocks_share_rows_where_they_belong_together() -> None:
    rows = rows_of(["goals", "inputs", "cost", "goals", "duel", "five", "reach"])
    assert [row.blocks for row in rows] == [["goals"], ["inputs", "cost", "goals"], ["duel"], ["five"], ["reach"]]


def test_without_scripts_templates_and_arrows_send_the_form(world: Any, sign_in: Any) -> None:
    make_cell(world.program, "impressions", MONTHS[-1], 50)
    manager, preview = sign_in(world.manager), url("report_preview", world)
    typed = {"month": MONTHS[-1].isoformat(), "headline_en": "Mine", "blocks": ["summary", "five", "duel"]}

    def order(**pressed: str) -> list[str]:
        form = manager.post(preview, typed | pressed).context["form"]
        return list(form["blocks"].value())

    assert order(move="up:five") == ["five", "summary", "duel"]
    assert order(move="down:duel") == order(move="up:reach") == ["summary", "five", "duel"]
    assert order(template=str(world.report_template.pk)) == ["five", "summary"]
    assert order(template="one_pager") == [each.value for each in READY[-1].blocks]
    assert manager.post(preview, typed | {"move": "up:five"}).context["form"]["headline"].value()["en"] == "Mine"


def test_a_report_keeps_its_blocks_and_the_cost_only_where_it_is_one(world: Any, sign_in: Any) -> None:
    make_cell(world.program, "impressions", MONTHS[-1], 50)
    sent = {"month": MONTHS[-1].isoformat(), "blocks": ["duel", "five"], "keep_as": "Short"}
    sign_in(world.manager).post(url("report_new", world), sent)
    report = Report.objects.latest("pk")
    assert report.blocks == ["duel", "five"]
    assert report.data["cost"] is None
    assert ReportTemplate.objects.get(name="Short").blocks == ["duel", "five"]


def test_a_template_is_changed_and_deleted_and_reports_stay(world: Any, sign_in: Any) -> None:
    manager, template = sign_in(world.manager), world.report_template
    report = frozen(world, template.blocks)
    page = manager.get(url("report_template_edit", world, template.pk))
    sent = {"name": "Board", "blocks": ["duel"], "seen": page.context["form"]["seen"].value()}
    manager.post(url("report_template_edit", world, template.pk), sent)
    assert "Board" in manager.get(url("report_templates", world)).content.decode()
    delete_template(template, by=world.manager)
    assert "Board" not in manager.get(url("report_templates", world)).content.decode()
    assert ShownReport(Report.objects.get(pk=report.pk)).blocks == ["five", "summary"]


def test_a_template_is_previewed_with_the_newest_month(world: Any, sign_in: Any) -> None:
    make_cell(world.program, "impressions", MONTHS[-1], 50)
    address = url("report_template_preview", world) + f"?of={world.report_template.pk}"
    page = sign_in(world.manager).post(address, {"name": "Board", "blocks": ["five"]}).content.decode()
    assert "Impressions" in page.partition("</article>")[0]
    assert url("report_template_edit", world, world.report_template.pk) in page
    assert ReportTemplate.objects.get(pk=world.report_template.pk).name == "For the board"


def test_an_older_report_looks_as_it_did(world: Any) -> None:
    assert world.report.blocks == []
    assert ShownReport(world.report).blocks == list(STANDARD)
