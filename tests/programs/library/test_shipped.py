"""The templates that come with the product: each fits into a program as it is."""

from typing import Any

import pytest
from django.urls import reverse

from programs.checklists.models import Item
from programs.checklists.models_uses import TemplateUse
from programs.library.shipped import shipped
from programs.phases.models import Milestone, Phase
from tests.world import client_of

KEYS = ["seven_phases", "audit", "community", "crisis", "generation", "program_kickoff", "team_kickoff"]


def test_they_are_all_there_and_named_apart(world: Any) -> None:
    assert list(shipped()) == KEYS
    page = client_of("manager", world).get(reverse("programs:library", args=["nordlichter"])).content.decode()
    names = [row["name"]["en"] for row in shipped().values()]
    assert len(set(names)) == len(names)
    assert [name for name in names if name not in page] == []


@pytest.mark.parametrize("key", KEYS)
def test_what_is_due_is_due_within_its_phase(key: str) -> None:
    for phase in shipped()[key]["phases"]:
        last = phase["offset_weeks"] + phase["weeks"]
        assert all((item["due_week"] or 1) <= phase["weeks"] for item in phase["items"]), phase["key"]
        assert all(phase["offset_weeks"] <= mark["offset_weeks"] < last for mark in phase["marks"]), phase["key"]
        assert len({item["key"] for item in phase["items"]}) == len(phase["items"])


@pytest.mark.parametrize("key", KEYS[1:])
def test_each_is_taken_as_a_whole(world: Any, key: str) -> None:
    row, client = shipped()[key], client_of("manager", world)
    address = reverse("programs:template_take", args=["nordlichter", key])
    sent = {"into": "new", "start_on": "2027-03-01", "parts": [part["key"] for part in row["phases"]], "dates": "on"}
    assert client.get(address, sent).status_code == 200
    assert client.post(address, sent | {"version": "1"}).status_code == 302
    use = TemplateUse.objects.latest("pk")
    assert use.key == key
    phases = Phase.objects.filter(pk__in=use.phases)
    assert phases.count() == len(row["phases"])
    assert Item.objects.filter(pk__in=use.items).count() == sum(len(part["items"]) for part in row["phases"])
    assert Milestone.objects.filter(pk__in=use.milestones).count() == sum(len(part["marks"]) for part in row["phases"])
    for item in Item.objects.filter(pk__in=use.items).select_related("phase"):
        assert item.phase.start_on <= item.due_on <= item.phase.end_on
