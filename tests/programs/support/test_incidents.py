"""Somebody asks for help: only who is in it knows, nothing is in a log, and afterwards somebody asks how they are."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from core.journal.models import Entry
from core.kit.kept import in_numbers
from core.news.models import Notification
from core.people import services as people
from programs.membership.unnamed import without_names
from programs.support import incidents, leaving
from programs.support.models_incidents import LONGEST_LESSON, EntryKind, Incident, IncidentEntry, Lesson
from programs.support.room import ROOM
from tests.at_once import at_once
from tests.factories.handbook import make_page
from tests.factories.support import make_incident


def url(world: Any, name: str, *args: Any) -> str:
    return reverse(f"programs:{name}", args=[world.program.slug, *args])


def page(world: Any) -> str:
    return url(world, "incident", world.incident.pk)


def test_a_bad_day(world: Any, sign_in: Any) -> None:
    """The journey: the button on any page, ask, an answer, somebody joins, closed with what was learnt, which stands in
    the handbook without names, asked twice how one is."""
    client = sign_in(world.influencer2)
    for start in (f"/p/{world.program.slug}/", f"/p/{world.program.slug}/forum/", f"/p/{world.program.slug}/path/"):
        assert f'href="{url(world, "help_now")}"' in client.get(start).content.decode(), start
    assert url(world, "incident_new") in client.get(url(world, "help_now")).content.decode()
    client.post(url(world, "incident_new"), {"helpers": [world.coach_membership.pk], "text": "My post goes round"})
    incident = Incident.objects.get(reporter=world.influencer2)
    where = url(world, "incident", incident.pk)
    assert Notification.objects.filter(person=world.coach, kind="support.asked", about=str(incident.pk)).count() == 1
    coach = sign_in(world.coach)
    assert "My post goes round" in coach.get(where).content.decode()
    coach.post(where, {"text": "I read along"})
    assert "I read along" in client.get(where, headers={"hx-request": "true"}).content.decode()
    assert sign_in(world.manager).get(where).status_code == 404
    client.post(url(world, "incident_bring_in", incident.pk, world.manager.pk))
    assert "My post goes round" in sign_in(world.manager).get(where).content.decode()
    coach.post(url(world, "incident_close", incident.pk), {"learnt": "Answer on the next day."})
    assert Lesson.objects.get().text == "Answer on the next day."
    assert "Answer on the next day." in sign_in(world.manager).get(url(world, "support")).content.decode()
    assert "Answer on the next day." not in sign_in(world.influencer).get(url(world, "support")).content.decode()
    learnt = make_page(world.program, chapter="lessons")
    read = sign_in(world.influencer).get(url(world, "handbook_page", learnt.pk)).content.decode()
    chapter = read[read.index("Answer on the next day.") - 400 : read.index("Answer on the next day.") + 200]
    assert world.influencer2.name not in chapter
    assert world.coach.name not in chapter
    for days, told in ((1, 1), (2, 1), (8, 2), (9, 2), (30, 2)):
        with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
            incidents.ask_how_they_are()
            incidents.ask_how_they_are()
        asked = Notification.objects.filter(person=world.influencer2, kind="support.afterwards")
        assert asked.count() == told, days


def test_names_in_what_was_learnt_are_left_out_and_that_is_said(world: Any, sign_in: Any) -> None:
    world.influencer2.name = "Ida Quist"
    world.influencer2.save()
    client = sign_in(world.coach)
    sent = {"learnt": "Ida Quist waited; Quists post stayed online for a day."}
    page = client.post(url(world, "incident_close", world.incident.pk), sent, follow=True).content.decode()
    assert "It is closed. 2 names were left out." in page
    assert Lesson.objects.get().text == "somebody waited; somebody post stayed online for a day."
    learnt = make_page(world.program, chapter="lessons")
    assert "Quist waited" not in sign_in(world.influencer).get(url(world, "handbook_page", learnt.pk)).content.decode()
    named = ("Ida " * 150).strip()
    text, count = without_names("Ida, " * 120, {"Ida"}, longest=LONGEST_LESSON)
    assert (text, count) == ("…, " * 120, 120), "short enough, and nothing is cut off"
    assert without_names(named, {"Ida"}) == ("somebody", 1)


@pytest.mark.django_db(transaction=True)
def test_two_who_close_it_at_once_lose_no_lesson(world: Any) -> None:
    """Each wrote down something else; who presses twice writes it once."""
    words = iter(["Call first.", "Write later.", "Write later."])
    at_once(
        lambda: incidents.close(Incident.objects.get(pk=world.incident.pk), learnt=next(words), by=world.coach),
        copies=3,
    )
    assert sorted(Lesson.objects.values_list("text", flat=True)) == ["Call first.", "Write later."]
    assert IncidentEntry.objects.filter(incident=world.incident, kind=EntryKind.CLOSED).count() == 1


def test_nothing_of_it_is_in_the_log(world: Any, sign_in: Any) -> None:
    before = Entry.objects.count()
    incident = make_incident(world.program, world.influencer2, world.coach)
    incidents.say(incident, text="x", by=world.coach)
    incidents.bring_in(incident, world.manager)
    incidents.close(incident, learnt="y", by=world.influencer2)
    assert Entry.objects.count() == before


@pytest.mark.parametrize("member", ["manager", "executive", "council", "influencer2", "stranger", "admin"])
def test_who_is_not_in_it_learns_nothing(member: str, world: Any, sign_in: Any) -> None:
    client = sign_in(getattr(world, member))
    assert client.get(page(world)).status_code == 404
    assert client.post(page(world), {"text": "x"}).status_code == 404
    for name in ("incident_close", "incident_reopen"):
        assert client.post(url(world, name, world.incident.pk)).status_code == 404
    assert client.post(url(world, "incident_bring_in", world.incident.pk, world.manager.pk)).status_code == 404
    help_now = client.get(url(world, "help_now"))
    assert page(world) not in help_now.content.decode()


def test_only_who_asked_says_who_else_shall_know(world: Any, sign_in: Any) -> None:
    bring = url(world, "incident_bring_in", world.incident.pk, world.manager.pk)
    assert sign_in(world.coach).post(bring).status_code == 403
    # nobody outside of the team, and nobody of another program
    for person in (world.influencer2, world.executive, world.stranger):
        where = url(world, "incident_bring_in", world.incident.pk, person.pk)
        assert sign_in(world.influencer).post(where).status_code == 404
    assert {row.person for row in world.incident.people.all()} == {world.influencer, world.coach}


def test_who_was_taken_out_reads_and_hears_nothing_more(world: Any, sign_in: Any) -> None:
    shown = sign_in(world.influencer).get(page(world)).content.decode()
    assert f'Remove\n                        <span class="vh">{world.coach}</span>' in shown
    assert "Restore" not in shown
    assert f"<b>{world.influencer}</b>" in shown, "a name goes with every verb, in every language"
    sign_in(world.influencer).post(url(world, "incident_take_out", world.incident.pk, world.coach.pk))
    assert sign_in(world.coach).get(page(world)).status_code == 404
    inbox = sign_in(world.coach).get(reverse("news:inbox")).content.decode()
    assert page(world) not in inbox
    incidents.say(world.incident, text="Later", by=world.influencer)
    assert not Notification.objects.filter(person=world.coach, kind="support.said").exists()


def test_a_helper_can_go_and_who_asked_stays(world: Any, sign_in: Any) -> None:
    out = url(world, "incident_take_out", world.incident.pk, world.coach.pk)
    assert sign_in(world.coach).post(out).status_code == 302
    assert sign_in(world.coach).get(page(world)).status_code == 404
    sign_in(world.influencer).post(url(world, "incident_take_out", world.incident.pk, world.influencer.pk))
    assert sign_in(world.influencer).get(page(world)).status_code == 200


def test_somebody_has_to_be_asked(world: Any, sign_in: Any) -> None:
    answer = sign_in(world.influencer2).post(url(world, "incident_new"), {"text": "Words that are kept"})
    assert answer.status_code == 422
    assert "choose at least one person" in answer.content.decode()
    assert "Words that are kept" in answer.content.decode()
    others = {"helpers": [world.influencer_membership.pk], "text": "x"}
    assert sign_in(world.influencer2).post(url(world, "incident_new"), others).status_code == 422


def test_closing_has_undo_and_is_done_once(world: Any, sign_in: Any) -> None:
    incidents.close(world.incident, learnt="Once", by=world.coach)
    incidents.close(world.incident, learnt="Once", by=world.coach)
    assert Lesson.objects.count() == 1
    sign_in(world.influencer).post(url(world, "incident_reopen", world.incident.pk))
    world.incident.refresh_from_db()
    assert (world.incident.is_open, world.incident.ask_on) == (True, None)
    kinds = [entry.kind for entry in world.incident.entries.all()]
    assert kinds == [EntryKind.ASKED, EntryKind.CLOSED, EntryKind.REOPENED]


def test_one_that_fails_keeps_nobody_else_waiting(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    other = make_incident(world.program, world.influencer2, world.coach)
    for incident in (world.incident, other):
        incidents.close(incident, learnt="", by=world.coach)
    tell = incidents.news.tell_afterwards

    def breaks(incident: Incident, left: int) -> None:
        if incident.pk == world.incident.pk:
            raise ValueError
        tell(incident, left)

    monkeypatch.setattr(incidents.news, "tell_afterwards", breaks)
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        incidents.ask_how_they_are()
    asked = Notification.objects.filter(kind="support.afterwards")
    assert [row.person for row in asked] == [world.influencer2]
    world.incident.refresh_from_db()
    assert world.incident.ask_on is not None, "it is tried again"


def test_nothing_is_left_after_three_months(world: Any) -> None:
    later = timezone.now() + timedelta(days=91)
    with time_machine.travel(later, tick=False):
        incidents.say(world.incident, text="Still", by=world.influencer)
        for removes in ROOM.retention:
            removes()
        assert Incident.objects.filter(pk=world.incident.pk).exists()
    with time_machine.travel(later + timedelta(days=91), tick=False):
        for removes in ROOM.retention:
            removes()
    assert not Incident.objects.exists()
    assert not IncidentEntry.objects.exists()


def test_what_becomes_of_it_with_its_people(world: Any) -> None:
    incidents.say(world.incident, text="I am here", by=world.coach)
    leaving.forget_everywhere(world.coach)
    assert world.incident.entries.get(text="I am here").by is None
    assert [row.person for row in world.incident.people.all()] == [world.influencer]
    assert [number for number, _words in in_numbers(leaving.kept(world.influencer, world.program))] == [1]
    people.erase_account(world.influencer)
    assert not Incident.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_queries(count: int, world: Any, sign_in: Any, django_assert_num_queries: Any) -> None:
    for number in range(count - 1):
        incidents.say(world.incident, text=f"Line {number}", by=world.coach)
        make_incident(world.program, world.influencer, world.coach)
    client = sign_in(world.influencer)
    client.get(page(world))
    with django_assert_num_queries(7):
        client.get(page(world))
    with django_assert_num_queries(5):
        client.get(url(world, "help_now"))
