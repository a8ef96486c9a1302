"""A template is changed: each saving is a version, two people lose nothing, and a program hears of what is newer."""

from copy import deepcopy
from typing import Any

import pytest
from django.urls import reverse

from core.journal.models import Entry
from programs.library import comparing, services, shape, taking, taking_services
from programs.library.models import PlanTemplate
from programs.library.opened import Opened
from programs.library.shipped import shipped
from tests.factories.library import content, make_use
from tests.world import client_of


def body(response: Any) -> str:
    return str(response.content.decode())


def url(name: str, *args: Any) -> str:
    return reverse(f"programs:{name}", args=["nordlichter", *args])


def phase_data(**changes: Any) -> dict[str, Any]:
    """The first phase as its form sends it."""
    data = {
        "name_en": "Prepare", "name_de": "Vorbereiten", "aim_en": "Everybody knows why", "first_week": 1, "weeks": 2,
        "based_on": 1, "key": "prepare", "items-TOTAL_FORMS": 3, "items-INITIAL_FORMS": 2,
        "items-0-title_en": "Book a room", "items-0-title_de": "Raum buchen", "items-0-must": "on",
        "items-0-due_week": 1, "items-0-ask_every": 0, "items-0-key": "room",
        "items-1-title_en": "Invite everybody", "items-1-hint_en": "By name", "items-1-must": "on",
        "items-1-due_week": 2, "items-1-ask_every": 0, "items-1-key": "list",
        "items-2-title_en": "", "items-2-must": "on", "items-2-ask_every": 0,
    }  # fmt: skip
    return data | changes


def test_a_phase_sent_as_it_was_is_no_new_version(world: Any) -> None:
    address = url("template_phase", world.template.ref, 1)
    page = body(client_of("manager", world).get(address))
    for words in ('value="Book a room"', "Another item", 'name="items-TOTAL_FORMS" value="5"'):
        assert words in page
    assert client_of("manager", world).post(address, phase_data()).status_code == 302
    world.template.refresh_from_db()
    assert world.template.version == 1


def test_items_are_added_changed_and_removed_and_undone(world: Any) -> None:
    client, address = client_of("manager", world), url("template_phase", world.template.ref, 1)
    sent = {"items-0-title_en": "", "items-0-title_de": "", "items-1-due_week": "", "items-2-title_en": "Order coffee"}
    client.post(address, phase_data(**sent))
    world.template.refresh_from_db()
    items = services.latest(world.template)["phases"][0]["items"]
    assert [(item["key"], item["due_week"]) for item in items] == [("list", None), ("order-coffee", None)]
    assert services.latest(world.template)["phases"][0]["marks"][0]["key"] == "go", "dates stay"
    assert (world.template.version, world.template.item_count) == (2, 3)
    page = body(client.get(url("template_detail", world.template.ref)))
    assert "Saved as version 2." in page
    assert url("template_version_restore", world.template.ref, 1) in page
    client.post(url("template_version_restore", world.template.ref, 1))
    world.template.refresh_from_db()
    assert world.template.version == 2, "it does not say which version it takes back"
    client.post(url("template_version_restore", world.template.ref, 1) + "?based_on=2")
    world.template.refresh_from_db()
    assert world.template.version == 3
    assert services.latest(world.template) == content(version=3)
    assert Entry.objects.filter(verb="library.edited", subject_id=world.template.pk).count() == 2


def test_a_phase_is_added_and_removed(world: Any) -> None:
    client = client_of("manager", world)
    sent = phase_data(name_en="Look back", name_de="", key="", first_week=9)
    assert client.post(url("template_phase", world.template.ref, 3), sent).status_code == 302
    phases = services.latest(PlanTemplate.objects.get(pk=world.template.pk))["phases"]
    assert [(phase["key"], phase["offset_weeks"]) for phase in phases] == [
        ("prepare", 0),
        ("hold", 2),
        ("look-back", 8),
    ]
    client.post(url("template_phase_delete", world.template.ref, 1))
    client.post(url("template_phase_delete", world.template.ref, 1))
    client.post(url("template_phase_delete", world.template.ref, 1))
    row = PlanTemplate.objects.get(pk=world.template.pk)
    assert [phase["key"] for phase in services.latest(row)["phases"]] == ["look-back"], "one is left"
    assert client.get(url("template_phase", world.template.ref, 9)).status_code == 404


def test_a_phase_that_is_removed_twice_takes_no_other_along(world: Any) -> None:
    client = client_of("manager", world)
    for _click in range(2):
        client.post(url("template_phase_delete", world.template.ref, 1), {"key": "prepare"})
    row = PlanTemplate.objects.get(pk=world.template.pk)
    assert [phase["key"] for phase in services.latest(row)["phases"]] == ["hold"]


