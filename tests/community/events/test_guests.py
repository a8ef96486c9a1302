"""Guests from outside: invited by mail to one event, answering by a personal link, seen by no guest, gone in time."""

import re
from datetime import time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from community.events import answering, guest_letters, guest_page, guest_services, jobs, services
from community.events.guest_tokens import token_of
from community.events.models import Answer, Event, EventState
from community.events.models_guests import Guest
from core.journal.models import Entry
from core.notify import jobs as mail_jobs
from core.notify.models import OutgoingMail
from programs.casting.tokens import token_of as token_of_interest
from programs.phases import services as phases
from programs.phases.models import Milestone
from tests.at_once import VERY_MANY, at_once
from tests.factories.events import make_answer, make_event, make_guest

ADDRESS = "kim@elsewhere.example"


def host(event: Event, what: str = "") -> str:
    return f"/p/nordlichter/events/{event.pk}/guests/{what}"


def own(guest: Guest, what: str = "") -> str:
    return f"/guest/{token_of(guest.key)}/{what}"


def choice(guest: Guest) -> str:
    return Guest.objects.values_list("choice", flat=True).get(pk=guest.pk)


def taken(event: Event) -> int:
    return Event.objects.values_list("taken", flat=True).get(pk=event.pk)


def mails(reason: str) -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(reason=reason).order_by("pk"))


def over(event: Event, days: int) -> None:
    Milestone.objects.filter(pk=event.milestone_id).update(on=timezone.localdate() - timedelta(days=days))


def test_added_first_and_written_to_by_a_button_of_its_own(world: Any, sign_in: Any) -> None:
    event = make_event(world.program, at=time(9), place="Bremen", title_en="Open stage", title_de="Offene Bühne")
    manager = sign_in(world.manager)
    lines = {"guests": f"Kim Example <{ADDRESS}>\nTrainer, trainer@elsewhere.example", "language": "de"}
    page = manager.post(host(event), lines, follow=True).content.decode()
    assert "2 guests were added. Nobody has been written to yet." in page
    assert not OutgoingMail.objects.exists()
    assert Client().get(own(Guest.objects.get(email=ADDRESS))).status_code == 404  # nobody has the link yet
    assert "2 invitations are on their way." in manager.post(host(event, "invite/"), follow=True).content.decode()
    manager.post(host(event, "invite/"))
    mail = OutgoingMail.objects.get(address=ADDRESS)
    assert OutgoingMail.objects.count() == 2
    guest = Guest.objects.get(email=ADDRESS)
    assert mail.subject == "Einladung: Offene Bühne"
    assert own(guest) in mail.text
    assert own(guest, "forget/") in mail.text
    assert "Sie erhalten diese E-Mail" in mail.text
    file = mail.calendar.replace("\r\n ", "")
    assert "METHOD:REQUEST" in file
    assert f"mailto:{ADDRESS}" in file
    assert "/guest/" not in file  # colleagues look into calendars
    said = Entry.objects.filter(verb__startswith="events.guest").values_list("verb", "data")
    assert sorted(verb for verb, _data in said) == ["events.guests_added", "events.guests_invited"]
    assert not any(data for _verb, data in said)


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ("nobody at home", "There is no email address in this line: nobody at home"),
        ("a@b.example\nA <A@b.example>", "Listed twice: a@b.example"),
        ("\n".join(f"{n}@b.example" for n in range(51)), "50 guests at most"),
        (f"{'x' * 130} <a@b.example>", "There is no email address"),
        ("x\x00@b.example", ""),
    ],
)
def test_what_cannot_be_invited_is_named_and_the_input_is_kept(world: Any, sign_in: Any, lines: str, says: str) -> None:
    answer = sign_in(world.manager).post(host(world.event), {"guests": lines, "language": "en"})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert lines.splitlines()[0].split("\x00")[0][:20] in answer.content.decode()
    assert Guest.objects.filter(event=world.event).count() == 1


