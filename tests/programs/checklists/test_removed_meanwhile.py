"""Something is added to a phase that is removed at the same moment: a clear sentence, never an error."""

from typing import Any

import pytest
from django.urls import reverse

from programs.checklists import batch_services, item_views, parts, services
from programs.checklists.models import Item
from programs.phases import services as phases
from programs.phases.models import Phase
from programs.phases.services import PhaseWasRemoved
from tests.factories.phases import make_milestone


def gone(world: Any) -> Phase:
    phase, other = Phase.objects.filter(program=world.program)[:2]
    parts.remove_phase(phase, into=other, by=world.manager)
    return phase


def test_the_service_says_so(world: Any) -> None:
    with pytest.raises(PhaseWasRemoved):
        services.add_item(gone(world), title={"en": "Late"}, by=world.manager)


def test_the_page_says_so(world: Any, sign_in: Any, monkeypatch: Any) -> None:
    client, phase = sign_in(world.manager), gone(world)
    phase.program = world.program
    monkeypatch.setattr(item_views, "get_phase", lambda user, slug, pk: phase)  # as it was when the page looked
    there = reverse("programs:item_new", args=[world.program.slug, phase.pk])
    page = client.post(there, {"title_de": "Spät", "title_en": "Late", "ask_every": "0"}, follow=True)
    assert "The phase was removed in the meantime." in page.content.decode()


def test_the_only_phase_is_not_removed(world: Any, sign_in: Any) -> None:
    phases = list(Phase.objects.filter(program=world.program))
    for phase in phases[1:]:
        parts.remove_phase(phase, into=phases[0], by=world.manager)
    there = reverse("programs:phase_remove", args=[world.program.slug, phases[0].pk])
    page = sign_in(world.manager).get(there, follow=True)
    assert "This is the only phase." in page.content.decode()


def test_a_date_for_it_is_not_planned(world: Any) -> None:
    with pytest.raises(PhaseWasRemoved):
        phases.add_milestone(
            world.program, title={"en": "Late"}, kind="milestone", on=world.today, phase=gone(world), by=world.manager
        )


def test_a_date_is_not_moved_there(world: Any) -> None:
    milestone = make_milestone(world.program)
    with pytest.raises(PhaseWasRemoved):
        phases.edit_milestone(milestone, phase=gone(world), by=world.manager)


def test_items_are_not_moved_there(world: Any) -> None:
    items = list(Item.objects.filter(program=world.program)[:1])
    with pytest.raises(PhaseWasRemoved):
        batch_services.change_items(world.program, items, phase=gone(world), by=world.manager)


def test_a_page_that_says_nothing_better_gives_back_what_was_typed(world: Any, sign_in: Any, monkeypatch: Any) -> None:
    client, phase = sign_in(world.manager), gone(world)

    def removed(*_: Any, **__: Any) -> None:
        raise PhaseWasRemoved(phase.pk)

    monkeypatch.setattr(phases, "add_milestone", removed)
    there = reverse("programs:milestone_new", args=[world.program.slug])
    on = world.today.isoformat()
    page = client.post(there, {"title_de": "Spät", "title_en": "So very late", "kind": "milestone", "on": on})
    assert page.status_code == 404
    assert "So very late" in page.content.decode()
