"""Leaving shows what goes, destroys nothing for thirty days, and coming back brings back what was promised."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from analytics.activities import services as activities
from analytics.activities.models import Activity
from analytics.imports.models import ImportRun
from analytics.kpis.models import PublishRequest
from analytics.kpis.weeks import ended_weeks
from analytics.metrics.models import Metric, Reading
from core.kit import rooms
from core.kit.rooms import Belonging, Room
from core.people.models import User
from influencer.privacy import jobs as privacy
from programs.consents import access as consents
from programs.consents import jobs, queries
from programs.consents import services as consent_services
from programs.consents.models import ConsentEvent, Erasure, Purpose
from programs.generations import access, services
from programs.generations.models import Invitation, Participant, Span, StepDone
from programs.membership.models import Membership
from tests.at_once import at_once
from tests.factories.kpis import make_figures
from tests.factories.office_hours import make_booking

PARTICIPATION = Purpose.PARTICIPATION


def url(name: str, world: Any, *args: Any) -> str:
    return reverse(f"programs:{name}", args=[world.program.slug, *args])


def stored(person: User) -> tuple[int, int, int, int]:
    return (
        Activity.objects.present().filter(user=person).count(),
        Reading.objects.filter(account__user=person).count(),
        ImportRun.objects.filter(account__user=person).count(),
        StepDone.objects.filter(participant__user=person).count(),
    )


@pytest.fixture
def person(world: Any) -> User:
    """Somebody with something to lose."""
    services.finish_step(world.step, world.participant)
    weeks = ended_weeks(world.today)[-4:]
    make_figures(world.account, {week: {Metric.IMPRESSIONS: 900, Metric.REACTIONS: 40} for week in weeks})
    assert min(stored(world.influencer)) > 0
    return world.influencer


def test_the_page_says_what_goes_in_numbers_and_offers_the_download_first(
    world: Any, person: User, sign_in: Any
) -> None:
    before = stored(person), ConsentEvent.objects.count()
    page = sign_in(person).get(url("participation_leave", world))
    html = page.content.decode()
    said = {(each.number, each.words.split()[0]) for each in page.context["held"]}
    activities, figures, runs, _steps = stored(person)
    assert {(activities, "entries" if activities > 1 else "entry"), (figures, "figures")} <= said
    assert any(number == runs and word.startswith("import") for number, word in said)
    assert html.index(reverse("privacy:export")) < html.index('type="submit"', html.index("<main"))
    assert (stored(person), ConsentEvent.objects.count()) == before, "looking changes nothing"


def test_leaving_destroys_nothing_at_first(world: Any, person: User, sign_in: Any) -> None:
    consent_services.grant(world.program, [Purpose.GROUP_FIGURES], by=person, channel="settings")
    PublishRequest.objects.all().delete()
    before = stored(person)
    answer = sign_in(person).post(url("participation_leave", world))
    assert answer.url == reverse("home:start")
    assert stored(person) == before
    world.participant.refresh_from_db()
    assert (world.participant.state, world.participant.left_on) == ("left", timezone.localdate())
    assert Span.objects.get(participant=world.participant).end_on == timezone.localdate()
    assert not Membership.objects.filter(user=person, ended_at=None).exists()
    assert consents.granted(person, world.program) == frozenset()
    assert PublishRequest.objects.filter(program=world.program).exists(), "sums are made anew at once"
    assert sign_in(person).get(url("path", world)).status_code == 404


def test_the_sentence_after_leaving_is_true(world: Any, person: User, sign_in: Any) -> None:
    """ "Until that day one click brings everything back": on that very day, with everything."""
    consent_services.grant(world.program, [Purpose.NEWSLETTER], by=person, channel="settings")
    granted, before = consents.granted(person, world.program), stored(person)
    client = sign_in(person)
    page = client.post(url("participation_leave", world), follow=True)
    assert "If you expected to be" not in page.content.decode(), "they have just left"
    (told,) = page.context["messages"]
    rests = consents.resting(person, world.program, PARTICIPATION)
    assert rests
    assert str(rests.due_on.year) in str(told)
    for title in (*(each.words for each in queries.held(person, world.program, PARTICIPATION)), "newsletter"):
        assert title in page.content.decode(), title
    last_moment = timezone.localtime().replace(hour=23, minute=50) + timedelta(days=30)
    with time_machine.travel(last_moment, tick=False):
        privacy.retention()
        jobs.erase_due()
        client = Client()
        client.force_login(person)
        assert client.post(told.extra_tags.removeprefix("undo:")).status_code == 302
        assert stored(person) == before
        assert consents.granted(person, world.program) == granted
        world.participant.refresh_from_db()
        assert (world.participant.state, world.participant.generation) == ("active", world.generation)
        assert client.get(url("path", world)).status_code == 200
        assert not Erasure.objects.filter(user=person).exists()
    with time_machine.travel(last_moment + timedelta(days=9), tick=False):
        jobs.erase_due()
        assert stored(person) == before, "what was taken back is not deleted later"


def test_what_was_agreed_when_stays_true_after_a_return(world: Any, person: User, sign_in: Any) -> None:
    """Agreed to in German, back in English a while later: neither the day nor the text of agreeing changes."""
    with translation.override("de"):
        consent_services.grant(world.program, [Purpose.NEWSLETTER], by=person, channel="settings")
    lines = ConsentEvent.objects.filter(user=person, program=world.program, purpose=Purpose.NEWSLETTER)
    agreed = lines.get()
    sign_in(person).post(url("participation_leave", world))
    answer = sign_in(person).post(url("participation_resume", world), follow=True)
    assert answer.status_code == 200
    again = lines.newest().get()
    assert (again.action, again.channel) == ("granted", "return")
    for name in ("language", "text_sha256", "notice_version"):
        assert getattr(again, name) == getattr(agreed, name), name
    choices = {choice.text.key: choice for choice in queries.overview(person, world.program)["choices"]}
    assert choices[Purpose.NEWSLETTER].since == agreed.at
    assert choices[Purpose.NEWSLETTER].again_since == again.at
    assert "valid again since you came back on" in sign_in(person).get(url("consents", world)).content.decode()
    consent_services.withdraw(world.program, [Purpose.NEWSLETTER], by=person, channel="settings")
    (anew,) = consent_services.grant(world.program, [Purpose.NEWSLETTER], by=person, channel="settings")
    choices = {choice.text.key: choice for choice in queries.overview(person, world.program)["choices"]}
    assert (choices[Purpose.NEWSLETTER].since, choices[Purpose.NEWSLETTER].again_since) == (
        lines.newest().get().at,
        None,
    )
    assert anew.language == "en"


def test_after_the_time_to_think_everything_goes_and_nothing_else(world: Any, person: User, sign_in: Any) -> None:
    others = stored(world.influencer2)
    sign_in(person).post(url("participation_leave", world))
    with time_machine.travel(timezone.localtime().replace(hour=0, minute=30) + timedelta(days=31), tick=False):
        jobs.erase_due()
        assert stored(person)[:3] == (0, 0, 0)
        assert not Erasure.objects.filter(user=person).exists()
        assert stored(world.influencer2) == others
        client = Client()
        client.force_login(person)
        assert client.post(url("participation_resume", world)).status_code == 404
    assert ConsentEvent.objects.filter(user=person, action="withdrawn").exists(), "the proof stays"


def test_the_account_waits_for_the_last_day_too(world: Any, person: User, sign_in: Any) -> None:
    sign_in(person).post(url("participation_leave", world))
    for days, is_there in ((30, True), (31, False)):
        with time_machine.travel(timezone.localtime().replace(hour=23, minute=50) + timedelta(days=days), tick=False):
            privacy.retention()
            assert User.objects.filter(pk=person.pk, is_active=True).exists() is is_there


def test_leaving_hides_from_oneself_and_from_all(world: Any, person: User, sign_in: Any) -> None:
    Invitation.objects.filter(pk=world.invitation.pk).update(state="accepted", email=person.email)
    client = sign_in(person)
    client.post(url("participation_leave", world))
    assert not Invitation.objects.filter(email=person.email).exists()
    for name in ("mine", "activity_list", "imports"):
        assert client.get(reverse(f"analytics:{name}", args=[world.program.slug])).status_code == 404


def test_other_roles_stay(world: Any) -> None:
    Membership.objects.create(user=world.influencer, program=world.program, role="coach")
    services.leave(world.participant, by=world.influencer)
    roles = Membership.objects.filter(user=world.influencer, ended_at=None).values_list("role", flat=True)
    assert list(roles) == ["coach"]


def test_a_room_that_fails_keeps_the_rest_for_the_next_time(world: Any, person: User) -> None:
    def fail(user: Any, program: Any) -> None:
        raise RuntimeError

    services.leave(world.participant, by=person)
    services.leave(world.participant2, by=world.influencer2)
    before = stored(person)
    both = frozenset({PARTICIPATION, Purpose.OWN_FIGURES})
    only = Room(name="tests", belongings=(Belonging(both, lambda user, program: (), fail, 99),))
    with time_machine.travel(timezone.now() + timedelta(days=32), tick=False):
        with rooms.using(*rooms.every(), only):
            assert jobs.erase_due().failed >= 2
        assert stored(person) == before, "all of a person goes, or nothing"
    with time_machine.travel(timezone.now() + timedelta(days=33), tick=False):
        assert jobs.erase_due().failed == 0
        assert stored(person)[:3] == (0, 0, 0)


def test_who_does_not_want_to_wait_is_deleted_at_once(world: Any, person: User, sign_in: Any) -> None:
    client = sign_in(person)
    client.post(url("participation_leave", world))
    erase = url("consent_erase", world, "participation")
    before = stored(person)
    page = client.get(erase).content.decode()
    assert reverse("privacy:export") in page
    assert stored(person) == before
    client.post(erase)
    jobs.erase_due()
    assert stored(person)[:3] == (0, 0, 0)
    client.post(url("participation_resume", world))
    assert consents.granted(person, world.program) == {PARTICIPATION}, "the place comes back, consents are given anew"


def test_who_comes_back_before_a_late_job_finds_nothing_and_keeps_what_is_new(world: Any, person: User) -> None:
    services.leave(world.participant, by=person)
    Erasure.objects.filter(user=person).update(due_on=timezone.localdate() - timedelta(days=1))
    services.resume(world.participant, by=person)
    assert stored(person)[:3] == (0, 0, 0)
    activities.log_activity(world.program, {"on": world.today, "minutes": 10}, by=person)
    jobs.erase_due()
    assert stored(person)[0] == 1


def test_joining_again_by_invitation_brings_back_what_rested(world: Any, person: User) -> None:
    before = stored(person)
    services.leave(world.participant, by=person)
    services.take_in(person, world.generation2, [])
    assert not Erasure.objects.filter(user=person, purpose=PARTICIPATION).exists()
    assert stored(person)[0] == before[0]


def test_after_thirty_days_it_needs_a_new_invitation(world: Any, sign_in: Any) -> None:
    services.leave(world.participant, by=world.influencer)
    long_ago = timezone.localdate() - timedelta(days=31)
    Span.objects.filter(participant=world.participant).update(end_on=long_ago)
    Participant.objects.filter(pk=world.participant.pk).update(left_on=long_ago)
    assert sign_in(world.influencer).post(url("participation_resume", world)).status_code == 404
    assert access.may_return_to(world.influencer) == []


def test_withdrawing_the_consent_to_take_part_is_leaving(world: Any) -> None:
    consent_services.withdraw(world.program, [PARTICIPATION], by=world.influencer, channel="settings")
    world.participant.refresh_from_db()
    assert world.participant.state == "left"


@pytest.mark.django_db(transaction=True)
def test_leaving_and_coming_back_at_once_ends_whole(world: Any, person: User) -> None:
    """In twenty windows: no error, and in the end somebody is either in with everything or out with everything."""
    before = stored(person)
    turns = iter([services.leave, services.resume] * 10)
    at_once(lambda: next(turns)(Participant.objects.get(pk=world.participant.pk), by=person))
    world.participant.refresh_from_db()
    is_in = world.participant.state == "active"
    assert (PARTICIPATION in consents.granted(person, world.program)) is is_in
    assert Membership.objects.filter(user=person, ended_at=None).exists() is is_in
    assert Erasure.objects.filter(user=person, purpose=PARTICIPATION).exists() is not is_in
    assert stored(person) == before


@pytest.mark.django_db(transaction=True)
def test_a_return_and_the_deletion_at_the_same_moment(world: Any, person: User) -> None:
    """Whoever is first has it: all is there and stays, or all is gone and the consents are not given again."""
    before = stored(person)
    services.leave(world.participant, by=person)
    Erasure.objects.filter(user=person).update(due_on=timezone.localdate() - timedelta(days=1))
    turns = iter([jobs.erase_due, lambda: services.resume(world.participant, by=person)] * 10)
    at_once(lambda: next(turns)())
    assert stored(person)[:3] in (before[:3], (0, 0, 0))
    assert not Erasure.objects.filter(user=person, purpose=PARTICIPATION).exists()


def test_what_the_page_promises_back_comes_back_and_the_rest_it_names(world: Any, person: User, sign_in: Any) -> None:
    """Places that others take at once, answers and votes: the page says so before, and the sentence after it keeps to
    what is so."""
    make_booking(world.hours, person)
    client = sign_in(person)
    page = client.get(url("participation_leave", world))
    client.post(url("participation_leave", world))
    client.post(url("participation_resume", world))
    before, after = [each.words for each in page.context["held"]], queries.held(person, world.program, PARTICIPATION)
    gone = {*before} - {each.words for each in after}
    assert {"booked hours", "answer to an invitation"} <= gone
    assert {each.words for each in page.context["ends"]} == gone - {"cancelled hour"}, "there are more of those"
    at_once, _, later = page.content.decode().partition("This ends for good")[2].partition("</dd>")
    assert ("2 booked hours" in at_once, "2 booked hours" in later) == (True, False)
    assert "entry of your log" in later
