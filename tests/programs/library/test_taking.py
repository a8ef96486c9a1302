"""A template is taken into a program: looked at with its days, added, and undone as far as nobody worked on it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from core.journal.models import Entry
from programs.checklists.models import Item
from programs.checklists.models_uses import TemplateUse
from programs.checklists.services import add_evidence, create_program_from_template, tick_item
from programs.library import services
from programs.phases import services as phases
from programs.phases.models import Milestone, Phase
from tests.factories.library import content, make_use
from tests.world import client_of


def body(response: Any) -> str:
    return str(response.content.decode())


def url(name: str, *args: Any, slug: str = "nordlichter") -> str:
    return reverse(f"programs:{name}", args=[slug, *args])


def get(world: Any, address: str, who: str = "manager") -> str:
    response = client_of(who, world).get(address)
    assert response.status_code == 200
    return body(response)


def test_the_preview_shows_days_and_adds_nothing(world: Any) -> None:
    before = Item.objects.count()
    query = "?into=new&start_on=2027-03-01&parts=prepare&parts=hold&dates=on"
    page = get(world, url("template_take", world.template.ref) + query)
    for words in ("Fri, 5 Mar", "Fri, 12 Mar", "without a date", "Milestone: Ready"):
        assert words in page
    assert Item.objects.count() == before
    assert "Show the preview" in get(world, url("template_take", world.template.ref)), "with the usual"


def test_what_was_shown_is_added_and_undone(world: Any) -> None:
    client = client_of("manager", world)
    last = Phase.objects.filter(program=world.program).count()
    sent = {"into": "new", "start_on": "2027-03-01", "parts": ["prepare", "hold"], "dates": "on", "version": "1"}
    assert client.post(url("template_take", world.template.ref), sent).url == url("timeline")
    use = TemplateUse.objects.latest("pk")
    made = Phase.objects.filter(pk__in=use.phases)
    assert [(phase.position, phase.start_on, phase.end_on) for phase in made] == [
        (last + 1, date(2027, 3, 1), date(2027, 3, 14)),
        (last + 2, date(2027, 3, 15), date(2027, 3, 21)),
    ]
    items = Item.objects.filter(pk__in=use.items)
    assert [item.due_on for item in items] == [date(2027, 3, 5), date(2027, 3, 12), None]
    assert {item.owner for item in items} == {None}
    assert Milestone.objects.get(pk__in=use.milestones).on == date(2027, 3, 8)
    assert (use.version, use.content["name"]["de"]) == (1, "Auftakt")
    page = body(client.get(url("timeline")))
    assert "Added to the program: 2 phases, 3 items, 1 date." in page
    client.post(url("template_untake", use.pk))
    assert Phase.objects.filter(program=world.program).count() == last
    assert not Item.objects.filter(pk__in=use.items).exists()
    assert not Milestone.objects.present().filter(pk__in=use.milestones).exists()
    assert "as it was before" in body(client.get(url("timeline")))
    client.post(url("template_untake", use.pk))
    verbs = Entry.objects.filter(verb__startswith="library.").values_list("verb", flat=True)
    assert sorted(verbs) == ["library.saved", "library.taken", "library.untaken"]


def test_a_second_window_does_not_add_everything_again(world: Any) -> None:
    """Who sends a preview of before is told that it was added since, and adds it a second time by a second press."""
    client, address = client_of("manager", world), url("template_take", world.template.ref)
    TemplateUse.objects.filter(program=world.program).delete()
    preview = body(client.get(address))
    assert "This template was added to the program on" not in preview
    assert '<input type="hidden" name="seen" value="0">' in preview
    sent = {"into": "new", "start_on": "2027-03-01", "parts": ["prepare", "hold"], "version": "1", "seen": "0"}
    assert client.post(address, sent).status_code == 302
    answer = client.post(address, sent)
    use = TemplateUse.objects.get(program=world.program, template_pk=world.template.pk)
    assert answer.status_code == 409
    assert "This template was added in the meantime." in body(answer)
    assert "This template was added to the program on" in body(answer)
    assert f'<input type="hidden" name="seen" value="{use.pk}">' in body(answer)
    assert client.post(address, sent | {"seen": str(use.pk)}).status_code == 302
    client.post(url("template_untake", use.pk))
    assert client.post(address, sent | {"seen": "nonsense"}).status_code == 302


def test_what_was_worked_on_stays(world: Any) -> None:
    use = make_use(world.program, world.template, world.manager, start_on=date(2027, 3, 1))
    ticked, evident, free = Item.objects.filter(pk__in=use.items)
    tick_item(ticked, by=world.manager)
    phases.start_phase(Phase.objects.get(pk=use.phases[1]), by=world.manager)
    client = client_of("manager", world)
    client.post(url("template_untake", use.pk))
    assert list(Item.objects.filter(pk__in=use.items)) == [ticked]
    assert set(Phase.objects.filter(pk__in=use.phases).values_list("pk", flat=True)) == set(use.phases)
    assert "3 entries that were worked on stay" in body(client.get(url("timeline")))
    assert {evident.pk, free.pk} < set(use.items)


def test_evidence_keeps_an_item_too(world: Any) -> None:
    use = make_use(world.program, world.template, world.manager, start_on=date(2027, 3, 1))
    item = Item.objects.get(pk=use.items[0])
    add_evidence(item, note="Done in part", by=world.manager)
    client_of("manager", world).post(url("template_untake", use.pk))
    assert Item.objects.filter(pk=item.pk).exists()
    assert not Phase.objects.filter(pk=use.phases[1]).exists()


def test_into_a_phase_that_is_there_nothing_comes_twice(world: Any) -> None:
    phase = Phase.objects.create(
        program=world.program, position=91, title={"en": "Now"}, start_on=date(2027, 3, 1), end_on=date(2027, 3, 4)
    )
    Item.objects.create(program=world.program, phase=phase, position=5, title={"de": "raum BUCHEN"})
    address = url("template_take", world.template.ref)
    query = f"?into={phase.pk}&parts=prepare"
    assert "already there" in get(world, address + query)
    client_of("manager", world).post(address, {"into": phase.pk, "parts": ["prepare"]})
    item = Item.objects.get(phase=phase, key="list")
    assert (item.position, item.due_on) == (6, date(2027, 3, 4))
    assert Item.objects.filter(phase=phase).count() == 2
    assert "has all of these items already" in get(world, address + query)


def test_a_phase_that_ended_meanwhile_takes_nothing(world: Any) -> None:
    Phase.objects.filter(program=world.program).update(state="finished")
    answer = client_of("manager", world).post(
        url("template_take", world.template.ref), {"into": world.phase.pk, "parts": ["hold"]}
    )
    assert answer.status_code == 422
    assert not Item.objects.filter(key="note").exists()


@pytest.mark.parametrize(
    "query", ["?into=new&parts=prepare", "?into=new&start_on=9999-01-01&parts=prepare", "?into=x", "?into=new&parts=x"]
)
def test_an_address_that_makes_no_sense_is_said(world: Any, query: str) -> None:
    answer = client_of("manager", world).get(url("template_take", world.template.ref) + query)
    assert answer.status_code == 422
    assert "What will be added" not in body(answer)


def test_a_template_that_changed_is_shown_again_before_it_is_taken(world: Any) -> None:
    services.revise(world.template, content(about={"en": "New"}), based_on=1, by=world.manager)
    sent = {"into": "new", "start_on": "2027-03-01", "parts": ["hold"], "version": "1"}
    answer = client_of("manager", world).post(url("template_take", world.template.ref), sent)
    assert answer.status_code == 409
    assert not Item.objects.filter(key="note").exists()


def test_a_new_program_remembers_its_first_template(db: None, world: Any) -> None:
    program = create_program_from_template(
        by=world.manager,
        name="New",
        company_name="Nordwerk AG",
        start_on=world.today,
        country="DE",
        weekly_minutes=60,
        goals=[],
    )
    use = TemplateUse.objects.get(program=program)
    assert (use.key, use.version, len(use.content["phases"])) == ("seven_phases", 1, 7)


def test_no_day_of_a_template_lies_outside_of_its_phase(world: Any) -> None:
    use = make_use(world.program, world.template, world.manager, start_on=date(2028, 2, 28))
    for item in Item.objects.filter(pk__in=use.items).exclude(due_on=None).select_related("phase"):
        assert item.phase.start_on <= item.due_on <= item.phase.end_on  # type: ignore[operator]
    first = Phase.objects.get(pk=use.phases[0])
    assert first.end_on - first.start_on == timedelta(days=13), "over a leap day"
