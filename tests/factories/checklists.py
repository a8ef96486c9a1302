"""Checklist items and evidence. In the world the coach owns `item` and nobody owns `free_item`."""

from datetime import date
from typing import Any

from programs.checklists.models import Evidence, Item
from programs.checklists.models_asking import ItemScore
from programs.checklists.models_fields import ItemField
from programs.phases.models import Phase
from tests.factories.attachments import make_attachment
from tests.in_words import folded

ORDER = 40


def make_item(phase: Phase, position: int = 1, **fields: Any) -> Item:
    words = {"title_de": f"Punkt {position}", "title_en": f"Item {position}"}
    return Item.objects.create(program=phase.program, phase=phase, position=position, **folded(words | fields))


def make_note(item: Item, **fields: Any) -> Evidence:
    return Evidence.objects.create(item=item, **({"kind": "note", "text": "Talked about on Monday"} | fields))


def make_file(item: Item, content: bytes = b"%PDF-1.7 minutes", name: str = "minutes.pdf") -> Evidence:
    attachment = make_attachment(item.program_id, kind="evidence", target_id=item.pk, name=name, content=content)
    return make_note(item, kind="file", text=name, attachment=attachment)


def furnish(world: Any) -> None:
    world.item = make_item(world.phase, owner=world.coach_membership)
    world.free_item = make_item(world.phase, 2)
    world.item_field = ItemField.objects.create(
        program=world.program,
        title={"de": "Standort", "en": "Site"},
        key="site",
        kind="choice",
        choices=["Kiel", "Graz"],
    )
    world.evidence = make_file(world.item)
    ItemScore.objects.create(item=world.free_item, on=date(2026, 11, 2), score=4, by=world.manager)
