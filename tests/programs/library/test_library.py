"""The library: looking, saving, taking and undoing, copying, importing, deleting; and who finds what."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.journal.models import Entry
from programs.checklists.models import Item
from programs.checklists.services import add_evidence
from programs.library import opened, reading, services, writing
from programs.library.models import PlanTemplate, PlanVersion
from programs.membership.models import Role
from programs.phases.models import Milestone, Phase
from tests.factories.library import content, make_template
from tests.world import client_of, join, make_program


def body(response: Any) -> str:
    return str(response.content.decode())


def url(name: str, *args: Any, slug: str = "nordlichter") -> str:
    return reverse(f"programs:{name}", args=[slug, *args])


def get(world: Any, address: str, who: str = "manager") -> str:
    response = client_of(who, world).get(address)
    assert response.status_code == 200
    return body(response)


# --- looking ----------------------------------------------------------------------------------------------------------


def test_the_library_shows_ones_own_and_what_is_supplied(world: Any) -> None:
    page = get(world, url("library"))
    for words in ("Kick-off", "Seven phases", "Used in this program", "1 template"):
        assert words in page
    assert "No matches" in get(world, url("library") + "?q=nothing-like-it")
    assert "Kick-off" in get(world, url("library") + "?q=auftakt"), "found in the other language"
    assert "data-row-main>Kick-off" not in get(world, url("library") + "?size=one")


def test_an_empty_library_teaches(world: Any) -> None:
    PlanTemplate.objects.all().delete()
    page = get(world, url("library"))
    assert "No template of your own yet" in page
    assert "People, days, comments and evidence are not included." in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_often_for_three_as_for_one(world: Any, count: int, django_assert_num_queries: Any) -> None:
    for number in range(1, count):
        make_template(world.program, world.manager, key=f"t-{number}")
    client = client_of("manager", world)
    client.get(url("library"))
    with django_assert_num_queries(LIST_QUERIES):
        client.get(url("library"))


LIST_QUERIES = 7


def test_a_page_says_where_a_template_comes_from(world: Any) -> None:
    page = get(world, url("template_detail", world.template.ref))
    for words in (
        "After a checklist of the Nordwerk AG",
        "CC BY 4.0",
        "Book a room",
        "By name",
        "optional",
        "weeks 1 to 2",
    ):
        assert words in page
    assert "Kerstin Hoffmann" in get(world, url("template_detail", "seven_phases"))
    for wrong in ("nothing", "99999999", "9" * 60):
        assert client_of("manager", world).get(url("template_detail", wrong)).status_code == 404


def test_another_company_finds_nothing(world: Any) -> None:
    """Its manager looks from the own program, and does not find this one there either."""
    ref = world.template.ref
    other = world.other_program.slug
    assert "Kick-off" not in get(world, url("library", slug=other), "stranger")
    for name in ("template_detail", "template_take", "template_file"):
        assert client_of("stranger", world).get(url(name, ref, slug=other)).status_code == 404
    for name in ("template_copy", "template_delete", "template_restore"):
        assert client_of("stranger", world).post(url(name, ref, slug=other)).status_code == 404
    assert PlanTemplate.objects.present().count() == 1


def test_who_leads_two_programs_takes_it_from_one_to_the_other(world: Any) -> None:
    second = make_program("zweite")
    membership = join(world.manager, second, Role.MANAGER)
    page = get(world, url("library", slug="zweite"))
    assert "Kick-off" in page
    assert "Nordlichter" in page
    assert client_of("manager", world).get(url("template_detail", world.template.ref, slug="zweite")).status_code == 200
    membership.role = Role.COACH
    membership.save()
    assert client_of("manager", world).get(url("library", slug="zweite")).status_code == 403


def test_a_program_that_is_over_keeps_its_templates_for_the_next(world: Any) -> None:
    join(world.manager, second := make_program("zweite"), Role.MANAGER)
    world.program.archived_at = "2026-11-01T00:00:00Z"
    world.program.save()
    assert "Kick-off" in get(world, url("library", slug="zweite"))
    assert (
        client_of("manager", world).post(url("template_delete", world.template.ref, slug="zweite")).status_code == 403
    )
    client_of("manager", world).post(url("template_copy", world.template.ref, slug="zweite"))
    assert PlanTemplate.objects.get(program=second).title == "Kick-off (copy)"


# --- saving -----------------------------------------------------------------------------------------------------------


def test_a_phase_becomes_a_template_without_anybody_in_it(world: Any) -> None:
    phase = Phase.objects.create(
        program=world.program, position=90, title={"en": "Trial"}, start_on=date(2026, 3, 2), end_on=date(2026, 3, 22)
    )
    item = Item.objects.create(
        program=world.program,
        phase=phase,
        position=1,
        title={"en": "Try it", "de": "Ausprobieren"},
        due_on=date(2026, 3, 13),
        owner=world.coach_membership,
        state="na",
        reason="Anna is ill",
        ask_every=4,
    )
    add_evidence(item, note="Secret note", by=world.manager)
    gone = {"title": {"en": "Gone"}, "deleted_at": "2026-01-01T00:00:00Z"}
    Item.objects.create(program=world.program, phase=phase, position=2, **gone)
    Milestone.objects.create(
        program=world.program,
        phase=phase,
        title={"en": "Look back"},
        kind="review",
        on=date(2026, 3, 19),
        place="Anna’s",
    )
    page = get(world, url("template_new") + f"?phase={phase.pk}")
    assert 'value="Trial"' in page
    sent = {"name_en": "Trial run", "about_en": "Three weeks", "phases": [phase.pk]}
    answer = client_of("manager", world).post(url("template_new"), sent)
    row = PlanTemplate.objects.latest("pk")
    assert answer.url == url("template_detail", row.ref)
    whole = services.latest(row)
    assert whole["phases"] == [
        {
            "key": "trial", "name": {"en": "Trial"}, "short": {}, "aim": {}, "offset_weeks": 0, "weeks": 3,
            "marks": [{"key": "look-back", "kind": "review", "name": {"en": "Look back"}, "offset_weeks": 2}],
            "items": [
                {"key": "try-it", "title": {"de": "Ausprobieren", "en": "Try it"}, "hint": {}, "must": True,
                 "due_week": 2, "ask_every": 4, "values": {}}
            ],
        }
    ]  # fmt: skip
    for private in ("Anna", "Secret", "2026", "coach"):
        assert private not in writing.write(whole)
    assert Entry.objects.filter(verb="library.saved", subject_id=row.pk).exists()


def test_nothing_chosen_starts_with_an_empty_phase(world: Any) -> None:
    client_of("manager", world).post(url("template_new"), {"name_de": "Leer"})
    row = PlanTemplate.objects.latest("pk")
    assert (row.phase_count, row.item_count) == (1, 0)
    assert services.latest(row)["phases"][0]["name"] == {"de": "Erste Phase", "en": "First phase"}


def test_phases_of_another_program_are_no_choice(world: Any) -> None:
    theirs = Phase.objects.create(
        program=world.other_program, position=77, title={"en": "X"}, start_on=date(2026, 1, 5), end_on=date(2026, 1, 9)
    )
    answer = client_of("manager", world).post(url("template_new"), {"name_en": "Mine", "phases": [theirs.pk]})
    assert answer.status_code == 422
    assert 'value="Mine"' in body(answer)


def test_a_full_library_says_so(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "MOST_TEMPLATES", 1)
    client = client_of("manager", world)
    client.post(url("template_copy", world.template.ref))
    assert "keeps 1 templates already" in body(client.get(url("library")))
    assert PlanTemplate.objects.count() == 1


# --- copying, exporting, importing, deleting --------------------------------------------------------------------------


def test_a_copy_keeps_its_source(world: Any) -> None:
    client_of("manager", world).post(url("template_copy", "seven_phases"))
    row = PlanTemplate.objects.latest("pk")
    assert row.title.texts == {"de": "Sieben Phasen (Kopie)", "en": "Seven phases (copy)"}
    assert "Kerstin Hoffmann" in services.latest(row)["attribution"]["de"]
    client_of("manager", world).post(url("template_copy", "seven_phases"))
    assert PlanTemplate.objects.latest("pk").key == "seven_phases-2"


def test_the_file_is_the_template(world: Any) -> None:
    answer = client_of("manager", world).get(url("template_file", world.template.ref))
    assert answer["Content-Type"] == "application/yaml; charset=utf-8"
    assert 'filename="Kick-off.yaml"' in answer["Content-Disposition"]
    assert reading.read(body(answer)) == services.latest(world.template)


def test_an_import_is_looked_at_first(world: Any) -> None:
    client = client_of("manager", world)
    text = writing.write(content(key="other", name={"en": "Other"}))
    file = SimpleUploadedFile("t.yaml", text.encode())
    page = body(client.post(url("template_import"), {"file": file}))
    for words in ("Other", "Book a room", "CC BY 4.0", "2 phases", "Look again"):
        assert words in page
    assert PlanTemplate.objects.count() == 1
    answer = client.post(url("template_keep"), {"text": text})
    row = PlanTemplate.objects.latest("pk")
    assert answer.url == url("template_detail", row.ref)
    assert services.latest(row) == reading.read(text)
    assert Entry.objects.filter(verb="library.imported", subject_id=row.pk).exists()


@pytest.mark.parametrize("as_file", [True, False])
def test_a_broken_line_is_named_and_the_text_stays(world: Any, as_file: bool) -> None:
    text = "name: One\nphases:\n- name: Ä\n  weeks: many\n"
    sent = {"file": SimpleUploadedFile("t.yaml", text.encode())} if as_file else {"text": text}
    for name in ("template_import", "template_keep"):
        if as_file:
            sent["file"].seek(0)  # type: ignore[attr-defined]
        answer = client_of("manager", world).post(url(name), sent)
        assert answer.status_code == 422
        assert "Line 4: “many” is not a whole number" in body(answer)
        assert "- name: Ä\n  weeks: many" in body(answer)
    assert PlanTemplate.objects.count() == 1


def test_one_wrong_line_of_five_hundred_is_named_and_nothing_is_kept(world: Any) -> None:
    rows = [f"  - title: Item {number}\n    due_week: {number % 50}\n" for number in range(248)]
    rows[100] = rows[100].replace("due_week: 0", "due_week: soon")
    phases = [f"- name: {name}\n  weeks: 60\n  items:\n" for name in ("One", "Two")]
    text = "name: Long\nphases:\n" + phases[0] + "".join(rows[:124]) + phases[1] + "".join(rows[124:])
    assert text.count("\n") > 500
    for name in ("template_import", "template_keep"):
        answer = client_of("manager", world).post(url(name), {"text": text})
        assert answer.status_code == 422
        assert "Line 207: “soon” is not a whole number" in body(answer)
    assert PlanTemplate.objects.count() == 1


@pytest.mark.parametrize("as_file", [False, True])
@pytest.mark.parametrize("hidden", ["\u202e", "\x00", "\x1b"])
def test_a_hidden_character_is_named_by_its_line(world: Any, hidden: str, as_file: bool) -> None:
    text = f"name: One\nphases:\n- name: A\n  items:\n  - title: a{hidden}b\n"
    sent = {"file": SimpleUploadedFile("t.yaml", text.encode())} if as_file else {"text": text}
    answer = client_of("manager", world).post(url("template_import"), sent)
    assert answer.status_code == 422
    assert "Line 5: There is an invisible control character" in body(answer)


def test_a_file_that_is_no_text_or_too_long_is_refused(world: Any) -> None:
    for data, says in ((b"\xff\xfe\x00x", "not UTF-8"), (b"a" * 400_001, "at most 400 KB")):
        sent = {"file": SimpleUploadedFile("t.yaml", data)}
        answer = client_of("manager", world).post(url("template_import"), sent)
        assert answer.status_code == 422
        assert says in body(answer)


def test_the_same_key_is_offered_as_the_next_version(world: Any) -> None:
    client = client_of("manager", world)
    text = writing.write(content(about={"en": "Better"}, version=5))
    assert "Import as its next version" in body(client.post(url("template_import"), {"text": text}))
    sent = {"text": text, "as": "newer", "based_on": "1"}
    assert client.post(url("template_keep"), sent).url == url("template_detail", world.template.ref)
    world.template.refresh_from_db()
    assert world.template.version == 5
    assert PlanVersion.objects.filter(template=world.template).count() == 2
    assert client.post(url("template_keep"), sent).status_code == 409, "it moved since it was looked at"
    client.post(url("template_keep"), {"text": text, "as": "own"})
    assert PlanTemplate.objects.latest("pk").key == "kick-off-2"


def test_delete_and_undo(world: Any) -> None:
    client = client_of("manager", world)
    assert client.post(url("template_delete", world.template.ref)).url == url("library")
    page = body(client.get(url("library")))
    assert "is deleted" in page
    assert url("template_restore", world.template.ref) in page
    assert client.get(url("template_detail", world.template.ref)).status_code == 404
    make_template(world.program, world.manager)
    client.post(url("template_restore", world.template.ref))
    world.template.refresh_from_db()
    assert (world.template.deleted_at, world.template.key) == (None, "kick-off-2")


def test_the_products_own_are_not_deleted(world: Any) -> None:
    assert client_of("manager", world).post(url("template_delete", "seven_phases")).status_code == 403


def test_the_search_finds_templates_for_who_leads(world: Any) -> None:
    assert opened.programs_led(world.manager) == [world.program]
    assert "Kick-off" in body(client_of("manager", world).get("/p/nordlichter/search/?q=kick-off"))
    assert "Kick-off" not in body(client_of("coach", world).get("/p/nordlichter/search/?q=kick-off"))


def test_an_import_never_replaces_what_has_its_name_unasked(world: Any) -> None:
    client = client_of("manager", world)
    text = writing.write(content(key="renamed", about={"en": "Better"}))
    page = body(client.post(url("template_import"), {"text": text}))
    assert "As its next version the import would change" in page
    assert "<del>For the first weeks</del> <ins>Better</ins>" in page
    answer = client.post(url("template_keep"), {"text": text})
    assert answer.status_code == 409
    assert "There is a template of this name by now" in body(answer)
    assert PlanVersion.objects.count() == 1
    client.post(url("template_keep"), {"text": text, "as": "newer", "based_on": "1"})
    world.template.refresh_from_db()
    assert (world.template.key, world.template.version) == ("kick-off", 2)
    same = body(client.post(url("template_import"), {"text": writing.write(services.latest(world.template))}))
    assert "Nothing is different." in same
    assert "Import as its next version" not in same


def test_each_fault_of_a_file_has_a_line_of_its_own(world: Any) -> None:
    answer = client_of("manager", world).post(url("template_import"), {"text": "titel: A\nphasen: []\n"})
    assert answer.status_code == 422
    assert body(answer).count("<br>Line 2: ") == 2, "above the form and at the field"
