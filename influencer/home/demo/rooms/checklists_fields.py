"""The demo's own fields: where an item of the running phase is done, and what it costs."""

from itertools import cycle

from influencer.home.demo import texts
from influencer.home.demo.rooms import Demo
from programs.checklists import filling, own_fields
from programs.checklists.models import Item
from programs.phases.models import PhaseState


def load(demo: Demo) -> None:
    told = texts.read("own_fields")
    keys = []
    for row in told["fields"]:
        field = own_fields.add_field(
            demo.program,
            title=row["title"],
            kind=row["kind"],
            choices=row.get("choices", ()),
            is_column=row["is_column"],
            by=demo.manager,
        )
        keys.append(field.key)
    items = Item.objects.filter(program=demo.program, phase__state=PhaseState.ACTIVE).order_by("pk")
    for item, values in zip(items[: told["filled"]], cycle(told["values"]), strict=False):
        filling.fill_items(demo.program, [item], values=dict(zip(keys, values, strict=True)), by=demo.manager)
