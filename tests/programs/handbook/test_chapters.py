"""The parts of the handbook that write themselves stay current: what changes elsewhere is on the page at once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from programs.generations.models import Generation
from programs.guidelines import services as guidelines
from programs.handbook import chapters
from programs.leitbild.models import LeitbildVersion
from programs.membership.models import Membership
from programs.membership.services import update_program
from programs.phases.models import Phase
from programs.support.models_incidents import Lesson
from tests.factories.charter import make_row
from tests.factories.handbook import make_decision, make_page
from tests.factories.phases import make_milestone

WORDS = "Said a minute ago"
ELSEWHERE = {
    "figures": "tests/analytics/dashboards/test_dashboards.py",
    "last_week": "tests/journeys/test_the_led_program.py",
}


def new_guidelines(world: Any) -> None:
    guidelines.write_section(world.guideline_section, text={"en": WORDS}, by=world.manager)
    world.guideline.refresh_from_db()
    guidelines.publish(world.guideline, reason={"en": "New"}, by=world.manager)


CHANGES: dict[str, Callable[[Any], Any]] = {
    "goals": lambda world: update_program(world.program, goals=[WORDS], by=world.manager),
    "backing": lambda world: make_row(world.program, "commitment", world.manager, text=WORDS),
    "duties": lambda world: make_row(world.program, "duty", world.manager, title={"en": WORDS}),
    "guidelines": new_guidelines,
    "contacts": lambda world: [
        type(world.coach).objects.filter(pk=world.coach.pk).update(name=WORDS),
        Membership.objects.filter(pk=world.coach_membership.pk).update(is_contact=True),
    ],
    "phases": lambda world: Phase.objects.filter(pk=world.phase.pk).update(title={"en": WORDS}),
    "dates": lambda world: make_milestone(world.program, on=timezone.localdate() + timedelta(days=1), title_en=WORDS),
    "generations": lambda world: Generation.objects.filter(pk=world.generation.pk).update(name=WORDS),
    "leitbild": lambda world: LeitbildVersion.objects.create(program=world.program, number=2, text={"en": WORDS}),
    "decisions": lambda world: make_decision(world.program, 2, text={"en": WORDS}),
    "lessons": lambda world: Lesson.objects.create(program=world.program, text=WORDS, month=timezone.localdate()),
}


def test_each_is_tried() -> None:
    assert {each.key for each in chapters.every()} == CHANGES.keys() | ELSEWHERE.keys()


@pytest.mark.parametrize("key", CHANGES)
def test_what_changes_elsewhere_is_in_the_handbook_at_once(key: str, world: Any, sign_in: Any) -> None:
    page = make_page(world.program, chapter=key)
    address = reverse("programs:handbook_page", args=[world.program.slug, page.pk])
    client = sign_in(world.influencer)
    assert WORDS not in client.get(address).content.decode()
    CHANGES[key](world)
    shown = client.get(address).content.decode()
    assert WORDS in shown[shown.index("<main") :]
