"""The charter: ranked goals with their figures, backing, roles with their history, stakeholders, risks, budget."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from programs.charter import chapters, queries, services
from programs.charter.line_kinds import KINDS
from programs.charter.models import BudgetLine, Charter, DutyHolder, Risk
from programs.membership.models import Goal
from programs.membership.services import update_program
from tests.factories.charter import make_row
from tests.world import client_of

LISTS = ("charter", "charter_duties", "charter_stakeholders", "charter_risks", "charter_budget")


def url(world: Any, name: str = "charter", *args: Any) -> str:
    return reverse(f"programs:{name}", args=[world.program.slug, *args])


def body(response: Any) -> str:
    return str(response.content.decode())


# --- goals ------------------------------------------------------------------------------------------------------------


def test_goals_are_ranked_and_shown_by_figures_of_the_product(world: Any) -> None:
    sent = {
        "goal_1": "Be trusted",
        "figures_1": ["dialog_rate"],
        "goal_3": "Be found",
        "privileges_en": "- News first\n- A photo",
        "reason_de": "Fachkräfte fehlen",
    }
    assert client_of("manager", world).post(url(world, "charter_edit"), sent).status_code == 302
    assert list(world.program.goals.values_list("rank", "text", "figures")) == [
        (1, "Be trusted", ["dialog_rate"]),
        (2, "Be found", []),
    ]
    page = body(client_of("manager", world).get(url(world)))
    assert "Be trusted" in page
    assert reverse("analytics:targets", args=[world.program.slug]) in page
    assert queries.privileges_of(world.program) == ["News first", "A photo"]
    assert "News first" in body(client_of("manager", world).get(url(world, "timeline")))
    update_program(world.program, goals=["Be found", "Be trusted"], by=world.manager)  # ranked anew elsewhere
    assert world.program.goals.get(text="Be trusted").figures == ["dialog_rate"]
    assert chapters.goals(world.program).rows[1][:2] == ("2", "Be trusted")


def test_a_figure_that_is_no_longer_known_is_left_out(world: Any) -> None:
    world.program.goals.update(figures=["gone", "dialog_rate"])
    assert [[each.key for each in figures] for _goal, figures in queries.goals_page(world.program)] == [["dialog_rate"]]


@pytest.mark.parametrize(
    "sent",
    [
        {"goal_1": "One", "goal_2": "One"},
        {"goal_1": "One", "figures_1": ["nonsense"]},
        {"goal_1": "x" * 200},
        {
            "goal_1": "One",
            "figures_1": ["dialog_rate", "value_mix", "time_budget", "impressions", "posts", "network_growth"],
        },
    ],
)
def test_what_cannot_be_is_said_and_kept(sent: dict[str, Any], world: Any) -> None:
    before = list(world.program.goals.values_list("text", flat=True))
    answer = client_of("manager", world).post(url(world, "charter_edit"), sent)
    assert answer.status_code == 422
    assert sent["goal_1"] in body(answer)
    assert list(world.program.goals.values_list("text", flat=True)) == before


def test_the_database_takes_three_goals(world: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Goal.objects.create(program=world.program, rank=4, text="A fourth")


# --- the lists --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_line_is_added_changed_deleted_and_taken_back(kind: str, world: Any) -> None:
    sent = {
        "given_by": "Council of managers", "text": "New words", "given_on": "2026-05-04", "title": "New words",
        "title_en": "New words", "name": "Sales", "influence": 1, "interest": 2, "attitude": "supports",
        "likelihood": 1, "impact": 1, "kind": "time", "planned": "12", "actual": "2,5", "rate": "60",
    }  # fmt: skip
    before = set(KINDS[kind].model._default_manager.values_list("pk", flat=True))
    with translation.override("en"):
        answer = client_of("manager", world).post(url(world, "charter_row_new", kind), sent)
    assert answer.status_code == 302, body(answer)
    (pk,) = set(KINDS[kind].model._default_manager.values_list("pk", flat=True)) - before
    page = answer.url
    said = str(KINDS[kind].model._default_manager.get(pk=pk))
    assert said in body(client_of("manager", world).get(page))
    assert client_of("manager", world).get(url(world, "charter_row_edit", kind, pk)).status_code == 200
    assert client_of("manager", world).post(url(world, "charter_row_edit", kind, pk), sent).status_code == 302
    client_of("manager", world).post(url(world, "charter_row_delete", kind, pk))
    client_of("manager", world).get(page)  # the sentence that says so is read
    assert said not in body(client_of("manager", world).get(page))
    client_of("manager", world).post(url(world, "charter_row_restore", kind, pk))
    assert said in body(client_of("manager", world).get(page))


@pytest.mark.parametrize("path", ["nonsense/new/", "nonsense/1/", "risk/999999/"])
def test_a_list_or_a_line_that_is_not_there(path: str, world: Any) -> None:
    assert client_of("manager", world).get(f"{url(world)}{path}").status_code == 404


@pytest.mark.parametrize("name", LISTS)
def test_an_empty_page_leads_on(name: str, world: Any) -> None:
    for kind in KINDS.values():
        kind.model._default_manager.all().delete()
    world.program.goals.all().delete()
    found = body(client_of("manager", world).get(url(world, name)))
    assert "/new/" in found or "/edit/" in found


def test_one_row_costs_as_many_queries_as_three(world: Any) -> None:
    def asked() -> list[int]:
        found = []
        for page in LISTS:
            with CaptureQueriesContext(
                connection,
            ) as seen:
                client_of("manager", world).get(url(world, page))
            found.append(len(seen))
        return found

    asked()
    before = asked()
    for kind in KINDS:
        more = {"holders": {f"m{world.coach_membership.pk}": "R"}} if kind == "duty" else {}
        for _ in range(2):
            make_row(world.program, kind, world.manager, **more)
    asked()
    assert asked() == before


# --- roles ------------------------------------------------------------------------------------------------------------


def test_who_had_a_part_before_stays_in_the_history(world: Any) -> None:
    coach, group = f"m{world.coach_membership.pk}", f"s{world.stakeholder.pk}"
    duty, kind = world.duty, KINDS["duty"]
    with time_machine.travel(date.today() + timedelta(days=40)):
        services.change_row(duty, kind, by=world.manager, holders={group: "A", coach: "C"})
    now = {row.key: row.part for row in queries.holders_now(duty)}
    assert now == {group: "A", coach: "C"}
    assert sorted(row.part for row in queries.former_holders(world.program)) == ["A", "I"]
    matrix = queries.matrix_of(world.program)
    assert [[holder.part if holder else "" for holder in row] for _duty, row in matrix.rows] == [["A", "C"]]
    assert str(world.coach) in body(client_of("manager", world).get(url(world, "charter_duties")))
    services.change_row(duty, kind, by=world.manager, holders={group: "A"})  # a slip of the same day is no history
    assert chapters.duties(world.program).rows[0][1].startswith("Middle management")


def test_one_is_accountable(world: Any) -> None:
    coach = f"m{world.coach_membership.pk}"
    twice = {"title_en": "Press", "accountable": coach, "responsible": [coach]}
    assert client_of("manager", world).post(url(world, "charter_row_new", "duty"), twice).status_code == 422
    with pytest.raises(IntegrityError), transaction.atomic():
        DutyHolder.objects.create(duty=world.duty, stakeholder=world.stakeholder, part="A", since=date.today())
    with pytest.raises(IntegrityError), transaction.atomic():
        DutyHolder.objects.create(duty=world.duty, part="I", since=date.today())


def test_who_has_left_and_what_was_deleted_have_no_part_any_more(world: Any) -> None:
    type(world.coach_membership).objects.filter(pk=world.coach_membership.pk).update(ended_at=timezone.now())
    assert chapters.duties(world.program).rows[0][1].startswith("Middle management")
    assert queries.matrix_of(world.program).columns == ["Middle management"]
    services.delete_row(world.stakeholder, KINDS["stakeholder"], by=world.manager)
    assert not queries.holders_now(world.duty)
    assert chapters.duties(world.program).rows[0][1] == ""


def test_two_who_write_in_different_fields_both_keep_theirs(world: Any) -> None:
    manager, kind, pk = client_of("manager", world), "budget", world.budget_line.pk

    def shown(address: str) -> dict[str, Any]:
        form = manager.get(address).context["form"]
        given = {name: form[name].value() for name in form.fields if form[name].value() is not None}
        words = {f"{name}_{code}": text for name in given for code, text in getattr(given[name], "texts", {}).items()}
        return {name: value for name, value in given.items() if not hasattr(value, "texts")} | words

    edit = url(world, "charter_row_edit", kind, pk)
    one, other = shown(edit), shown(edit)
    assert manager.post(edit, one | {"title": "Workshops"}).status_code == 302
    assert manager.post(edit, other | {"actual": "7"}).status_code == 302
    line = BudgetLine.objects.get(pk=pk)
    assert (line.title, line.planned, line.actual) == ("Workshops", Decimal("1200.50"), Decimal(7))
    duty = url(world, "charter_row_edit", "duty", world.duty.pk)
    one, other = shown(duty), shown(duty)
    manager.post(duty, one | {"informed": [], "consulted": [f"s{world.stakeholder.pk}"]})
    manager.post(duty, other | {"title_en": "Editing"})
    world.duty.refresh_from_db()
    assert world.duty.title.texts["en"] == "Editing"
    assert sorted(holder.part for holder in queries.holders_now(world.duty)) == ["A", "C"]
    charter = url(world, "charter_edit")
    one, other = shown(charter), shown(charter)
    manager.post(charter, one | {"goal_1": "Be trusted"})
    manager.post(charter, other | {"reason_en": "Too few apply"})
    assert world.program.goals.get(rank=1).text == "Be trusted"
    assert Charter.objects.get(program=world.program).reason.texts == {"en": "Too few apply"}


# --- stakeholders, risks, budget --------------------------------------------------------------------------------------


def test_the_map_puts_influence_on_top_and_interest_at_the_right(world: Any) -> None:
    sales = make_row(world.program, "stakeholder", world.manager, name="Sales", influence=1, interest=3)
    fields = queries.stakeholder_map(list(queries.stakeholders_of(world.program)))
    assert fields[0][0].names == [world.stakeholder]
    assert fields[2][2].names == [sales]


@pytest.mark.parametrize(("likelihood", "impact", "light"), [(1, 2, "good"), (1, 3, "watch"), (2, 3, "act")])
def test_a_risk_has_a_light(likelihood: int, impact: int, light: str) -> None:
    assert Risk(likelihood=likelihood, impact=impact).light == light


def test_the_heaviest_risk_comes_first_and_what_is_over_last(world: Any) -> None:
    worst = make_row(world.program, "risk", world.manager, likelihood=3, impact=3)
    over = make_row(world.program, "risk", world.manager, likelihood=3, impact=3, is_over=True)
    assert queries.risks_of(world.program) == [worst, world.risk, over]


def test_working_time_is_money_as_well(world: Any) -> None:
    sent = {"title": "Team", "kind": "time", "planned": "1.000,5", "actual": "10", "rate": "62,40"}
    client_of("manager", world).get("/", headers={"accept-language": "de"})
    with translation.override("de"):
        form = KINDS["budget"].form(sent, program=world.program)
        assert form.is_valid(), form.errors
    line = services.add_row(world.program, KINDS["budget"], by=world.manager, **form.cleaned_data)
    assert isinstance(line, BudgetLine)
    assert line.planned_cost == Decimal("62431.20")
    sums = queries.totals(list(queries.budget_of(world.program)))
    assert (sums.planned, sums.actual) == (Decimal("63631.70"), Decimal("624.00"))
    assert (sums.planned_hours, sums.left) == (Decimal("1000.5"), Decimal("63007.70"))


def test_working_time_needs_a_rate_and_money_has_none(world: Any) -> None:
    sent = {"title": "Team", "kind": "time", "planned": "10", "actual": "0"}
    assert client_of("manager", world).post(url(world, "charter_row_new", "budget"), sent).status_code == 422
    for wrong in ({"kind": "time", "rate": None}, {"kind": "money", "rate": 3}, {"kind": "money", "planned": -1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            BudgetLine.objects.create(program=world.program, title="x", **({"planned": 1} | wrong))


# --- objections -------------------------------------------------------------------------------------------------------


def test_objections_are_found_in_both_languages_and_copied(world: Any) -> None:
    assert [each.key for each in queries.objections("ranglisten person")] == ["monitoring"]
    assert [each.key for each in queries.objections("rankings")] == ["monitoring"]
    page = body(client_of("influencer", world).get(url(world, "objections") + "?q=monitoring"))
    assert page.count("data-copy=") == 2
    assert "data-copy=" not in body(client_of("influencer", world).get(url(world, "objections") + "?q=xyzzy"))


def test_a_charter_is_one_per_program(world: Any) -> None:
    Charter.objects.create(program=world.program)
    with pytest.raises(IntegrityError), transaction.atomic():
        Charter.objects.create(program=world.program)
