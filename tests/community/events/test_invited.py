"""Who is invited: by role, language and topic; one page and many rows say the same."""

from typing import Any

import pytest
from django.db.models import Q

from community.events import answering, news
from community.events.event_page import counts_of
from community.events.invited import invited, invited_to, is_invited
from programs.directory.lines import Topic
from programs.membership.models import Role
from tests.factories.directory import make_profile
from tests.factories.events import make_answer, make_event
from tests.world import join, make_user


def of(event: Any, world: Any) -> set[str]:
    """By their roles in the world; one question for many events has to say the same."""
    names = ("influencer", "influencer2", "coach", "executive", "manager", "council")
    found = {name for name in names if is_invited(event, getattr(world, name))}
    by_rows = {name for name in names if event.pk in invited_to([event], getattr(world, name), world.program)}
    assert found == by_rows
    assert found == {name for name in names if invited(event).filter(pk=getattr(world, name).pk).exists()}
    return found


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        ([], {"influencer", "influencer2", "coach", "executive", "manager"}),
        (["executive"], {"executive", "manager"}),
        (["coach"], {"coach", "manager"}),
        (["influencer", "executive"], {"influencer", "influencer2", "executive", "manager"}),
    ],
)
def test_by_role(roles: list[str], expected: set[str], world: Any) -> None:
    assert of(make_event(world.program, roles=roles), world) == expected


def test_a_generation_leaves_chosen_roles_alone(world: Any) -> None:
    event = make_event(world.program, roles=["influencer", "executive"])
    event.generations.add(world.generation)
    inside = {
        name
        for name in ("influencer", "influencer2")
        if world.generation.participants.present().filter(user=getattr(world, name)).exists()
    }
    assert of(event, world) == inside | {"executive", "manager"}


def test_by_language_and_who_answered_stays(world: Any) -> None:
    world.influencer.language, world.influencer2.language = "en", "de"
    world.influencer.save(), world.influencer2.save()
    event = make_event(world.program, languages=["en"], roles=["influencer"])
    assert of(event, world) == {"influencer", "manager"}
    make_answer(event, world.influencer2)
    assert of(event, world) == {"influencer", "influencer2", "manager"}


def test_by_a_topic_that_is_shown_in_the_directory(world: Any) -> None:
    event = make_event(world.program, topics=["welding"], roles=["influencer"])
    make_profile(world.program, world.influencer, topics=[Topic("Welding", "")])
    assert of(event, world) == {"influencer", "manager"}
    make_profile(world.program, world.influencer, topics=[Topic("Welding", "")], shown=["helps"])
    assert of(event, world) == {"manager"}


def test_how_many_read_a_language_is_told_to_nobody(world: Any) -> None:
    event = make_event(world.program)
    assert counts_of(event, world.program).rest.is_exact, "those invited can be read in the directory"
    for number in range(12):  # so many that steps of five would be said
        join(make_user(f"reads-german-{number}", language="de"), world.program, Role.INFLUENCER)
    anybody = counts_of(make_event(world.program), world.program).rest
    rest = counts_of(make_event(world.program, languages=["en"]), world.program).rest
    assert (rest.low, rest.high) == (0, anybody.high), "as if everybody could read it"
    world.influencer.language = "de" if world.influencer.language == "en" else "en"
    world.influencer.save()
    assert counts_of(make_event(world.program, languages=["en"]), world.program).rest == rest
    assert not rest.is_exact


def test_an_invitation_that_was_answered_needs_nobody_any_more(world: Any, sign_in: Any) -> None:
    event, client = make_event(world.program), sign_in(world.influencer)
    news.tell_invited([event], but=Q(pk=None))
    for asking in (2, 1):  # another event asks as well
        assert client.get("/notifications/").context["page"].asking == asking
        answering.answer(event, choice="no", person=world.influencer)
