"""Notes after an hour: they belong to the person; a host reads while it is shared, and writes while it is agreed to."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from community.office_hours import leaving, notes
from community.office_hours.models import Booking
from community.office_hours.models_notes import HourNote, NotesAllowed
from core.journal.models import Entry
from programs.consents import services as consents
from programs.consents.models import Purpose
from programs.membership.models import Membership


def url(name: str, *args: Any) -> str:
    return reverse(f"community:{name}", args=["nordlichter", *args])


def text(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.fixture
def calm(world: Any) -> Any:
    HourNote.objects.all().delete()
    Entry.objects.all().delete()
    return world


def write(world: Any, words: str, days: int | None = None) -> HourNote:
    until = None if days is None else world.today + timedelta(days=days)
    return notes.write(
        world.program, text=words, host=world.hours, shared_until=until, follow_up="", by=world.influencer
    )


def test_the_host_reads_only_what_is_shared_and_only_so_long(calm: Any, sign_in: Any) -> None:
    write(calm, "Never shared")
    write(calm, "Over since yesterday", -1)
    write(calm, "Shared until today", 0)
    page = text(sign_in(calm.coach).get(url("booking_notes", calm.booking.pk)))
    assert "Shared until today" in page
    assert "Never shared" not in page
    assert "Over since yesterday" not in page
    own = text(sign_in(calm.influencer).get(url("hours_notes")))
    assert all(words in own for words in ("Never shared", "Over since yesterday", "Shared until today"))
    assert not Entry.objects.exists(), "the log says nothing of it"


def test_the_host_writes_only_while_it_is_agreed_to(calm: Any, sign_in: Any) -> None:
    coach, person = sign_in(calm.coach), sign_in(calm.influencer)
    address = url("booking_notes", calm.booking.pk)
    assert "only if they allow it" in text(coach.get(address))
    assert "Nothing was saved" in text(coach.post(address, {"text": "Slipped in"}, follow=True))
    assert not HourNote.objects.exists()
    person.post(url("hours_notes_allow", calm.hours.pk), {"allow": "yes"})
    coach.post(address, {"text": "Is good at stories"})
    assert "Is good at stories" in text(person.get(url("hours_notes"))), "the person reads it at any time"
    assert "Is good at stories" in text(coach.get(address))
    for _press in range(2):  # pressed twice, or on a page that was open before: it stays taken back
        person.post(url("hours_notes_allow", calm.hours.pk), {"allow": "no"})
    assert "Is good at stories" not in text(coach.get(address)), "taken back: the host reads it no more"
    assert "Is good at stories" in text(person.get(url("hours_notes"))), "and the person keeps it"


@pytest.mark.parametrize("how", ["withdrew", "left"])
def test_of_who_left_the_host_reads_and_writes_nothing(how: str, calm: Any, sign_in: Any) -> None:
    write(calm, "Shared for long", 30)
    notes.allow(calm.hours, by=calm.influencer)
    notes.write_as_host(calm.hours, about=calm.influencer, text="Is good at stories")
    coach, pages = sign_in(calm.coach), [url(name, calm.booking.pk) for name in ("booking_notes", "booking_detail")]
    asked, words = calm.booking.question, ("Shared for long", "Is good at stories")
    assert all(each in text(coach.get(pages[0])) for each in words)
    assert asked in text(coach.get(pages[1]))
    if how == "withdrew":
        consents.withdraw(calm.program, [Purpose.PARTICIPATION], by=calm.influencer, channel="web")
    else:
        Membership.objects.filter(user=calm.influencer).update(ended_at=timezone.now())
    coach.post(pages[0], {"text": "Slipped in"})
    read = "".join(text(coach.get(page)) for page in pages)
    assert not any(each in read for each in (*words, asked, "Slipped in"))
    assert HourNote.objects.count() == 2, "it is theirs as long as anything is kept"


def test_the_buttons_say_which_way_and_undo_turns_it_back(calm: Any, sign_in: Any) -> None:
    person, address = sign_in(calm.influencer), url("hours_notes_allow", calm.hours.pk)
    assert 'name="allow" value="yes"' in text(person.get(url("hours_notes")))
    page = text(person.post(address, {"allow": "yes"}, follow=True))
    assert 'name="allow" value="no"' in page
    assert f"{address}?allow=no" in page
    person.post(f"{address}?allow=no")
    assert not NotesAllowed.objects.exists()


def test_what_a_host_wrote_is_not_rewritten_but_can_go(calm: Any, sign_in: Any) -> None:
    notes.allow(calm.hours, by=calm.influencer)
    note = notes.write_as_host(calm.hours, about=calm.influencer, text="As it was")
    person = sign_in(calm.influencer)
    person.post(url("hours_note_edit", note.pk), {"text": "Something else", "follow_up": "again"})
    note.refresh_from_db()
    assert (note.text, note.follow_up) == ("As it was", "again")
    assert "come back to it" in text(person.get(url("hours_notes")))
    assert "cannot be restored" in text(person.get(url("hours_note_remove", note.pk)))
    person.post(url("hours_note_remove", note.pk))
    assert not HourNote.objects.exists()


def test_a_note_of_a_host_whose_hour_is_forgotten_is_still_resolved(calm: Any, sign_in: Any) -> None:
    notes.allow(calm.hours, by=calm.influencer)
    note = notes.write_as_host(calm.hours, about=calm.influencer, text="As it was")
    notes.allow_no_more(calm.hours, by=calm.influencer)
    Booking.objects.filter(person=calm.influencer).delete()
    answer = sign_in(calm.influencer).post(url("hours_note_edit", note.pk), {"follow_up": "resolved"})
    assert answer.status_code == 302
    note.refresh_from_db()
    assert (note.text, note.host, note.follow_up) == ("As it was", calm.hours, "resolved")


def test_written_shared_and_resolved(calm: Any, sign_in: Any) -> None:
    person = sign_in(calm.influencer)
    until = (calm.today + timedelta(days=7)).isoformat()
    person.post(url("hours_note_new"), {"text": "Try it", "host": calm.hours.pk, "shared_until": until})
    note = HourNote.objects.get()
    assert note.shared_until == calm.today + timedelta(days=7)
    person.post(url("hours_note_edit", note.pk), {"text": "Tried", "host": calm.hours.pk, "follow_up": "resolved"})
    note.refresh_from_db()
    assert (note.text, note.shared_until, note.follow_up) == ("Tried", None, "resolved")


@pytest.mark.parametrize(
    "sent",
    [
        {"text": "", "host": ""},
        {"text": "Kept", "shared_until": "2020-01-01", "host": "1"},
        {"text": "Kept", "shared_until": "nonsense"},
        {"text": "Kept", "host": "999999"},
        {"text": "Kept" * 2000},
    ],
)
def test_what_cannot_be_saved_is_explained_and_kept(sent: dict[str, str], calm: Any, sign_in: Any) -> None:
    answer = sign_in(calm.influencer).post(url("hours_note_new"), sent)
    assert answer.status_code == 422
    assert sent["text"] in text(answer)
    assert not HourNote.objects.exists()


def test_it_goes_with_the_person_and_not_with_the_host(calm: Any) -> None:
    notes.allow(calm.hours, by=calm.influencer)
    write(calm, "Mine", 7)
    notes.write_as_host(calm.hours, about=calm.influencer, text="Of the coach")
    leaving.forget_person(calm.coach, calm.program)
    assert HourNote.objects.filter(person=calm.influencer).count() == 2, "what belongs to the person stays"
    leaving.forget_person(calm.influencer, calm.program)
    assert not HourNote.objects.exists()
    assert not NotesAllowed.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_little(
    count: int, calm: Any, sign_in: Any, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        write(calm, f"Note {number}")
    client = sign_in(calm.influencer)
    client.get(url("hours_notes"))
    with django_assert_num_queries(5):
        client.get(url("hours_notes"))
