"""Who opened a report is told to who makes it: executives and program managers, by name and day, and nobody else."""

from typing import Any

from django.urls import reverse

from analytics.reports.opened import came_in, openers_of
from analytics.reports.verbs import ReportsVerb
from core.journal import services as journal
from tests.world import client_of


def address(world: Any, name: str = "report_detail") -> str:
    return reverse(f"analytics:{name}", args=[world.program.slug, world.report.pk])


def test_its_makers_see_who_in_office_opened_it_and_nobody_else_does(world: Any) -> None:
    for role in ("executive", "council"):
        seen = client_of(role, world).get(address(world)).content.decode()
        assert "Program managers see which executives and program managers opened this report" in seen
        assert "Opened by" not in seen
    client_of("executive", world).get(address(world, "report_pdf"))
    page = client_of("manager", world).get(address(world)).content.decode()
    assert "Opened by 2 people in office" in page
    assert {each.user for each in openers_of(world.report)} == {world.executive, world.manager}
    opened = page[page.index("Opened by") :]
    assert world.executive.name in opened
    assert world.council.name not in opened


def test_who_is_no_longer_in_office_and_the_administrator_are_not_named(world: Any) -> None:
    journal.record_view(ReportsVerb.READ, world.report, by=world.influencer)
    entry = journal.record_view(ReportsVerb.READ, world.report, by=world.manager)
    type(entry).objects.filter(pk=entry.pk).update(is_by_administrator=True)
    assert openers_of(world.report) == []


def test_the_start_page_says_what_came_in_today(world: Any) -> None:
    executive, manager = client_of("executive", world), client_of("manager", world)
    home = f"/p/{world.program.slug}/"
    executive.get(address(world))
    said = f"{world.executive.name} opened the report October 2026"
    assert said in manager.get(home).content.decode()
    assert said not in executive.get(home).content.decode()
    answer = {"answer": "asked", "text": "How much?", "seen": world.decision_word.pk}
    executive.post(address(world, "report_decide"), answer)
    assert f"{world.executive.name} asked back, October 2026" in manager.get(home).content.decode()


def test_what_was_withdrawn_and_what_the_council_reads_has_not_come_in(world: Any) -> None:
    journal.record(ReportsVerb.AGREED, world.report, by=world.executive)
    journal.record(ReportsVerb.TAKEN_BACK, world.report, by=world.executive)
    journal.record_view(ReportsVerb.READ, world.report, by=world.council)
    told = [(each.verb, each.name) for each in came_in(world.program, world.today)]
    assert ("reports.agreed", world.executive.name) not in told
    assert world.council.name not in [name for _verb, name in told]
