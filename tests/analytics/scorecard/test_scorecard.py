"""The strategy map: aims with published figures, what leads to what, and the figures in the order of frameworks."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from analytics.kpis.models import Cell
from analytics.scorecard import services
from analytics.scorecard.frames import FRAMES
from analytics.scorecard.models import StrategyAim, StrategyLine
from analytics.scorecard.pages import LatestFigures, state_of
from core.journal.models import Entry
from tests.factories.kpis import make_cell
from tests.world import client_of


def page(client: Client, world: Any, **query: str) -> str:
    answer = client.get(reverse("analytics:scorecard", args=[world.program.slug], query=query))
    assert answer.status_code == 200
    return answer.content.decode()


def test_everybody_reads_what_leads_to_what_with_the_same_number_of_queries(world: Any) -> None:
    client = client_of("influencer", world)
    page(client, world)
    with CaptureQueriesContext(connection) as one:
        seen = page(client, world)
    assert "Be heard" in seen
    assert 'href="#aim-' in seen
    assert "A mistake" not in seen
    assert reverse("analytics:aim_new", args=[world.program.slug]) not in seen
    for number in range(2):
        services.add_aim(world.program, text=f"Aim {number}", kpi="impressions", feeds=[world.aim], by=world.manager)
    with CaptureQueriesContext(connection) as three:
        assert "Aim 1" in page(client, world)
    assert len(three) == len(one)


@pytest.mark.parametrize(
    ("direction", "value", "target", "state"),
    [
        ("up", "10", "10", "reached"),
        ("up", "9", "10", "nearly"),
        ("up", "5", "10", "missing"),
        ("up", "5", "0", ""),
        ("down", "8", "10", "reached"),
        ("down", "20", "10", "missing"),
        ("none", "20", "10", ""),
    ],
)
def test_a_figure_is_held_against_its_target(direction: str, value: str, target: str, state: str) -> None:
    assert state_of(direction, Decimal(value), Decimal(target)) == state


def test_a_hidden_figure_says_why_and_never_its_number(world: Any) -> None:
    """What is on the map is what was published, nothing of a cell that was hidden."""
    Cell.objects.filter(program=world.program).delete()
    month = timezone.localdate().replace(day=1)
    same: dict[str, Any] = {"program": world.program, "series": "people", "period": "month", "start_on": month}
    Cell.objects.create(**same, kpi="engagement_rate", formula_version=1, state="too_few", published_at=timezone.now())
    figure = LatestFigures(world.program, {"engagement_rate"}).shown("engagement_rate")
    assert figure is not None
    assert figure.value == ""
    assert figure.note.startswith("Fewer than")


@pytest.mark.parametrize(("value", "state"), [("0.75", ""), ("0.85", "reached")])
def test_at_least_so_much_is_not_short_of_its_target(world: Any, value: str, state: str) -> None:
    Cell.objects.filter(program=world.program).delete()
    month = timezone.localdate().replace(day=1)
    make_cell(world.program, "value_mix", month, value, is_floor=True)
    figure = LatestFigures(world.program, {"value_mix"}).shown("value_mix")
    assert figure is not None
    assert figure.target
    assert figure.state == state


def test_each_framework_shows_its_figures(world: Any) -> None:
    client = client_of("executive", world)
    for frame in FRAMES:
        seen = page(client, world, view=frame.key)
        assert all(str(section.name) in seen for section in frame.sections)
    assert "The catalogue has no figure for this side." in page(client, world, view="triangle")


def test_the_manager_changes_the_map_and_takes_it_back(world: Any) -> None:
    client, aim = client_of("manager", world), world.aim
    edit = reverse("analytics:aim_edit", args=[world.program.slug, aim.pk])
    client.post(edit, {"text": "Be listened to", "perspective": "others", "kpi": "", "place": 2, "feeds": []})
    seen = page(client, world)
    assert "Be listened to" in seen
    assert 'href="#aim-' not in seen
    client.post(reverse("analytics:aim_remove", args=[world.program.slug, aim.pk]))
    assert f'id="aim-{aim.pk}"' not in page(client, world)
    client.post(reverse("analytics:aim_restore", args=[world.program.slug, aim.pk]))
    assert "Be listened to" in page(client, world)


def test_an_empty_map_teaches(world: Any) -> None:
    StrategyAim.objects.all().delete()
    for role in ("manager", "executive"):
        assert "No strategy map yet" in page(client_of(role, world), world)


def line_of(world: Any, source: StrategyAim, goal: StrategyAim) -> StrategyLine:
    return StrategyLine.objects.get(source=source, goal=goal, source__program=world.program)


def test_a_line_is_drawn_once_and_is_an_assumption_until_it_says_what_proves_it(world: Any) -> None:
    client, slug = client_of("manager", world), world.program.slug
    other = services.add_aim(world.program, text="Have time", perspective="learning", by=world.manager)
    draw = reverse("analytics:line_draw", args=[slug, other.pk])
    for _press in range(2):
        client.post(draw, {"goal": world.aim.pk})
    line = line_of(world, other, world.aim)
    assert not line.is_proven
    edit = reverse("analytics:line_edit", args=[slug, other.pk, world.aim.pk])
    assert client.post(edit, {"is_proven": "proven", "why": ""}).status_code == 422
    assert client.post(edit, {"is_proven": "proven", "why": "Six months of figures."}).status_code == 302
    for role in ("executive", "influencer"):
        seen = page(client_of(role, world), world)
        assert "Six months of figures." in seen
        assert edit not in seen
        assert "data-draw" not in seen
    client.post(reverse("analytics:line_remove", args=[slug, other.pk, world.aim.pk]))
    assert "Six months of figures." not in page(client, world)
    client.post(reverse("analytics:line_restore", args=[slug, other.pk, world.aim.pk]))
    assert "Six months of figures." in page(client, world)


def test_a_line_that_was_removed_comes_back_as_an_assumption(world: Any) -> None:
    services.remove_line(world.strategy_line, by=world.manager)
    line = services.draw_line(world.aim, world.top_aim, by=world.manager)
    assert (line.is_proven, line.why, StrategyLine.objects.count()) == (False, "", 1)


def test_no_line_leads_to_itself_or_to_another_program(world: Any) -> None:
    client = client_of("manager", world)
    draw = reverse("analytics:line_draw", args=[world.program.slug, world.aim.pk])
    elsewhere = StrategyAim.objects.create(program=world.other_program, text="Elsewhere")
    for goal in (world.aim.pk, elsewhere.pk, world.removed_aim.pk, "x"):
        assert client.post(draw, {"goal": goal}).status_code == 302
    assert StrategyLine.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        StrategyLine.objects.create(source=world.aim, goal=world.aim)
    with pytest.raises(IntegrityError), transaction.atomic():
        StrategyLine.objects.create(source=world.top_aim, goal=world.aim, is_proven=True)


def test_a_card_is_put_down_where_it_was_dragged_to(world: Any) -> None:
    client = client_of("manager", world)
    more = [
        services.add_aim(world.program, text=f"Aim {n}", perspective="impact", place=n, by=world.manager)
        for n in (2, 3)
    ]
    move = reverse("analytics:aim_move", args=[world.program.slug, world.aim.pk])
    answer = client.post(move, {"perspective": "impact", "place": 2})
    assert answer.headers["Location"].endswith(f"#aim-{world.aim.pk}")
    row = StrategyAim.objects.present().filter(program=world.program, perspective="impact")
    assert [aim.pk for aim in row] == [world.top_aim.pk, world.aim.pk, *(aim.pk for aim in more)]
    client.post(move, {"perspective": "nowhere", "place": 2})
    world.aim.refresh_from_db()
    assert world.aim.perspective == "impact"
    assert Entry.objects.filter(verb="scorecard.moved", subject_id=world.aim.pk).count() == 1


def test_the_plain_form_keeps_what_was_said_of_a_line(world: Any) -> None:
    other = services.add_aim(world.program, text="Another", perspective="impact", by=world.manager)
    services.edit_aim(world.aim, by=world.manager, feeds=[world.top_aim, other])
    assert line_of(world, world.aim, world.top_aim).why == "Shown by a study."
    services.edit_aim(world.aim, by=world.manager, feeds=[other])
    assert line_of(world, world.aim, world.top_aim).deleted_at is not None
