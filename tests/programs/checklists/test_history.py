"""The history of an item, on its page, for who works on the plan."""

from datetime import timedelta
from typing import Any

from django.urls import reverse

from programs.checklists import batch_services, filling, history, services
from programs.checklists.history import LABELS, WORDS
from programs.checklists.models import Batch, Item
from programs.checklists.verbs import ChecklistsVerb


def swaps(world: Any) -> list[tuple[str, list[tuple[str, str, str]]]]:
    return [
        (line.what, [(str(swap.label), swap.before, swap.after) for swap in line.swaps])
        for line in history.history_of(world.item)
    ]


def test_it_says_what_stood_there_before_and_what_was_taken_back(world: Any, sign_in: Any) -> None:
    by, item = world.manager, world.item
    services.edit_item(item, owner=None, due_on=world.today + timedelta(days=400), by=by)
    filling.fill_items(world.program, [item], values={"site": "Kiel"}, by=by)
    services.tick_item(item, by=world.coach)
    assert [what for what, _ in swaps(world)[:3]] == ["Done", "Changed", "Changed"]
    assert swaps(world)[1][1] == [("Own fields", "–", "Site: Kiel")]
    owner, due = swaps(world)[2][1]
    assert owner == ("Owner", "Coach", "–")
    assert due[0] == "Due"
    assert due[1] != due[2]
    batch_services.undo_batch(Batch.objects.get(before__has_key=str(item.pk)), by=by)
    assert swaps(world)[0] == ("Changed", [("Own fields", "Site: Kiel", "–")])
    page = reverse("programs:item_detail", args=[world.program.slug, item.pk])
    assert "Site: Kiel" in sign_in(world.coach).get(page).content.decode()
    assert "Site: Kiel" not in sign_in(world.influencer).get(page).content.decode(), "the team's own work"


def test_everything_that_is_noted_of_an_item_has_words() -> None:
    assert {verb for verb in ChecklistsVerb if verb.name.startswith("ITEM_")} - {*WORDS} == {
        ChecklistsVerb.ITEM_SCORED  # it is drawn
    }
    fields = {name for name in LABELS if name != "values"}
    assert fields <= {field.name for field in Item._meta.get_fields()}
