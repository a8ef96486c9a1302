"""Several programs side by side: only one's own, and as many queries for four as for one."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programs.checklists.models import Item
from programs.handbook import services as handbook
from programs.membership.models import Goal, Membership, Program, Role
from programs.phases.models import Milestone, Phase, PhaseState
from programs.reviews import services as reviews
from programs.reviews.models import Review, ReviewPoint
from tests.factories.kpis import make_cell
from tests.factories.reviews import make_review

PAGE = reverse("analytics:portfolio")


def page(client: Any) -> str:
    return str(client.get(PAGE).content.decode())


def led(world: Any, name: str, role: str = Role.MANAGER) -> Program:
    """Another program, late in its phase, with a goal, a figure, items and dates."""
    program = Program.objects.create(name=name, slug=name.lower(), company_name="W", start_on=world.today)
    Membership.objects.create(program=program, user=world.manager, role=role)
    start, end = world.today - timedelta(days=60), world.today - timedelta(days=3)
    phase = Phase.objects.create(
        program=program, position=1, title={"en": "Pilot"}, start_on=start, end_on=end, state=PhaseState.ACTIVE
    )
    Item.objects.create(program=program, phase=phase, position=1, title={"en": "Agree"}, due_on=end)
    Goal.objects.create(program=program, rank=1, text=f"Goal of {name}", figures=["value_mix"])
    make_cell(program, "value_mix", world.today.replace(day=1), "0.74")
    for days in range(1, 6):
        on = world.today + timedelta(days=days)
        Milestone.objects.create(program=program, title={"en": f"Date {days} of {name}"}, on=on)
    return program


def test_what_stands_beside_each_program(world: Any, sign_in: Any) -> None:
    program = led(world, "Osten")
    handbook.record_decision(
        program, by=world.manager, text={"en": "Post twice a week"}, considered={},
        decided_on=world.today - timedelta(days=90), check_on=world.today, page=None,
    )  # fmt: skip
    text = page(sign_in(world.manager))
    for words in ("Goal of Osten", "74%", "target 80%", "1 required item open", "1 overdue", "Date 3 of Osten"):
        assert words in text
    assert "continue, repeat or stop?" in text
    assert "Post twice a week" in text
    assert "Date 4 of Osten" not in text  # three are enough
    assert text.index("Osten") < text.rindex(world.program.name)  # what needs a decision comes first
    assert reverse("analytics:portfolio") in str(sign_in(world.manager).get(reverse("people:profile")).content)


def reviewed(world: Any, program: Program, days: int, **lights: str) -> Review:
    review = make_review(program, world.manager, world.today - timedelta(days=days))
    for key, light in lights.items():
        ReviewPoint.objects.filter(review=review, key=key).update(light=light)
    reviews.close_review(review, by=world.manager)
    return review


def test_the_lights_of_the_last_review_stand_there_the_worst_first(world: Any, sign_in: Any) -> None:
    program, calm = led(world, "Osten"), led(world, "Alpen")
    reviewed(world, program, 40, goals="act", community="act")
    last = reviewed(world, program, 10, goals="on_track", community="watch", time="watch", feedback="act", backing="")
    reviewed(world, calm, 5, goals="on_track")
    text = " ".join(re.sub(r"<[^>]+>", "", page(sign_in(world.manager))).split())
    assert "1 act, 2 watch, 1 on track" in text
    assert "2 act" not in text, "of the last one alone"
    assert reverse("programs:review_detail", args=["osten", last.pk]) in page(sign_in(world.manager))
    assert text.index("Goal of Osten") < text.index("Goal of Alpen"), "what asks to act comes first"
    Membership.objects.filter(program=program).update(role=Role.EXECUTIVE)
    assert "2 watch" not in page(sign_in(world.manager)), "who does not read records of reviews"


@pytest.mark.parametrize("role", [Role.COACH, Role.INFLUENCER, Role.COUNCIL])
def test_programs_in_which_one_has_another_role_are_not_there(world: Any, sign_in: Any, role: str) -> None:
    led(world, "Westen", role)
    assert "Goal of Westen" not in page(sign_in(world.manager))


def test_a_hidden_figure_stays_hidden_and_an_executive_finishes_nothing(world: Any, sign_in: Any) -> None:
    program = led(world, "Norden", Role.EXECUTIVE)
    program.cells.all().delete()
    make_cell(program, "value_mix", world.today.replace(day=1), None)
    text = page(sign_in(world.manager))
    assert "nothing published yet" in text
    assert "/p/norden/phases/" in text
    assert not any(part.startswith("norden/phases/") and "/finish/" in part[:40] for part in text.split("/p/"))


def test_four_programs_ask_as_much_as_one(world: Any, sign_in: Any) -> None:

    client = sign_in(world.manager)
    led(world, "Eins")
    page(client)
    with CaptureQueriesContext(connection) as one:
        page(client)
    for name in ("Zwei", "Drei", "Vier"):
        led(world, name)
    page(client)  # the bell counts once for each program, and remembers
    with CaptureQueriesContext(connection) as four:
        page(client)
    assert (len(one), len(four)) == (13, 13)
