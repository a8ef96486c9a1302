"""Who comes back finds what was theirs, all of it and nothing else; who is in a hurry has it destroyed at once."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from analytics.kpis.models import PublishRequest
from analytics.metrics.models import Metric, Reading
from programs.consents import access, erasures, notices, queries, services, tasks
from programs.consents.models import ConsentEvent, Erasure, Purpose, today_in
from programs.consents.services import person_ref
from programs.membership.models import Membership
from tests.factories.kpis import make_figures

OWN, DIRECTORY, GROUP = Purpose.OWN_FIGURES, Purpose.DIRECTORY, Purpose.GROUP_FIGURES


def rest(person: Any, program: Any, purpose: str = OWN) -> Erasure:
    found = erasures.begin(person, program, purpose)
    assert found is not None
    return found


def test_taking_back_leaves_what_rests_of_others_of_other_programs_and_other_consents(world: Any) -> None:
    mine = rest(world.influencer, world.program)
    others = {
        rest(world.influencer2, world.program).pk,
        rest(world.influencer, world.other_program).pk,
        rest(world.influencer, world.program, DIRECTORY).pk,
    }
    before = set(Erasure.objects.values_list("pk", flat=True))
    erasures.take_back(world.influencer, world.program, [OWN])
    assert before - set(Erasure.objects.values_list("pk", flat=True)) == {mine.pk}
    assert others < before


def test_agreeing_again_after_the_last_day_finds_nothing_although_the_job_was_late(world: Any) -> None:
    make_figures(world.account, {today_in(world.program) - timedelta(days=14): {Metric.IMPRESSIONS: 900}})
    services.withdraw(world.program, [OWN], by=world.influencer, channel="settings")
    Erasure.objects.filter(user=world.influencer).update(due_on=today_in(world.program) - timedelta(days=1))
    services.grant(world.program, [OWN], by=world.influencer, channel="settings")
    assert not Reading.objects.filter(account__user=world.influencer).exists()
    assert not Erasure.objects.filter(user=world.influencer, purpose=OWN).exists()


def test_who_does_not_want_to_wait_is_done_with_at_once_and_nobody_else_is(
    world: Any, monkeypatch: Any, django_capture_on_commit_callbacks: Any
) -> None:
    called: list[tuple[int, ...]] = []
    monkeypatch.setattr(tasks.erase_due, "apply_async", lambda args=(), **_: called.append(tuple(args)))
    mine, other = rest(world.influencer, world.program), rest(world.influencer2, world.program)
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            assert erasures.hasten(mine) == mine
    mine.refresh_from_db()
    assert mine.due_on == today_in(world.program) - timedelta(days=1)
    assert not mine.may_be_taken_back
    assert Erasure.objects.get(pk=other.pk).due_on == erasures.last_day(world.program)
    assert called == [()], "the worker is called once"


@pytest.fixture
def texts(monkeypatch: Any) -> Any:
    def shown(version: int) -> None:
        monkeypatch.setattr(notices, "version", lambda: version)

    return shown


def test_what_stands_again_after_a_return_names_the_text_that_was_read_then(world: Any, texts: Any) -> None:
    person = world.executive
    texts(7)
    services.grant(world.program, [GROUP], by=person, channel="invitation")
    texts(8)
    services.grant(world.program, [GROUP], by=world.deputy_membership.user, channel="settings")
    services.grant(world.other_program, [GROUP], by=person, channel="settings")
    services.withdraw(world.program, [GROUP], by=person, channel="leave")
    PublishRequest.objects.all().delete()
    texts(9)
    (line,) = services.let_stand_again(world.program, [GROUP], by=person)
    assert (line.notice_version, line.channel) == (7, "return")
    assert GROUP in access.granted(person, world.program)
    assert PublishRequest.objects.filter(program=world.program).exists(), "the figures of the group are made anew"
    assert services.let_stand_again(world.program, [GROUP], by=person) == []


def test_what_rested_is_there_again_after_a_return(world: Any) -> None:
    services.withdraw(world.program, [OWN], by=world.influencer, channel="leave")
    services.let_stand_again(world.program, [OWN], by=world.influencer)
    assert not Erasure.objects.filter(user=world.influencer, purpose=OWN).exists()


def test_a_line_carries_a_pseudonym_that_only_the_site_can_make(world: Any) -> None:
    """It is all that is left of the person after erasure: the same for ever, another one for everybody else."""
    one, other = world.influencer, world.influencer2
    refs = [set(ConsentEvent.objects.filter(user=each).values_list("person_ref", flat=True)) for each in (one, other)]
    assert refs == [{person_ref(one)}, {person_ref(other)}]
    assert person_ref(one) != person_ref(other)
    assert len(person_ref(one)) == 64


def test_after_a_return_the_page_tells_both_days(world: Any) -> None:
    """When one agreed, and since when it stands again."""
    person = world.influencer
    agreed = access_to(person, world.program, OWN)
    assert agreed.again_since is None
    services.withdraw(world.program, [OWN], by=person, channel="leave")
    (line,) = services.let_stand_again(world.program, [OWN], by=person)
    now = access_to(person, world.program, OWN)
    assert (now.is_granted, now.since, now.again_since) == (True, agreed.since, line.at)


def access_to(person: Any, program: Any, purpose: str) -> queries.Choice:
    (found,) = (each for each in queries.overview(person, program)["choices"] if each.text.key == purpose)
    return found


def counts(program: Any) -> Counter[str]:
    return queries.counts(program, Membership.objects.active().filter(program=program))


def test_people_behind_a_purpose_are_those_of_this_program_whose_consent_stands(world: Any) -> None:
    before = counts(world.program)
    services.grant(world.program, [GROUP], by=world.executive, channel="settings")
    services.grant(world.other_program, [GROUP], by=world.executive, channel="settings")
    assert counts(world.program) - before == Counter({GROUP: 1})
    services.withdraw(world.program, [GROUP], by=world.executive, channel="settings")
    assert counts(world.program) == before


def test_what_somebody_chose_is_of_this_program_and_more_than_taking_part(world: Any) -> None:
    before = set(queries.chosen_by(world.program, world.executive))
    services.grant(world.other_program, [GROUP], by=world.executive, channel="settings")
    assert set(queries.chosen_by(world.program, world.executive)) == before
    (line,) = services.grant(world.program, [GROUP], by=world.executive, channel="settings")
    services.grant(world.program, [Purpose.PARTICIPATION], by=world.executive, channel="invitation")
    services.withdraw(world.program, [GROUP], by=world.executive, channel="settings")
    assert set(queries.chosen_by(world.program, world.executive)) == before | {line}
