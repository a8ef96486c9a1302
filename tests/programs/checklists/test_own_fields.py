"""A program's own fields of its items: defined, filled in, listed, removed and brought back, and taken along."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from core.journal.models import Entry
from programs.checklists import filling, own_fields
from programs.checklists.forms_fields import ValuesForm
from programs.checklists.models import Batch, Item
from programs.checklists.models_fields import ItemField
from programs.checklists.room import ROOM
from programs.library import reading, saving, services, taking_services, writing
from programs.library.opened import Opened
from programs.library.safe_yaml import BadFile
from programs.library.taking import plan
from programs.membership.models import Membership, Program, Role
from programs.phases.models import Phase


def url(world: Any, name: str, *args: Any) -> str:
    return reverse(f"programs:{name}", args=[world.program.slug, *args])


def body(answer: Any) -> str:
    return str(answer.content.decode())


def fields_of(world: Any) -> dict[str, ItemField]:
    """One of each kind."""
    made = {
        kind: own_fields.add_field(world.program, title={"en": kind}, kind=kind, by=world.manager, is_column=True)
        for kind in ("text", "number", "date")
    }
    return made | {"choice": world.item_field}


def fill(world: Any, **values: Any) -> None:
    filling.fill_items(world.program, [world.item], values=values, by=world.manager)


def test_a_field_is_defined_and_filled_in_by_who_works_on_the_item(world: Any, sign_in: Any) -> None:
    client = sign_in(world.manager)
    assert "No choice" not in body(client.get(url(world, "item_fields")))
    wrong = client.post(url(world, "item_field_new"), {"title_en": "Area", "kind": "choice", "choices": " \n"})
    assert "at least one choice" in body(wrong)
    client.post(url(world, "item_field_new"), {"title_en": "Cost", "kind": "number", "is_column": "on"})
    cost = ItemField.objects.get(title__icontains="Cost")
    owner = sign_in(world.coach)
    assert "number" in body(owner.post(url(world, "item_values", world.item.pk), {"own_cost": "a lot"})).lower()
    owner.post(url(world, "item_values", world.item.pk), {"own_cost": "1,200.50", "own_site": "Kiel"})
    world.item.refresh_from_db()
    assert world.item.values == {cost.key: 1200.5, "site": "Kiel"}
    page = body(owner.get(url(world, "item_detail", world.item.pk)))
    assert "1,200.50" in page
    entry = Entry.objects.filter(verb="checklists.item_changed").latest("pk")
    assert entry.data["changes"] == {"programs.item.values": ["", "Site: Kiel; Cost: 1,200.50"]}
    client.post(url(world, "item_field_edit", world.item_field.pk), {"title_en": "Site", "choices": "Graz"})
    assert "Kiel" in body(owner.get(url(world, "item_values", world.item.pk))), "what was chosen stays a choice"


def test_two_people_who_fill_in_two_fields_at_once_both_keep_theirs(world: Any) -> None:
    own = list(fields_of(world).values())
    mine = ValuesForm({"own_site": "Kiel"}, item=world.item, fields=own)
    theirs = ValuesForm({"own_number": "9"}, item=world.item, fields=own)
    for form in (mine, theirs):
        assert form.is_valid(), form.errors
    for form in (mine, theirs):
        filling.fill_items(world.program, [world.item], values=form.values, by=world.manager)
    world.item.refresh_from_db()
    assert world.item.values == {"site": "Kiel", "number": 9}


def test_columns_filters_and_order_of_the_list(world: Any, sign_in: Any) -> None:
    own = fields_of(world)
    fill(world, number=9, site="Kiel")
    filling.fill_items(world.program, [world.free_item], values={"number": 10}, by=world.manager)
    client = sign_in(world.manager)
    listed = url(world, "checklists")

    def titles(query: str) -> list[str]:
        page = body(client.get(f"{listed}?{query}"))
        rows = ((page.index(f'id="open-{item.pk}"'), item.title) for item in items if f'id="open-{item.pk}"' in page)
        return [title for _place, title in sorted(rows)]

    items = [world.item, world.free_item]
    assert titles("own-site=Kiel") == ["Item 1"]
    assert titles("own-site=~empty") == ["Item 2"]
    assert titles("own-number=~filled&sort=own-number") == ["Item 1", "Item 2"], "as numbers, not as words"
    assert "<span>9<" in body(client.get(listed))
    assert own["choice"].title not in body(client.get(listed)).partition("<thead>")[2].partition("</thead>")[0]
    assert "Kiel" in body(client.get(f"{listed}?format=csv")), "also what is no column"


def test_a_removed_field_comes_back_with_what_stood_in_it(
    world: Any, sign_in: Any, django_capture_on_commit_callbacks: Any
) -> None:
    fill(world, site="Kiel")
    client = sign_in(world.manager)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url(world, "item_field_delete", world.item_field.pk))
    assert "<dd>Kiel" not in body(client.get(url(world, "item_detail", world.item.pk)))
    assert own_fields.add_field(world.program, title={"en": "Site"}, kind="text", by=world.manager).key == "site-2"
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url(world, "item_field_restore", world.item_field.pk))
    assert "<dd>Kiel" in body(client.get(url(world, "item_detail", world.item.pk)))
    ItemField.objects.filter(pk=world.item_field.pk).update(deleted_at=timezone.now() - timedelta(days=31))
    for job in ROOM.retention:
        job()
    world.item.refresh_from_db()
    assert world.item.values == {}


def test_a_template_takes_the_fields_along_and_what_was_chosen_but_nothing_that_was_written(world: Any) -> None:
    fields_of(world)
    fill(world, site="Kiel", text="Ask Ms Sommer", number=3)
    phases = saving.content_of(list(Phase.objects.filter(program=world.program)))
    head = {"key": "ours", "version": 1, "name": {"en": "Ours"}, "fields": saving.fields_of(world.program)}
    row = services.add_template(world.program, head | {"phases": phases}, by=world.manager)
    written = writing.write(services.latest(row))
    assert "Sommer" not in written
    assert reading.read(written) == services.latest(row)

    other = Program.objects.create(name="Other", slug="other", company_name="O", start_on=world.today)
    Membership.objects.create(program=other, user=world.manager, role=Role.MANAGER)
    opened = Opened(other, services.latest(row), row)
    use = taking_services.take(opened, plan(opened.content, start_on=world.today), by=world.manager)
    assert {field.key for field in own_fields.fields_of(other)} == {"site", "text", "number", "date"}
    assert Item.objects.filter(program=other, values={"site": "Kiel"}).count() == 1
    taking_services.take_back(use, by=world.manager)
    assert own_fields.fields_of(other) == []


FILE = """\
name: Ours
fields:
- name: Area
  kind: choice
  choices: [Sales]
