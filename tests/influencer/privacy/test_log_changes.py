"""Every line of a change says what it was and what it became, in the reader's words, and nothing that is personal."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone, translation

from analytics.kpis import services as kpis
from core.journal import services as journal
from core.journal.models import Entry
from influencer.privacy import log
from influencer.privacy.log import Line
from programs.casting import services as casting
from programs.checklists import batch_services
from programs.checklists import services as checklists
from programs.generations import services as generations
from programs.membership import services as membership
from programs.membership.models import Membership, Role
from programs.phases import services as phases
from programs.phases.verbs import PhasesVerb


@pytest.fixture(autouse=True)
def quiet(world: Any) -> None:
    Entry.objects.all().delete()


@pytest.fixture
def last(world: Any) -> Callable[..., Line]:
    def read(language: str = "en") -> Line:
        with translation.override(language):
            return log.lines_of(world.program, list(log.with_actors(Entry.objects.order_by("-pk"))[:1]))[0]

    return read


def pairs(line: Line) -> list[tuple[str, str, str]]:
    return [(swap.label, swap.before, swap.after) for swap in line.swaps]


def role_in(world: Any, role: Role) -> Membership:
    return Membership.objects.active().filter(program=world.program, role=role).first()


def test_a_checklist_item(world: Any, last: Any) -> None:
    coach, manager = role_in(world, Role.COACH), role_in(world, Role.MANAGER)
    checklists.edit_item(world.item, owner=manager, due_on=world.phase.start_on, by=world.manager)
    checklists.edit_item(
        world.item, owner=coach, due_on=None, title={"de": "Neu", "en": "New"}, is_must=False, by=world.manager
    )
    found = {label: (before, after) for label, before, after in pairs(last())}
    assert found["owner"] == (f"{world.manager.name}, program manager", f"{world.coach.name}, coach")
    assert found["due"][1] == "–"
    assert found["required"] == ("yes", "no")
    assert found["title"][1] == "New"
    assert {label: after for label, _before, after in pairs(last("de"))}["Titel"] == "Neu"


def test_several_items_at_once(world: Any, last: Any) -> None:
    batch_services.change_items(world.program, [world.item], due_on=world.phase.end_on, by=world.manager)
    ((label, before, after),) = pairs(last())
    assert (label, before != after) == ("due", True)


def test_a_target_stands_in_the_unit_of_its_figure(world: Any, last: Any) -> None:
    kpis.set_targets(world.program, {"activity_rate": Decimal("0.5")}, by=world.manager)
    kpis.set_targets(world.program, {"activity_rate": Decimal("0.7")}, by=world.manager)
    ((label, before, after),) = pairs(last())
    assert (before, after) == ("50%", "70%")
    assert pairs(last("de"))[0] != (label, before, after)
    lines = Entry.objects.count()
    kpis.set_targets(world.program, {"activity_rate": Decimal("0.7")}, by=world.manager)
    assert Entry.objects.count() == lines  # the same again is no change


def test_a_generation_and_a_step(world: Any, last: Any) -> None:
    generation = world.generation
    before = generation.places
    generation.places, generation.contact = before + 5, role_in(world, Role.COACH)
    generations.change_generation(generation, by=world.manager)
    assert pairs(last()) == [
        ("places", str(before), str(before + 5)),
        ("contact person", f"{world.manager.name}, program manager", f"{world.coach.name}, coach"),
    ]
    step = generation.steps.first()
    step.minutes = 55
    generations.change_step(step, by=world.manager)
    assert last().thing == str(step.title)
    assert [after for _label, _before, after in pairs(last())] == ["55"]


def test_a_call(world: Any, last: Any) -> None:
    call = world.call
    casting.change_call(call, closes_on=call.closes_on + timedelta(days=7), by=world.manager)
    assert pairs(last("de"))[0][0] == "offen bis"
    casting.switch_link(call, is_on=True, by=world.manager)
    assert call.key
    assert call.key not in str(Entry.objects.last().data)


def test_a_role_says_that_its_contact_changed_but_not_the_words(world: Any, last: Any) -> None:
    coach = role_in(world, Role.COACH)
    membership.mark_contact(coach, is_contact=True, contact_for="my own sorrows", by=world.manager)
    assert ("contact person", "no", "yes") in pairs(last())
    assert "sorrows" not in str(Entry.objects.last().data)
    lines = Entry.objects.count()
    membership.take_role(
        world.program, user=world.coach, role=Role.COACH, is_contact=True, contact_for="other", by=world.manager
    )
    assert Entry.objects.count() == lines + 1


def test_dates_and_phases(world: Any, last: Any) -> None:
    phases.edit_milestone(world.milestone, place="Kiel", by=world.manager)
    assert pairs(last("de"))[0][2] == "Kiel"
    phases.edit_phase(
        world.phase, start_on=world.phase.start_on, end_on=world.phase.end_on, aim={"en": "Be heard"}, by=world.manager
    )
    assert pairs(last())[0][2] == "Be heard"


def test_a_long_text_is_cut_to_where_it_changed(world: Any, last: Any) -> None:
    text = "The same words as before. " * 20
    checklists.edit_item(world.item, hint={"en": text + "Old end"}, by=world.manager)
    checklists.edit_item(world.item, hint={"en": text + "New end"}, by=world.manager)
    ((_label, before, after),) = pairs(last())
    assert before.startswith("…")
    assert (before.endswith("Old end"), after.endswith("New end"), len(after) < 170) == (True, True, True)


@pytest.mark.parametrize(("days_ago", "is_named"), [(30, False), (10, True), (1, False)])
def test_a_change_names_people_for_their_time_in_the_team_only(
    world: Any, last: Any, days_ago: int, is_named: bool
) -> None:
    """Who was in the team once and takes part now is a participant in what points to them before and afterwards."""
    now = timezone.now()
    role = Membership.objects.create(program=world.program, user=world.influencer, role=Role.COACH)
    since, until = now - timedelta(days=20), now - timedelta(days=5)
    Membership.objects.filter(pk=role.pk).update(since=since, ended_at=until)
    changes = {"programs.item.closed_by": [None, world.influencer.pk]}
    entry = journal.record(PhasesVerb.STARTED, world.phase, by=world.manager, changes=changes)
    Entry.objects.filter(pk=entry.pk).update(at=now - timedelta(days=days_ago))
    assert pairs(last())[0][2] == (world.influencer.name if is_named else "a participant")


def test_who_was_named_and_has_left_is_named_no_more(world: Any, last: Any) -> None:
    extra = Membership.objects.create(program=world.program, user=world.coach, role=Role.EXECUTIVE)
    checklists.edit_item(world.item, owner=extra, by=world.manager)
    world.item.owner = None
    world.item.save()
    extra.delete()
    assert pairs(last())[0][2] == "removed since"


def test_a_change_in_another_language_says_which(world: Any, last: Callable[..., Line], sign_in: Any) -> None:
    """The words of the other language are marked as such: a screen reader would read them wrongly."""
    title = {"de": "Kennenlernen", "en": "Getting to know the team"}
    item = checklists.add_item(world.phase, title={"de": "Kennenlernen", "en": "Get to know"}, by=world.manager)
    checklists.edit_item(item, title=title, by=world.manager)
    [swap] = last("de").swaps
    assert (swap.before, swap.after, swap.language) == ("Get to know", "Getting to know the team", "en")
    assert swap.label.endswith("(Englisch)")
    [swap] = last("en").swaps
    assert (swap.label.endswith(")"), swap.language) == (False, "")
    world.council.language = "de"
    world.council.save(update_fields=["language"])
    page = sign_in(world.council).get(f"/p/{world.program.slug}/council/log/").content.decode()
    assert 'lang="en">Getting to know the team</span>' in page