def test_undo_takes_no_newer_version_along(world: Any) -> None:
    client, row = client_of("manager", world), world.template
    now = services.latest(row)
    services.revise(row, now | {"licence": "One"}, based_on=1, by=world.manager)
    undo = url("template_version_restore", row.ref, 1) + "?based_on=2"
    services.revise(row, now | {"licence": "Two"}, based_on=2, by=world.manager)
    told = client.post(undo, follow=True)
    assert "Somebody else has changed the template since" in body(told)
    row.refresh_from_db()
    assert services.latest(row)["licence"] == "Two"


def test_deleting_twice_is_deleting_once(world: Any) -> None:
    client = client_of("manager", world)
    answers = {client.post(url("template_delete", world.template.ref)).status_code for _click in range(2)}
    assert answers == {302}
    assert Entry.objects.filter(verb="library.deleted").count() == 1


def test_the_head_keeps_its_source_and_says_what_is_wrong(world: Any) -> None:
    client, address = client_of("manager", world), url("template_edit", world.template.ref)
    sent = {
        "name_en": "Kick-off 2",
        "attribution_en": "Us",
        "licence": "CC0",
        "source": "https://a.example",
        "based_on": 1,
    }
    wrong = client.post(address, sent | {"source": "ftp://a.example", "name_en": ""})
    assert wrong.status_code == 422
    assert "CC0" in body(wrong)
    client.post(address, sent)
    whole = services.latest(PlanTemplate.objects.get(pk=world.template.pk))
    assert (whole["name"], whole["licence"], whole["attribution"]) == ({"en": "Kick-off 2"}, "CC0", {"en": "Us"})
    assert len(whole["phases"]) == 2


def test_two_at_once_lose_nothing(world: Any) -> None:
    changed = content(about={"en": "Changed by somebody else"})
    services.revise(world.template, changed, based_on=1, by=world.manager)
    client, address = client_of("manager", world), url("template_phase", world.template.ref, 1)
    sent = phase_data(**{"items-2-title_en": "Order coffee"})
    answer = client.post(address, sent)
    assert answer.status_code == 409
    for words in (
        "Changed in the meantime",
        "Changed by somebody else",
        'value="Order coffee"',
        'name="based_on" value="2"',
    ):
        assert words in body(answer)
    assert client.post(address, sent | {"based_on": 2}).status_code == 302
    whole = services.latest(PlanTemplate.objects.get(pk=world.template.pk))
    assert whole["about"] == {"en": "Changed by somebody else"}
    assert whole["phases"][0]["items"][-1]["title"] == {"en": "Order coffee"}


def test_a_phase_that_moved_up_is_not_mistaken_for_another(world: Any) -> None:
    services.revise(world.template, content(phases=content()["phases"][1:]), based_on=1, by=world.manager)
    client_of("manager", world).post(url("template_phase", world.template.ref, 1), phase_data(based_on=2))
    whole = services.latest(PlanTemplate.objects.get(pk=world.template.pk))
    assert [phase["key"] for phase in whole["phases"]] == ["hold", "prepare"]


def test_the_products_own_are_copied_and_not_changed(world: Any) -> None:
    client = client_of("manager", world)
    assert client.get(url("template_edit", "seven_phases")).status_code == 403
    assert client.get(url("template_phase", "seven_phases", 1)).status_code == 403


def test_a_difference_is_told_item_by_item() -> None:
    new = content()
    assert comparing.compare(new, content()) == []
    new["phases"][0]["items"][0]["due_week"] = 2
    del new["phases"][0]["items"][1]
    new["phases"][1]["items"].append(new["phases"][1]["items"][0] | {"key": "more", "title": {"en": "More"}})
    new["licence"] = ""
    told = [(change.kind, change.title, change.phase) for change in comparing.compare(content(), new)]
    assert told == [
        ("changed", "Kick-off", ""),
        ("changed", "Book a room", "Prepare"),
        ("removed", "Invite everybody", "Prepare"),
        ("added", "More", "Hold"),
    ]


