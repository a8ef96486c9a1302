from decimal import Decimal
from typing import Any

from django.urls import reverse

from analytics.kpis.models import Target
from analytics.kpis.queries import targets_of
from core.journal.models import Entry


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