def test_who_is_there_already_is_named_and_not_added_again(world: Any, sign_in: Any) -> None:
    lines = {"guests": "GUEST@elsewhere.example\ncoach@example.com\nnew@elsewhere.example", "language": "en"}
    manager = sign_in(world.manager)
    page = manager.post(host(world.event), lines, follow=True).content.decode()
    assert "One guest was added." in page
    assert "in the program: coach@example.com, guest@elsewhere.example" in page
    assert Guest.objects.filter(event=world.event).count() == 2
    page = manager.post(host(world.event), lines, follow=True).content.decode()
    assert "in the program: coach@example.com, guest@elsewhere.example, new@elsewhere.example" in page
    assert Guest.objects.filter(event=world.event).count() == 2


def test_an_address_tried_says_nothing_of_what_an_event_is_narrowed_by(world: Any) -> None:
    """Who reads which language is shown nowhere: it must not be told of one address by adding it as a guest."""
    narrowed = make_event(world.program, languages=["de"])
    assert world.influencer2.email in guest_page.known_to(narrowed)
    assert guest_page.known_to(narrowed) == guest_page.known_to(make_event(world.program, languages=["en"]))


def test_what_is_for_guests_stands_on_their_page_only(world: Any, sign_in: Any) -> None:
    event = make_event(world.program, guest_note={"en": "Enter by the **north gate**."})
    assert "north gate" in Client().get(own(make_guest(event))).content.decode()
    for person in (world.manager, world.influencer):
        assert "north gate" not in sign_in(person).get(f"/p/nordlichter/events/{event.pk}/").content.decode()
    assert "north gate" in sign_in(world.manager).get(f"/p/nordlichter/events/{event.pk}/edit/").content.decode()


def test_an_address_that_takes_no_mail_is_said(world: Any, sign_in: Any) -> None:
    event = make_event(world.program)
    make_guest(event, ADDRESS, invited_at=None)
    guest_services.invite_guests(event, by=world.manager)
    manager = sign_in(world.manager)
    assert "could not be delivered" not in manager.get(host(event)).content.decode()
    OutgoingMail.objects.update(state="failed")
    assert "could not be delivered" in manager.get(host(event)).content.decode()


def test_a_draft_invites_nobody(world: Any, sign_in: Any) -> None:
    event = make_event(world.program, state=EventState.DRAFT)
    make_guest(event, invited_at=None)
    page = sign_in(world.manager).post(host(event, "invite/"), follow=True).content.decode()
    assert "announce the event first" in page
    assert not OutgoingMail.objects.exists()


def test_the_page_tells_the_event_and_nothing_of_others(world: Any) -> None:
    event = make_event(
        world.program, at=time(9), until_at=time(11), capacity=7, video="https://meet.jit.si/secret-room"
    )
    make_answer(event, world.influencer)
    make_guest(event, "other@elsewhere.example", name="Otto Other", choice="yes")
    guest = make_guest(event)
    answer = Client().get(own(guest))
    page = answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"]
    assert answer["Referrer-Policy"] == "same-origin"
    for hidden in ("secret-room", "Otto", "Influencer", "other@", " 7 ", ">7<", ">2<"):
        assert hidden not in page.split("<main", 1)[1].split("</main", 1)[0]
    assert "(time in Berlin)" in page
    page = Client().post(own(guest, "answer/"), {"choice": "yes"}, follow=True).content.decode()
    assert "secret-room" in page
    file = Client().get(own(guest, "event.ics")).content.decode().replace("\r\n ", "")
    assert "secret-room" in file
    assert "/guest/" not in file


def test_the_page_speaks_the_language_of_the_mail_unless_another_is_chosen(world: Any) -> None:
    guest, visitor = make_guest(world.event, "d@elsewhere.example", language="de"), Client()
    assert "Kommen Sie?" in visitor.get(own(guest)).content.decode()
    visitor.post("/language/", {"language": "en", "next": own(guest)})
    assert "Are you coming?" in visitor.get(own(guest)).content.decode()


