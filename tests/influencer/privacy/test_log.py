"""The works council's log: sentences with their object, before and after; who takes part never stands in it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.forum.verbs import ForumVerb
from community.pulses.models import PulseRound
from core.comments.verbs import CommentsVerb
from core.journal import services as journal
from core.journal.models import Entry
from core.kit import rooms
from core.kit.templatetags.ui import day
from core.notify.models import OutgoingMail
from core.people.verbs import PeopleVerb
from influencer.privacy import log
from influencer.privacy.verbs import PrivacyVerb
from programs.checklists.models import Item
from programs.membership import services as membership
from programs.membership.models import Membership, Role
from programs.phases import services as phases
from programs.phases.verbs import PhasesVerb
from tests.world import make_user

URL = "/p/nordlichter/council/log/"


@pytest.fixture(autouse=True)
def quiet(world: Any) -> None:
    Entry.objects.all().delete()
    OutgoingMail.objects.all().delete()


def test_a_change_says_what_it_was_and_what_it_became(world: Any, sign_in: Any) -> None:
    goals = [goal.text for goal in world.program.goals.all()]
    membership.update_program(world.program, goals=goals, group_minimum=8, country="AT", by=world.manager)
    phases.edit_phase(
        world.phase, start_on=world.phase.start_on + timedelta(days=7), end_on=world.phase.end_on, by=world.manager
    )
    page = sign_in(world.council).get(URL)
    moved, changed = page.context["list"].page
    assert (moved.who, moved.thing) == (world.manager.name, world.phase.title)
    assert moved.url == f"/p/nordlichter/phases/{world.phase.pk}/"
    assert {(swap.label, swap.before, swap.after) for swap in changed.swaps} >= {
        ("smallest group shown (k)", "5", "8"),
        ("country profile", "Germany", "Austria"),
    }
    words = page.content.decode()
    assert "changed the program&#x27;s settings" in words
    assert "Germany" in words


def test_it_speaks_german(world: Any, sign_in: Any) -> None:
    world.council.language = "de"
    world.council.save()
    journal.record(PhasesVerb.STARTED, world.phase, by=world.manager)
    words = sign_in(world.council).get(URL).content.decode()
    assert "hat eine Phase begonnen" in words
    assert "phases.started" not in words


def test_only_this_program_and_never_a_participant(world: Any, sign_in: Any) -> None:
    journal.record(PhasesVerb.STARTED, world.phase, by=world.manager)
    journal.record(PeopleVerb.PROFILE_CHANGED, world.program, by=world.influencer)
    journal.record(PhasesVerb.STARTED, by=world.stranger, program_id=world.other_program.pk)
    page = sign_in(world.council).get(URL)
    assert [line.who for line in page.context["list"].page] == ["a participant", world.manager.name]
    assert world.influencer.name not in page.content.decode()
    assert world.stranger.name not in page.content.decode()


def test_filters(world: Any, sign_in: Any) -> None:
    journal.record(PhasesVerb.STARTED, world.phase, by=world.manager)
    journal.record(PhasesVerb.FINISHED, world.phase, by=world.coach)
    journal.record_view(PrivacyVerb.LOG_VIEWED, world.program, by=world.manager)
    old = journal.record(PhasesVerb.SKIPPED, world.phase, by=world.manager)
    Entry.objects.filter(pk=old.pk).update(at=timezone.now() - timedelta(days=100))
    client = sign_in(world.council)

    def verbs(query: str) -> set[str]:
        return {line.entry.verb for line in client.get(URL + query, follow=True).context["list"].page}

    assert verbs("") == {"phases.started", "phases.finished", "privacy.log_viewed"}
    assert verbs(f"?who={world.coach.pk}") == {"phases.finished"}
    assert verbs("?kind=view") == {"privacy.log_viewed"}
    assert verbs("?days=365&kind=change") == {"phases.started", "phases.finished", "phases.skipped"}
    assert verbs("?who=abc&kind=x&days=-1&page=0") == verbs("")
    assert verbs(f"?who={world.influencer.pk}") == verbs("")  # nobody can be picked out who is not in the team


def test_own_looks_stand_apart_and_do_not_flood(world: Any, sign_in: Any) -> None:
    client = sign_in(world.council)
    for _ in range(5):
        page = client.get(URL)
    assert list(page.context["list"].page) == []
    assert len(page.context["own"]) == 1
    assert Entry.objects.filter(verb="privacy.log_viewed").count() == 1


@pytest.mark.parametrize(("kind", "begins"), [("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK"), ("pdf", b"%PDF")])
def test_it_can_be_taken_along(world: Any, sign_in: Any, kind: str, begins: bytes) -> None:
    world.manager.name = "=cmd|'/c calc'!A1"
    world.manager.save()
    journal.record(PhasesVerb.STARTED, world.phase, by=world.manager)
    answer = sign_in(world.council).get(f"{URL}?as={kind}&days=30")
    assert answer.content.startswith(begins)
    assert "attachment" in answer["Content-Disposition"]
    assert Entry.objects.filter(verb="privacy.log_exported", actor=world.council).count() == 1
    if kind == "csv":
        assert "'=cmd" in answer.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_for_one_and_three(world: Any, sign_in: Any, count: int) -> None:
    for _ in range(count):
        journal.record(PhasesVerb.STARTED, world.phase, by=world.manager)
    client = sign_in(world.council)
    client.get(URL)
    with CaptureQueriesContext(connection) as queries:
        assert len(client.get(URL).context["list"].page.object_list) == count
    assert len(queries) == 7


def test_the_council_is_told_of_settings_and_roles_that_concern_people(world: Any) -> None:
    goals = [goal.text for goal in world.program.goals.all()]
    membership.update_program(world.program, goals=goals, group_minimum=9, by=world.manager)
    mail = OutgoingMail.objects.get(address=world.council.email)
    assert "Smallest group shown (k): changed from 5 to 9" in mail.text
    membership.update_program(world.program, goals=goals, name="Nordlicht", by=world.manager)
    assert OutgoingMail.objects.filter(address=world.council.email).count() == 1  # the name concerns nobody
    added = membership.take_role(world.program, user=make_user("new"), role=Role.COACH, by=world.manager)
    membership.end_membership(added, by=world.manager)
    membership.resume_membership(added, by=world.manager)
    told = OutgoingMail.objects.filter(address=world.council.email).order_by("pk").values_list("text", flat=True)
    said = ("New is now coach", "New is no longer coach", "New is now coach")
    assert [words in text for words, text in zip(said, told[1:], strict=True)] == [True, True, True]


def test_lines_name_things_by_kind_not_by_person(world: Any) -> None:
    """An invitation, a roster, a participant have no title in the log: they stand for people who are asked."""
    entry = journal.record(PhasesVerb.STARTED, world.invitation, by=world.manager)
    (line,) = log.lines_of(world.program, list(log.with_actors(Entry.objects.filter(pk=entry.pk))))
    assert (line.thing, line.url) == ("", "")


def test_what_hangs_on_something_and_what_is_said_in_the_forum(world: Any) -> None:
    """A comment by what it is about, a post by its board: the words that people write are in no log."""
    program = world.program.pk
    entries = [
        journal.record(CommentsVerb.ADDED, by=world.manager, program_id=program, kind="item", target=world.item.pk),
        journal.record(ForumVerb.POST_REMOVED, world.topic, by=world.manager),
        journal.record(ForumVerb.ROTA_PLANNED, by=world.manager, program_id=program, on="2026-11-23"),
    ]
    read = log.with_actors(Entry.objects.filter(pk__in=[entry.pk for entry in entries]).order_by("pk"))
    things = [line.thing for line in log.lines_of(world.program, list(read))]
    assert things == [str(world.item), str(world.topic.board), day(date(2026, 11, 23))]


def test_what_somebody_did_before_they_had_a_role_stays_without_a_name(world: Any, sign_in: Any) -> None:
    """Who joins the team later is not named for what they did as a participant, nor found by the filter."""
    entry = journal.record(PhasesVerb.STARTED, world.phase, by=world.influencer)
    Entry.objects.filter(pk=entry.pk).update(at=timezone.now() - timedelta(days=3))
    Membership.objects.create(program=world.program, user=world.influencer, role=Role.COACH)
    journal.record(PhasesVerb.STARTED, world.phase, by=world.influencer)
    council = sign_in(world.council)
    assert [line.who for line in council.get(URL).context["list"].page] == [world.influencer.name, "a participant"]
    found = council.get(URL, {"who": str(world.influencer.pk)}).context["list"].page
    assert [line.who for line in found] == [world.influencer.name]


def test_what_somebody_does_after_their_role_ended_stays_without_a_name(world: Any, sign_in: Any) -> None:
    ended = timezone.now() - timedelta(minutes=2)
    Membership.objects.filter(user=world.coach).update(since=ended - timedelta(days=30), ended_at=ended)
    journal.record(PhasesVerb.STARTED, world.phase, by=world.coach)
    Entry.objects.update(at=ended - timedelta(minutes=1))
    journal.record(PhasesVerb.STARTED, world.phase, by=world.coach)
    council = sign_in(world.council)
    assert [line.who for line in council.get(URL).context["list"].page] == ["a participant", world.coach.name]
    assert len(council.get(URL, {"who": str(world.coach.pk)}).context["list"].page) == 1
    newest = list(log.with_actors(Entry.objects.filter(actor=world.coach)).order_by("-pk")[:1])
    assert [line.who for line in log.newest_lines(world.program, newest)] == ["a participant"]


def test_what_names_a_thing_comes_with_it(world: Any, django_assert_num_queries: Any) -> None:
    """Rows without the fields that name them would each be asked for again."""
    named = [each for room in rooms.every() for each in room.subjects if each.reads]
    assert {each.model for each in named} == {Item, Membership, PulseRound}
    for subject in named:
        keys = list(subject.model._base_manager.values_list("pk", flat=True)[:9])
        with django_assert_num_queries(1):
            assert [
                subject.title(row) and subject.place(row) for row in subject.rows(keys, subject.model._base_manager)
            ]