phases:
- name: First
  items:
  - title: One
    values: {area: Sails}
  - title: Two
    values: {owner: Me}
"""


def test_a_file_names_the_lines_of_values_that_fit_no_field() -> None:
    with pytest.raises(BadFile) as caught:
        reading.read(FILE)
    assert [fault.line for fault in caught.value.faults] == [10, 12]
    assert (
        reading.read(FILE.replace("Sails", "Sales").replace("owner: Me", "area: Sales"))["fields"][0]["key"] == "area"
    )


def test_an_own_field_may_be_called_name() -> None:
    text = FILE.replace("Area", "Name").replace("area: Sails", "name: Sales").replace("owner: Me", "name: Sales")
    assert reading.read(text)["phases"][0]["items"][0]["values"] == {"name": "Sales"}


def test_what_is_restored_finds_no_room_when_there_are_as_many_as_may_be(world: Any, sign_in: Any) -> None:
    own_fields.delete_field(world.item_field, by=world.manager)
    for number in range(own_fields.MOST_OWN_FIELDS):
        own_fields.add_field(world.program, title={"en": f"Field {number}"}, kind="text", by=world.manager)
    client = sign_in(world.manager)
    assert "at most 12" in body(client.post(url(world, "item_field_restore", world.item_field.pk), follow=True))
    assert len(own_fields.fields_of(world.program)) == own_fields.MOST_OWN_FIELDS


def test_an_own_field_is_filled_in_on_the_row_by_who_works_on_the_item(world: Any, sign_in: Any) -> None:
    cost = fields_of(world)["number"]
    cell = url(world, "item_own_cell", world.item.pk, cost.key)
    lists, owner, other = url(world, "checklists"), sign_in(world.coach), sign_in(world.team)
    assert f'hx-get="{cell}' in body(owner.get(lists))
    assert f'hx-get="{cell}' not in body(other.get(lists)), "who does not work on this item reads it"
    assert "cellform" in body(owner.get(cell, headers={"HX-Request": "true"}))
    wrong = owner.post(cell, {f"own_{cost.key}": "a lot"}, headers={"HX-Request": "true"})
    assert (wrong.status_code, wrong["HX-Retarget"]) == (422, f"#cell-{world.item.pk}-own-{cost.key}")
    owner.post(cell, {f"own_{cost.key}": "12", "own_site": "Kiel", "next": lists})
    world.item.refresh_from_db()
    assert world.item.values == {cost.key: 12}, "and no other field"
    back = url(world, "batch_undo", Batch.objects.get(by=world.coach, before__has_key=str(world.item.pk)).pk)
    assert other.post(back).status_code == 403, "only who did it, or leads the program"
    owner.post(back)
    world.item.refresh_from_db()
    assert world.item.values == {}
    own_fields.delete_field(cost, by=world.manager)
    assert owner.get(cell).status_code == 404


def test_an_own_field_is_filled_in_for_all_chosen_items_and_taken_back(world: Any, sign_in: Any) -> None:
    fields_of(world)
    fill(world, number=9, site="Kiel")
    client, change = sign_in(world.manager), url(world, "items_change")
    assert 'value="own_number"' in body(client.get(url(world, "checklists")))
    chosen = {"pk": [world.item.pk, world.free_item.pk], "own_number": "12", "own_site": ""}
    assert "number" in body(client.post(change, chosen | {"do": "own_number", "own_number": "a lot"}, follow=True))
    assert Item.objects.get(pk=world.free_item.pk).values == {}, "nothing is changed where a value is none"
    client.post(change, chosen | {"do": "own_number"})
    kept = [Item.objects.get(pk=pk).values for pk in chosen["pk"]]  # type: ignore[attr-defined]
    assert kept == [{"number": 12, "site": "Kiel"}, {"number": 12}], "the field whose button was pressed, and no other"
    fill(world, number=13)  # by somebody else, before it is taken back
    batch = Batch.objects.get(pk=next(row.pk for row in Batch.objects.all() if len(row.before) > 1))
    client.post(url(world, "batch_undo", batch.pk))
    kept = [Item.objects.get(pk=pk).values for pk in chosen["pk"]]  # type: ignore[attr-defined]
    assert kept == [{"number": 13, "site": "Kiel"}, {}], "what was changed since stays"