def test_yes_and_no_as_often_as_one_likes_and_looking_changes_nothing(world: Any, sign_in: Any) -> None:
    event = make_event(world.program, capacity=2)
    guest, visitor = make_guest(event), Client()
    assert visitor.get(own(guest, "answer/") + "?choice=yes").status_code == 405
    visitor.post(own(guest, "answer/"), {"choice": "maybe"})
    assert (choice(guest), taken(event)) == ("", 0)
    visitor.post(own(guest, "answer/"), {"choice": "yes"})
    assert (choice(guest), taken(event)) == ("yes", 1)
    assert "Gloria Guest" in sign_in(world.manager).get(f"/p/nordlichter/events/{event.pk}/").content.decode()
    visitor.post(own(guest, "answer/"), {"choice": "no"})
    assert (choice(guest), taken(event)) == ("no", 0)
    for page in (host(event), f"/p/nordlichter/events/{event.pk}/"):
        assert "Gloria" not in sign_in(world.manager).get(page).content.decode()
    assert sign_in(world.manager).post(host(event, f"{guest.pk}/remove/")).status_code == 404
    visitor.post(own(guest, "answer/"), {"choice": "yes"})
    assert choice(guest) == "yes"
    assert not Entry.objects.filter(verb__startswith="events.").exists()


def test_a_guessed_changed_or_foreign_link_is_one_kind_of_page(world: Any) -> None:
    gone = make_guest(make_event(world.program))
    token = token_of(gone.key)
    gone.delete()
    removed = make_guest(make_event(world.program), deleted_at=timezone.now())
    not_yet = make_guest(make_event(world.program), invited_at=None)
    own_token = world.guest_token
    other = "A" if own_token[-1] != "A" else "B"
    for tried in (
        "x", "x" * 300, "ü", token, own_token[:-1] + other, own_token.swapcase(), world.guest.key.hex,
        str(world.guest.pk), token_of_interest(world.guest.key), token_of(removed.key), token_of(not_yet.key),
    ):  # fmt: skip
        for what, method in (("", "get"), ("answer/", "post"), ("event.ics", "get"), ("forget/", "post")):
            answer = getattr(Client(), method)(f"/guest/{tried}/{what}", {"choice": "yes"} if what == "answer/" else {})
            assert (answer.status_code, "does not exist" in answer.content.decode()) == (404, True), (tried, what)
    stopped = [Client().get("/guest/x/").status_code for _each in range(30)]
    assert (stopped[0], stopped[-1]) == (404, 429)  # 74 in a minute
    assert Client().get(f"/guest/{own_token}/").status_code == 200  # who has a link gets in
    assert Guest.objects.filter(pk=world.guest.pk, choice="").exists()


def test_a_full_event_lets_a_guest_wait_and_move_up_in_order(world: Any, sign_in: Any) -> None:
    event = make_event(world.program, capacity=1)
    make_answer(event, world.influencer)
    guest = make_guest(event)
    page = Client().post(own(guest, "answer/"), {"choice": "yes"}, follow=True).content.decode()
    assert "You are on the waiting list" in page
    answering.answer(event, choice="yes", person=world.influencer2)
    assert Answer.objects.get(event=event, person=world.influencer2).choice == "waiting"
    seen = sign_in(world.influencer2).get(f"/p/nordlichter/events/{event.pk}/").content.decode()
    assert re.search(r'class="place">\s*<b>2</b>', seen)
    answering.answer(event, choice="no", person=world.influencer)
    assert (choice(guest), taken(event)) == ("yes", 1)
    assert [mail.address for mail in mails(guest_letters.MOVED_UP)] == [guest.email]
    Client().post(own(guest, "forget/"))
    assert Answer.objects.get(event=event, person=world.influencer2).choice == "yes"


