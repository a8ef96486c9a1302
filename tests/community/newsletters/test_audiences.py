"""An issue for some people: it goes to those of them who subscribed, and nobody can read off who they are."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from community.newsletters import audience_services, jobs, ledger, marking, services
from community.newsletters.checks import look_at
from community.newsletters.models import Delivery, Issue, IssueState
from community.newsletters.models_audiences import Audience, SavedAudience
from community.newsletters.reach import reach_of
from core.people.models import User
from programs.consents.models import Purpose
from programs.consents.services import grant, withdraw
from programs.directory.lines import Topic
from programs.directory.models import Part
from programs.generations.models import Participant
from programs.membership.models import Membership
from tests.factories.directory import make_profile
from tests.factories.newsletters import make_issue, make_readers, make_running, make_sent
from tests.world import client_of


@pytest.fixture
def many(world: Any) -> Any:
    """30 readers who have been there for a while; the first 13 know about welding, one of them about knots too. As many
    others know about both and read nothing."""
    people = make_readers(world.program, 30)
    others = User.objects.bulk_create(User(email=f"other{n}@example.com", name=f"Other {n}") for n in range(13))
    Membership.objects.bulk_create(Membership(program=world.program, user=each, role="influencer") for each in others)
    for person in others:
        topics = [Topic("Welding", ""), Topic("Knots", "")]
        make_profile(world.program, person, shown=[Part.TOPICS], topics=topics)
    Membership.objects.filter(program=world.program).update(since=timezone.now() - timedelta(days=90))
    for person in people[:13]:
        topics = [Topic("Welding", "")] + ([Topic("Knots", "")] if person == people[0] else [])
        make_profile(world.program, person, shown=[Part.TOPICS], topics=topics)
    return people


def words_of(response: Any) -> str:
    """What a reader sees of a page."""
    main = response.content.decode().split("<main", 1)[-1]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def aimed(world: Any, **sorts: Any) -> Issue:
    issue = make_issue(world.program, by=world.manager)
    issue.audience = Audience(**sorts)
    issue.save()
    return issue


def page(world: Any, issue: Issue, part: str, who: str = "manager") -> str:
    return words_of(client_of(who, world).get(f"/p/{world.program.slug}/newsletters/{issue.pk}/{part}"))


def test_it_goes_to_those_of_a_generation_who_subscribed_until_the_last_moment(world: Any, many: Any) -> None:
    for person in many[:3]:
        Participant.objects.create(
            program=world.program, generation=world.generation, user=person, joined_on=world.today
        )
    issue = aimed(world, generations=(world.generation.pk,), languages=("de",))
    issue.state, issue.scheduled_at = IssueState.SCHEDULED, timezone.now()
    issue.save()
    assert jobs.start(issue.pk)
    rows = Delivery.objects.filter(issue=issue)
    assert set(rows.values_list("user", flat=True)) == {many[1].pk, many[2].pk}, "every third reads English"
    claimed = ledger.claim(issue.pk, 10)
    withdraw(world.program, [Purpose.NEWSLETTER], by=many[1], channel="settings")
    went = {row.user_id: marking.mark(None, row) for row in claimed}
    assert went == {many[1].pk: False, many[2].pk: True}


def test_a_role_and_an_interest_choose_too(world: Any, many: Any) -> None:
    since = timezone.now() - timedelta(days=14)
    welders = Audience(interests=("welding",))
    assert ledger.readers(world.program, welders, there_since=since) == {person.pk for person in many[:13]}
    assert ledger.readers(world.program, Audience(roles=("executive",)), there_since=since) == {world.executive.pk}
    make_profile(world.program, many[4], shown=[], topics=[Topic("Welding", "")])
    assert many[4].pk not in ledger.readers(world.program, welders, there_since=since), "not shown, so not known"


def test_two_audiences_that_differ_by_one_person_get_no_second_number(world: Any, many: Any) -> None:
    """The attack: how many know about welding, and how many about welding or knots, which is one person more."""
    first = reach_of(world.program, Audience(interests=("welding",)))
    assert first.can_be_sent
    assert (first.people.low, first.people.high) == (10, 14)
    pages = []
    for is_there in (True, False):
        if not is_there:
            withdraw(world.program, [Purpose.NEWSLETTER], by=many[0], channel="settings")
        second = aimed(world, interests=("knots", "welding"))
        second.number = 99
        second.save()
        assert look_at(second).recipients is None
        assert look_at(second).faults, "nor can it be sent: that it arrives would tell as much"
        pages.append(page(world, second, "checks/"))
        Issue.objects.filter(pk=second.pk).delete()
        with time_machine.travel(timezone.now() + timedelta(days=7), tick=True):
            assert reach_of(world.program, Audience(interests=("knots", "welding"))).people is None
    assert pages[0] == pages[1]


def test_a_number_of_an_audience_stays_while_one_watches(world: Any, many: Any) -> None:
    welders = Audience(interests=("welding",))
    before = reach_of(world.program, welders)
    for person in many[:4]:
        withdraw(world.program, [Purpose.NEWSLETTER], by=person, channel="settings")
    with time_machine.travel(timezone.now() + timedelta(days=7), tick=True):
        assert reach_of(world.program, welders) == before
    for person in many[4:10]:
        withdraw(world.program, [Purpose.NEWSLETTER], by=person, channel="settings")
    with time_machine.travel(timezone.now() + timedelta(days=14), tick=True):
        assert not reach_of(world.program, welders).can_be_sent


def test_nobody_sees_whether_the_only_one_of_a_generation_subscribed(world: Any, many: Any) -> None:
    """Checks, question, delivery and list are the same with and without, though it can be sent."""
    seen = []
    for subscribes in (True, False):
        act = grant if subscribes else withdraw
        act(world.program, [Purpose.NEWSLETTER], by=world.influencer2, channel="settings")
        with time_machine.travel(timezone.now().replace(hour=9, minute=0, second=0), tick=False):
            issue = aimed(world, generations=(world.generation2.pk,))
            pages = [page(world, issue, "checks/"), page(world, issue, "send/")]
            services.send_now(issue, by=world.manager)
            jobs.start(issue.pk)
            assert Delivery.objects.filter(issue=issue).count() == subscribes
            for _breath in range(2):
                jobs.send(issue.pk)
                pages.append(page(world, issue, "progress/"))
            pages.append(words_of(client_of("manager", world).get(f"/p/{world.program.slug}/newsletters/")))
            Issue.objects.filter(pk=issue.pk).delete()
        seen.append(pages)
    assert seen[0] == seen[1]
    assert "those of them who subscribed" in seen[0][2]


def test_the_archive_shows_an_issue_to_those_it_concerned(world: Any) -> None:
    channel = world.channel
    issue = make_sent(world.program, subject_en="For the second", to_generations=[world.generation2.pk])
    long_ago = timezone.now() - timedelta(hours=1)
    Issue.objects.filter(pk=issue.pk).update(state=IssueState.SENDING, started_at=long_ago)
    assert jobs.finish(issue.pk)
    assert not channel.posts.exists(), "a channel is read by everybody"
    path = f"/p/{world.program.slug}/newsletters/"
    for who, status in (("influencer2", 200), ("influencer", 404), ("executive", 404), ("manager", 200)):
        client = client_of(who, world)
        assert client.get(f"{path}{issue.pk}/").status_code == status, who
        for address in (path, f"{path}?q=second", f"/p/{world.program.slug}/search/?q=second"):
            assert ("For the second" in words_of(client.get(address))) == (status == 200), (who, address)
    Participant.objects.filter(user=world.influencer2).update(state="left")
    Delivery.objects.filter(issue=issue).update(user=world.influencer)
    assert client_of("influencer", world).get(f"{path}{issue.pk}/").status_code == 200, "it went to them"
    assert client_of("influencer2", world).get(f"{path}{issue.pk}/").status_code == 404


def test_choosing_and_saving_an_audience(world: Any) -> None:
    issue = world.draft_issue
    client, path = client_of("manager", world), f"/p/{world.program.slug}/newsletters/{issue.pk}/"
    data = {"seen": issue.audience.mark, "generations": world.generation.pk, "roles": "influencer", "name": "First"}
    client.post(f"{path}audience/", data)
    issue.refresh_from_db()
    assert (issue.to_generations, issue.to_roles, issue.version) == ([world.generation.pk], ["influencer"], 2)
    edit = words_of(client.get(f"{path}edit/"))
    assert "corporate influencer" in edit
    assert "First" in edit
    client.post(f"{path}audience/", data | {"roles": "coach", "name": ""})
    issue.refresh_from_db()
    assert issue.to_roles == ["influencer"], "another choice was seen when this one was made"
    other, saved = make_issue(world.program), SavedAudience.objects.get(name="First")
    client.post(
        f"/p/{world.program.slug}/newsletters/{other.pk}/audience/use/",
        {"seen": Audience().mark, "saved": saved.pk},
    )
    other.refresh_from_db()
    assert other.audience == issue.audience
    assert (
        services.write_issue(world.program, by=world.manager, template=f"issue-{other.pk}").audience == other.audience
    )
    audience_services.delete_audience(saved, by=world.manager)
    assert not SavedAudience.objects.present().filter(name="First").exists()


def test_nobody_in_it_is_said_where_all_are_known_by_name(world: Any) -> None:
    Participant.objects.filter(user=world.influencer2).update(state="left")
    assert "Nobody is in the chosen audience." in look_at(aimed(world, generations=(world.generation2.pk,))).faults


def test_a_sending_to_many_is_not_moved_by_the_wait(world: Any, many: Any) -> None:
    """An issue for everybody is out when its last mail is; one for some people five minutes after its start."""
    for sorts, is_out in (({}, True), ({"to_roles": ["influencer"]}, False)):
        issue = make_running(world.program, **sorts)
        Delivery.objects.filter(issue=issue).update(state="sent")
        assert jobs.finish(issue.pk) is is_out
        Issue.objects.filter(pk=issue.pk).update(started_at=timezone.now() - timedelta(minutes=6))
    assert jobs.finish(issue.pk)


def test_where_the_speed_is_known_it_ends_at_full_five_minutes(world: Any, many: Any, settings: Any) -> None:
    """At 30 mails a minute, the moment of the last one told how many there were."""
    settings.SMTP_MAILS_A_MINUTE = 30
    for sorts in ({}, {"to_roles": ["influencer"]}):
        issue = make_running(world.program, **sorts)
        begun = issue.started_at
        Delivery.objects.filter(issue=issue).update(state="sent", sent_at=begun + timedelta(minutes=6))
        for minutes, is_out in ((1, False), (7, False), (9.9, False), (10.1, True)):
            with time_machine.travel(begun + timedelta(minutes=minutes), tick=False):
                assert jobs.finish(issue.pk) is is_out, minutes


def test_an_audience_in_which_everybody_subscribed_gets_no_number(world: Any) -> None:
    """The attack: a generation of ten people known by name, "10 to 14 readers". So it is each of them."""
    for person in make_readers(world.program, 10):
        Participant.objects.create(
            program=world.program, generation=world.generation2, user=person, joined_on=world.today
        )
    Participant.objects.filter(user=world.influencer2).delete()
    Membership.objects.filter(program=world.program).update(since=timezone.now() - timedelta(days=90))
    make_readers(world.program, 30, "outside")
    Membership.objects.filter(program=world.program).update(since=timezone.now() - timedelta(days=90))
    reach = reach_of(world.program, Audience(generations=(world.generation2.pk,)))
    assert reach.can_be_sent
    assert reach.people is None
