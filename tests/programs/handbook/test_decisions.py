"""The log of decisions as a list."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from tests.factories.handbook import make_decision


def test_decisions_are_found_narrowed_and_taken_along(world: Any, sign_in: Any) -> None:
    address, today = reverse("programs:decisions", args=[world.program.slug]), timezone.localdate()
    due, later = make_decision(world.program, 7), make_decision(world.program, 8)
    for decision, text, check in ((due, "Hour on Fridays", today), (later, "Texts go out", today + timedelta(days=9))):
        decision.text, decision.check_on = {"en": text}, check
        decision.save()
    client = sign_in(world.influencer)

    def found(query: str) -> set[int]:
        page = client.get(f"{address}?{query}").content.decode()
        return {number for number in (7, 8) if f'id="decision-{number}"' in page}

    assert found("") == {7, 8}
    assert (found("check=due"), found("check=later"), found("check=none")) == ({7}, {8}, set())
    assert (found("q=fridays+hour"), found("q=fridays+texts")) == ({7}, set())
    page = client.get(address).content.decode()
    assert page.index("decision-8") < page.index("decision-7")
    page = client.get(f"{address}?sort=number").content.decode()
    assert page.index("decision-7") < page.index("decision-8")
    assert client.get(f"{address}?check=due&sort=-number&q=").url == f"{address}?check=due"
    file = client.get(f"{address}?check=due&format=csv").content.decode()
    assert "Hour on Fridays" in file
    assert "Texts go out" not in file
    assert reverse("programs:decision_delete", args=[world.program.slug, due.pk]) not in page