def test_without_a_waiting_list_a_clear_sentence(world: Any) -> None:
    event = make_event(world.program, capacity=1, has_waiting_list=False)
    make_answer(event, world.influencer)
    guest = make_guest(event)
    page = Client().post(own(guest, "answer/"), {"choice": "yes"}, follow=True).content.decode()
    assert "The last place has just been taken" in page
    assert choice(guest) == ""


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_fifty_guests_and_one_place(world: Any) -> None:
    event = make_event(world.program, capacity=1, has_waiting_list=False)
    guests = [make_guest(event, f"{number}@elsewhere.example") for number in range(VERY_MANY)]

    def say() -> str:
        try:
            return guest_services.answer_as_guest(guests.pop(), choice="yes")
        except answering.EventFullError:
            return "full"

    said = at_once(say, VERY_MANY)
    assert sorted(said, reverse=True)[:2] == ["yes", "full"]
    assert taken(event) == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_hands_add_and_invite_once(world: Any) -> None:
    event = make_event(world.program)
    rows = [("Kim", ADDRESS)]
    at_once(lambda: guest_services.add_guests(event, guests=rows, language="en", by=world.manager), 8)
    assert Guest.objects.filter(event=event).count() == 1
    sent = at_once(lambda: guest_services.invite_guests(event, by=world.manager), 8)
    assert sorted(sent) == [0] * 7 + [1]
    assert OutgoingMail.objects.count() == 1


def test_removed_with_undo_then_told_and_gone(world: Any, sign_in: Any) -> None:
    event = make_event(world.program, capacity=1)
    guest, manager = make_guest(event, choice="yes"), sign_in(world.manager)
    page = manager.post(host(event, f"{guest.pk}/remove/"), follow=True).content.decode()
    assert host(event, f"{guest.pk}/restore/") in page
    assert (taken(event), Client().get(own(guest)).status_code) == (0, 404)
    assert (
        "is on the guest list again" in manager.post(host(event, f"{guest.pk}/restore/"), follow=True).content.decode()
    )
    assert (taken(event), Client().get(own(guest)).status_code) == (1, 200)
    manager.post(host(event, f"{guest.pk}/remove/"))
    make_answer(event, world.influencer)
    jobs.sweep()
    assert not OutgoingMail.objects.filter(address=guest.email).exists()
    Guest.objects.filter(pk=guest.pk).update(deleted_at=timezone.now() - timedelta(minutes=11))
    jobs.sweep()
    jobs.sweep()
    (mail,) = mails(guest_letters.REMOVED)
    assert "METHOD:CANCEL" in mail.calendar
    assert not Guest.objects.filter(pk=guest.pk).exists()
    assert manager.post(host(event, f"{guest.pk}/restore/")).status_code == 404


def test_a_place_that_others_took_is_waited_for_after_undo(world: Any) -> None:
    event = make_event(world.program, capacity=1)
    guest = make_guest(event, choice="yes")
    guest_services.remove_guest(guest, by=world.manager)
    make_answer(event, world.influencer)
    assert guest_services.restore_guest(guest, by=world.manager)
    assert (choice(guest), taken(event)) == ("waiting", 1)