def test_the_program_says_when_a_template_is_newer(world: Any) -> None:
    use = make_use(world.program, world.template, world.manager, keys=["hold"])
    client = client_of("manager", world)
    assert "is available" not in body(client.get(url("library")))
    assert "Nothing newer" in body(client.get(url("template_news", use.pk)))
    new = content()
    new["phases"][1]["items"].append({"key": "more", "title": {"en": "More"}})
    new["phases"][0]["items"].append({"key": "elsewhere", "title": {"en": "Not taken"}})
    services.revise(world.template, new, based_on=1, by=world.manager)
    assert "version 2 is available" in body(client.get(url("library")))
    assert "Newer version of “Kick-off”" in body(client.get("/p/nordlichter/search/?q=newer"))
    page = body(client.get(url("template_news", use.pk)))
    assert "From version 1 to version 2" in page
    assert "More" in page
    assert "Not taken" not in page, "that phase is not in the program"
    client.post(url("template_news", use.pk), {"version": "1"})
    assert "From version 1" in body(client.get(url("template_news", use.pk))), "another version than the one seen"
    client.post(url("template_news", use.pk), {"version": "2"})
    assert "Nothing newer" in body(client.get(url("template_news", use.pk)))


def test_the_program_says_when_the_product_ships_a_newer_one(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next release of the product brings another version of a template that the program took."""
    before = shipped()["crisis"]
    opened = Opened(world.program, before)
    use = taking_services.take(opened, taking.plan(before, start_on=world.program.start_on), by=world.manager)
    client, address = client_of("manager", world), url("template_news", use.pk)
    assert "Nothing newer" in body(client.get(address))
    newer = deepcopy(before) | {"version": before["version"] + 1}
    newer["phases"][0]["items"].append({"key": "more", "title": {"en": "Call the night porter"}})
    newer["phases"][0]["items"][0]["title"] = {"en": "Said in other words"}
    monkeypatch.setitem(shipped(), "crisis", shape.completed(newer))
    assert f"version {newer['version']} is available" in body(client.get(url("library")))
    assert f"Newer version of “{opened.name}”" in body(client.get("/p/nordlichter/search/?q=newer"))
    page = body(client.get(address))
    assert f"From version {before['version']} to version {newer['version']}" in page
    assert "Call the night porter" in page
    assert "<ins>Said in other words</ins>" in page
    client.post(address, {"version": str(newer["version"])})
    assert "Nothing newer" in body(client.get(address))
    use.refresh_from_db()
    assert use.version == newer["version"]


def test_the_versions_say_what_changed_between_two(world: Any, django_assert_num_queries: Any) -> None:
    client, ref = client_of("manager", world), world.template.ref
    assert "Only one version yet" in body(client.get(url("template_versions", ref)))
    for version in (1, 2):
        services.revise(world.template, content(about={"en": f"Said {version}"}), based_on=version, by=world.manager)
    page = body(client.get(url("template_versions", ref)))
    assert "From version 2 to version 3" in page
    assert "<del>Said 1</del>" in page
    assert page.count("Restore") == 2, "what is now is not restored"
    whole = body(client.get(url("template_versions", ref) + "?before=1&after=3"))
    assert "<del>For the first weeks</del>" in whole
    assert "<ins>Said 2</ins>" in whole
    for wild in ("?before=9&after=x", "?before=3&after=1", "?page=-1"):
        assert client.get(url("template_versions", ref) + wild).status_code == 200
    assert client.get(url("template_versions", "seven_phases")).status_code == 404
    with django_assert_num_queries(10):
        client.get(url("template_versions", ref))


def test_items_change_places_and_nothing_typed_is_lost(world: Any) -> None:
    client, address = client_of("manager", world), url("template_phase", world.template.ref, 1)
    sent = phase_data(**{"items-2-title_en": "Order coffee", "move": "2:up"})
    page = client.post(address, sent)
    assert page.status_code == 200
    rows = page.context["rows"]
    assert [row.name_now for row in rows] == ["Book a room", "Order coffee", "Invite everybody"]
    world.template.refresh_from_db()
    assert world.template.version == 1, "moving saves nothing yet"
    client.post(address, {**rows.data.dict(), "move": ""})
    items = services.latest(PlanTemplate.objects.get(pk=world.template.pk))["phases"][0]["items"]
    assert [item["key"] for item in items] == ["room", "order-coffee", "list"]
    assert items[2]["hint"] == {"en": "By name"}
    for wild in ("0:up", "9:down", "x:up", "1:left", "²:up"):
        assert client.post(address, phase_data(move=wild)).status_code in (302, 409)


def test_another_order_is_a_difference() -> None:
    turned = content()
    turned["phases"][0]["items"].reverse()
    (change,) = comparing.compare(content(), turned)
    assert [(each.label, each.before, each.after) for each in change.details] == [
        ("Order", "Book a room, Invite everybody", "Invite everybody, Book a room")
    ]
