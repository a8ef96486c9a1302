"""A second program begins with the first one's experience: what it wrote about itself, of programs one leads."""

from typing import Any

from django.urls import reverse

from core.journal.models import Entry
from programs.charter import services as charter
from programs.charter.line_kinds import KINDS
from programs.charter.models import Duty, DutyHolder
from programs.generations.models import Step
from programs.guide.experience import take_over
from programs.guide.verbs import GuideVerb
from programs.guidelines.models import Guideline, GuidelineSection
from programs.membership.models import Membership, Program, Role


def second(world: Any) -> Program:
    program = Program.objects.create(name="Second", slug="second", company_name="S", start_on=world.today)
    Membership.objects.create(program=program, user=world.manager, role=Role.MANAGER)
    return program


def test_who_leads_no_other_program_is_told_and_led_back(world: Any, sign_in: Any) -> None:
    page = sign_in(world.manager).get(reverse("programs:experience_take", args=[world.program.slug])).content.decode()
    assert "You lead no other program" in page
    assert page.count(reverse("programs:concept", args=[world.program.slug])) >= 2
    assert 'name="source"' not in page


def test_goals_duties_and_guidelines_come_once_and_without_people(world: Any, sign_in: Any) -> None:
    charter.write_charter(world.program, goals={"Be seen": ["value_mix"]}, by=world.manager)
    holder = {f"m{world.coach_membership.pk}": "A"}
    charter.add_row(world.program, KINDS["duty"], title={"en": "Answers the press"}, holders=holder, by=world.manager)
    program, client = second(world), sign_in(world.manager)
    address = reverse("programs:experience_take", args=["second"])
    assert address in str(client.get(reverse("programs:concept", args=["second"])).content.decode())
    sent = {"source": world.program.slug, "parts": ["goals", "duties", "guidelines"]}
    for _again in range(2):
        assert client.post(address, sent).status_code == 302
    assert [(goal.text, goal.figures) for goal in program.goals.all()] == [("Be seen", ["value_mix"])]
    assert Duty.objects.filter(program=program, title__icontains="press").count() == 1
    assert not DutyHolder.objects.filter(duty__program=program).exists()
    texts = {row.question: str(row.text) for row in GuidelineSection.objects.filter(guideline__program=program)}
    assert texts == {
        row.question: str(row.text) for row in GuidelineSection.objects.filter(guideline__program=world.program)
    }
    assert not program.guideline_versions.exists(), "a draft until somebody publishes it here"


def test_nothing_begins_where_nothing_is_taken_and_the_journal_names_no_other_program(world: Any) -> None:
    program = second(world)
    charter.write_charter(world.program, goals={"Be seen": []}, by=world.manager)
    GuidelineSection.objects.filter(guideline__program=world.program).update(text={})
    assert take_over(program, source=world.program, parts=["goals", "guidelines"], by=world.manager) == 1
    assert not Guideline.objects.filter(program=program).exists()
    entry = Entry.objects.get(verb=GuideVerb.EXPERIENCE_TAKEN)
    assert world.program.name not in str(entry.data)


def test_only_of_programs_that_one_leads(world: Any, sign_in: Any) -> None:
    second(world)
    foreign = Program.objects.exclude(memberships__user=world.manager).first()
    assert foreign is not None
    answer = sign_in(world.manager).post(
        reverse("programs:experience_take", args=["second"]), {"source": foreign.slug, "parts": ["goals"]}
    )
    assert answer.status_code == 422


def test_the_path_of_another_program_can_be_taken_over(world: Any, sign_in: Any) -> None:
    program, client = second(world), sign_in(world.manager)
    Step.objects.filter(generation=world.generation).update(title={"en": "Learned the hard way"})
    form = {"name": "First", "start_on": str(world.today), "places": 8, "path_of": world.generation.pk}
    client.post(reverse("programs:generation_new", args=["second"]), form)
    assert Step.objects.filter(generation__program=program, title__icontains="hard way").exists()