def test_changes_and_cancellation_reach_guests_once_but_not_who_declined(world: Any) -> None:
    event = make_event(world.program, told_revision=0)
    guest = make_guest(event, choice="yes")
    make_guest(event, "no@elsewhere.example", choice="no")
    make_guest(event, "later@elsewhere.example", invited_at=None)
    phases.edit_milestone(event.milestone, by=world.manager, place="Hamburg")
    later = timezone.now() + timedelta(minutes=5)
    jobs.sweep(later)
    jobs.sweep(later)
    (mail,) = mails(guest_letters.CHANGED)
    assert (mail.address, "Hamburg" in mail.text) == (guest.email, True)
    first = int(re.search(r"SEQUENCE:(\d+)", mail.calendar)[1])  # type: ignore[index]
    services.cancel_event(Event.objects.get(pk=event.pk), by=world.manager)
    jobs.sweep(timezone.now() + timedelta(minutes=16))
    (off,) = mails(guest_letters.CANCELLED)
    assert "METHOD:CANCEL" in off.calendar
    assert int(re.search(r"SEQUENCE:(\d+)", off.calendar)[1]) > first  # type: ignore[index]
    uid = re.compile(r"UID:(.+)")
    assert uid.search(mail.calendar)[1] == uid.search(off.calendar)[1]  # type: ignore[index]
    page = Client().get(own(guest)).content.decode()
    assert "The event is cancelled" in page
    assert (
        "can no longer answer" in Client().post(own(guest, "answer/"), {"choice": "no"}, follow=True).content.decode()
    )
    assert choice(guest) == "yes"


def test_a_cancellation_taken_back_in_time_is_told_to_nobody(world: Any) -> None:
    event = make_event(world.program)
    make_guest(event, choice="yes")
    Event.objects.filter(pk=event.pk).update(told_revision=event.milestone.revision)
    services.cancel_event(event, by=world.manager)
    jobs.sweep(timezone.now() + timedelta(minutes=9))
    assert not mails(guest_letters.CANCELLED)
    services.reopen_event(event, by=world.manager)
    jobs.sweep(timezone.now() + timedelta(minutes=30))
    assert not mails(guest_letters.CANCELLED)
    assert not mails(guest_letters.CHANGED)


def test_the_day_before_who_comes_is_reminded_once(world: Any) -> None:
    event = make_event(world.program, on=timezone.localdate() + timedelta(days=1), at=time(23, 30))
    make_guest(event, choice="yes")
    make_guest(event, "later@elsewhere.example")
    for _each in range(2):
        jobs.sweep(timezone.now() + timedelta(hours=23))
    assert len(mails(guest_letters.REMINDER)) == 1


def test_over_is_over(world: Any, sign_in: Any) -> None:
    event = make_event(world.program)
    guest = make_guest(event, choice="yes")
    over(event, 2)
    page = Client().get(own(guest)).content.decode()
    assert "The event is over" in page
    assert own(guest, "answer/") not in page
    Client().post(own(guest, "answer/"), {"choice": "no"})
    assert choice(guest) == "yes"
    make_guest(event, ADDRESS, invited_at=None)
    assert (
        "Nobody can be invited any more"
        in sign_in(world.manager).post(host(event, "invite/"), follow=True).content.decode()
    )


def test_forgotten_at_once_with_every_mail(world: Any, mailoutbox: Any) -> None:
    event = make_event(world.program)
    guest_services.add_guests(event, guests=[("Kim", ADDRESS)], language="en", by=world.manager)
    guest_services.invite_guests(event, by=world.manager)
    guest = Guest.objects.get(email=ADDRESS)
    (mail,) = mails(guest_letters.INVITED)
    page = Client().get(own(guest, "forget/"))
    assert "cannot be undone" in page.content.decode()
    assert Guest.objects.filter(pk=guest.pk).exists()
    page = Client().post(own(guest, "forget/"))
    assert "Everything about you is deleted" in page.content.decode()
    mail_jobs.deliver(mail.pk)
    assert not mailoutbox
    assert not Guest.objects.filter(email=ADDRESS).exists()
    assert not OutgoingMail.objects.filter(address=ADDRESS).exists()
    assert Client().post(own(guest, "forget/")).status_code == 404


def test_thirty_days_after_the_event_nothing_is_left(world: Any) -> None:
    event = make_event(world.program)
    guest = make_guest(event, choice="yes")
    over(event, 30)
    guest_services.retention()
    assert Guest.objects.filter(pk=guest.pk).exists()
    over(event, 31)
    assert guest_services.retention() == 1
    assert not Guest.objects.filter(pk=guest.pk).exists()
