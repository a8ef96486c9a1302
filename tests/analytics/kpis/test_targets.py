from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.urls import reverse

from analytics.dashboards import charts
from analytics.dashboards.queries import scene_of
from analytics.kpis.models import Target
from analytics.kpis.queries import targets_of
from core.journal.models import Entry
from tests.factories.reports import MONTHS, point


def url(world: Any) -> str:
    return reverse("analytics:targets", args=[world.program.slug])


def test_targets_are_typed_in_percent_and_kept_as_ratios(world: Any, sign_in: Any) -> None:
    answer = sign_in(world.manager).post(url(world), {"engagement_rate": "4.5", "impressions": "350000"})
    assert answer.status_code == 302
    found = targets_of(world.program)
    assert (found["engagement_rate"], found["impressions"]) == (Decimal("0.0450"), 350_000)
    assert Entry.objects.filter(verb="kpis.targets_set", actor=world.manager).exists()


def test_an_empty_target_goes_back_to_the_products_own(world: Any, sign_in: Any) -> None:
    sign_in(world.manager).post(url(world), {"activity_rate": "70"})
    sign_in(world.manager).post(url(world), {})
    assert not Target.objects.filter(program=world.program).exists()
    assert targets_of(world.program)["activity_rate"] == Decimal("0.50")


def test_targets_say_what_is_wrong_and_keep_what_was_typed(world: Any, sign_in: Any) -> None:
    answer = sign_in(world.manager).post(url(world), {"activity_rate": "700"})
    assert answer.status_code == 422
    assert 'value="700"' in answer.content.decode()


def test_only_the_program_manager_sets_targets(world: Any, sign_in: Any) -> None:
    for member in ("influencer", "coach", "executive", "council"):
        assert sign_in(getattr(world, member)).post(url(world), {}).status_code == 403
    page = sign_in(world.council).get(url(world)).content.decode()
    assert "How it is calculated" in page
    assert '<form method="post" novalidate' not in page


def test_a_generation_and_a_phase_have_their_own_targets_drawn(world: Any, sign_in: Any) -> None:
    manager, generation, phase = sign_in(world.manager), world.generation, world.phase
    manager.post(url(world), {"activity_rate": "70", "impressions": "1000"})
    manager.post(url(world) + f"?of=generation-{generation.pk}", {"activity_rate": "80"})
    manager.post(url(world) + f"?of=phase-{phase.pk}", {"activity_rate": "75", "impressions": "1000"})
    assert targets_of(world.program)["activity_rate"] == Decimal("0.70")
    assert Target.objects.filter(phase=phase).count() == 1, "what equals the program's follows it"
    lines = {}
    for chosen in ("", str(generation.pk)):
        scene = scene_of(world.program, generation=chosen)
        lines[chosen] = (scene.targets["activity_rate"], scene.whose["activity_rate"], scene.targets["impressions"])
    assert lines[""] == (Decimal("0.75"), phase, 1000)
    assert lines[str(generation.pk)] == (Decimal("0.80"), generation, 1000)
    scene.board.lines["activity_rate", "people", generation.pk, "month"] = [point(MONTHS[-1], "0.6")]
    chart = charts.activity(scene)
    assert chart is not None
    assert chart.target is not None
    assert chart.target.label == f"Target 80%, {generation.name}"
    page = manager.get(url(world) + f"?of=generation-{generation.pk}").content.decode()
    assert 'value="80"' in page
    assert 'placeholder="1000"' in page, "what counts while the field is empty"
    manager.post(url(world) + f"?of=generation-{generation.pk}", {})
    assert scene_of(world.program, generation=str(generation.pk)).whose["activity_rate"] == phase


def test_the_target_of_a_phase_is_drawn_from_its_start(world: Any, sign_in: Any) -> None:
    """Months before were not measured against it."""
    phase = world.phase
    sign_in(world.manager).post(url(world) + f"?of=phase-{phase.pk}", {"activity_rate": "75"})
    phase.started_on = MONTHS[-2].replace(day=17)
    phase.save()
    scene = scene_of(world.program)
    scene.board.lines["activity_rate", "people", None, "month"] = [point(month, "0.6") for month in MONTHS]
    chart = charts.activity(scene)
    assert chart is not None
    assert chart.target is not None
    assert chart.target.first == len(chart.labels) - 2
    Target.objects.update(phase=None)
    chart = charts.activity(replace(scene, whose={}))
    assert chart is not None
    assert chart.target is not None
    assert chart.target.first == 0


def test_targets_of_another_programs_generation_are_not_there(world: Any, sign_in: Any) -> None:
    for of in ("generation-1", "phase-1", "x"):
        assert sign_in(world.manager).get(url(world) + f"?of={of}").status_code == 404
