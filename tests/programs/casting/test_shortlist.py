"""The shortlist: the mix of who is thought of, answers that go out once, and what is left afterwards: nothing."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from core.journal.models import Entry as JournalEntry
from core.notify.models import OutgoingMail
from programs.casting import jobs, letters, queries, services
from programs.casting.mix import DIMENSIONS, Given, mix
from programs.casting.models import Answered, Call, Interest, SeatFate
from programs.casting.tokens import token_of
from programs.generations import roster_services
from programs.generations.models import Generation, Invitation
from programs.generations.roster_entries import Entry
from tests.factories.casting import make_interest

QUERIES = 7


def body(response: Any) -> str:
    return str(response.content.decode())


def url(world: Any, name: str = "casting_list") -> str:
    return reverse(f"programs:{name}", args=[world.program.slug, world.call.pk])


def decided(world: Any) -> dict[str, Interest]:
    """One of each: a place, the waiting list, a no, and somebody nobody has thought of."""
    fates = {"Sita Seat": "seat", "Wim Waiting": "waiting", "Nele Not": "not", "Ole Open": ""}
    return {name: make_interest(world.call, name, fate=fate) for name, fate in fates.items()}


def test_a_call_that_is_long_over_says_so_and_asks_for_nothing_any_more(world: Any, sign_in: Any) -> None:
    """It said that nobody had shown interest yet, and to hang up the poster. The list of calls knew better."""
    Interest.objects.filter(call=world.call).delete()
    world.call.opens_on, world.call.closes_on = world.today - timedelta(days=60), world.today - timedelta(days=40)
    world.call.key = ""
    world.call.save()
    page = body(sign_in(world.manager).get(url(world)))
    assert "The answers to this call are no longer stored" in page
    for other in ("people have shown interest", "places are planned", "Make a public link", "Share the public link"):
        assert other not in page
    page = body(sign_in(world.influencer2).get(reverse("programs:call", args=[world.call.pk])))
    assert page.index("This call is closed") < page.index("You get")
    assert "What happens next" not in page


# --- choosing ---------------------------------------------------------------------------------------------------------


def test_filters_and_the_mix_come_from_what_people_gave(world: Any, sign_in: Any) -> None:
    make_interest(world.call, "Rita", site="Rostock", languages=["pl"], experience="much", fate="seat")
    manager = sign_in(world.manager)
    page = body(manager.get(url(world)))
    assert "1 of 20 places are planned for somebody." in page
    assert "Rita" in page
    assert "Ida" in page
    for asked in ({"site": "Rostock"}, {"q": "rit"}, {"languages": "pl"}, {"experience": "much"}, {"fate": "seat"}):
        page = body(manager.get(url(world), asked))
        assert "<b>Rita</b>" in page
        assert "<b>Ida</b>" not in page
    assert "No matches" in body(manager.get(url(world), {"q": "xyzzy"}))
    assert manager.get(url(world), {"site": "x\x00'", "sort": "name", "fate": "seat"}).url == f"{url(world)}?fate=seat"
    assert manager.get(url(world), {"format": "csv"})["Content-Type"].startswith("text/html")  # names do not leave


def test_a_decision_is_taken_and_taken_back(world: Any, sign_in: Any) -> None:
    address = reverse("programs:interest_fate", args=[world.program.slug, world.interest.key])
    manager = sign_in(world.manager)
    for fate in ("seat", ""):
        answer = manager.post(f"{address}?site=Bremen", {"fate": fate})
        assert answer.url == f"{url(world)}?site=Bremen#interest-{world.interest.key}"
        world.interest.refresh_from_db()
        assert world.interest.fate == fate
    manager.post(address, {"fate": "best"})
    world.interest.refresh_from_db()
    assert world.interest.fate == SeatFate.OPEN


def test_several_are_decided_at_once_and_taken_back(world: Any, sign_in: Any) -> None:
    people, manager = decided(world), sign_in(world.manager)
    told, other = make_interest(world.call, "Tom Told", fate="seat"), make_interest(world.call, "Olga Other")
    Interest.objects.filter(pk=told.pk).update(told="seat", told_at=timezone.now())
    address, keys = url(world, "interests_decide"), [str(each.key) for each in (*people.values(), told)]
    page = body(manager.post(address, {"do": "waiting", "pk": keys, "next": f"{url(world)}?fate=waiting"}, follow=True))

    def fates() -> list[str]:
        return [Interest.objects.get(pk=each.pk).fate for each in (*people.values(), told, other)]

    assert "3 decisions are changed." in page
    assert fates() == ["waiting"] * 4 + ["seat", ""]
    undo = re.search(r'action="([^"]*back=[^"]*)"', page)
    assert undo is not None
    manager.post(html.unescape(undo[1]))
    assert fates() == ["seat", "waiting", "not", "", "seat", ""]
    for sent in ({"do": "best", "pk": keys}, {"do": "seat"}, {"do": "seat", "pk": "x"}):
        manager.post(address, sent)
    manager.post(f"{address}?back=made-up")
    assert fates() == ["seat", "waiting", "not", "", "seat", ""]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_much_for_many(world: Any, sign_in: Any, rows: int, django_assert_num_queries: Any) -> None:
    for number in range(rows):
        make_interest(world.call, f"Person {number}", fate="seat")
    manager = sign_in(world.manager)
    manager.get(url(world))
    with django_assert_num_queries(QUERIES):
        manager.get(url(world))


def test_five_thousand_are_a_page_of_seven_queries(world: Any, sign_in: Any, django_assert_num_queries: Any) -> None:
    now = timezone.now()
    Interest.objects.bulk_create(
        Interest(call=world.call, email=f"{n}@x.example", name=f"P{n}", site=f"S{n % 60}", declared_at=now)
        for n in range(5000)
    )
    manager = sign_in(world.manager)
    manager.get(url(world))
    with django_assert_num_queries(QUERIES):
        page = body(manager.get(url(world), {"page": "40"}))
    assert page.count('class="cand"') == 50


def test_the_order_is_drawn_and_stays_for_the_day(world: Any, sign_in: Any) -> None:
    for number in range(12):
        make_interest(world.call, f"Person {number:02}")
    manager = sign_in(world.manager)
    orders = [[line for line in body(manager.get(url(world))).splitlines() if 'class="cn"' in line] for _ in range(2)]
    assert orders[0] == orders[1]
    assert orders[0] != sorted(orders[0])


SITES = st.sampled_from(["", "Bremen", "bremen ", "Rostock", "Lübeck"])


@given(st.lists(st.builds(Given, st.booleans(), SITES, SITES, languages=st.tuples(SITES))), st.randoms())
def test_the_mix_does_not_depend_on_the_order(people: list[Given], random: Any) -> None:
    shuffled = [*people]
    random.shuffle(shuffled)
    found = mix(people)
    assert found == mix(shuffled)
    for dimension in DIMENSIONS:
        assert all(0 <= share.chosen <= share.interested for share in found[dimension])
    assert sum(share.interested for share in found["site"]) == sum(bool(person.site.strip()) for person in people)


# --- answering --------------------------------------------------------------------------------------------------------


def test_each_hears_exactly_once(world: Any, sign_in: Any) -> None:
    people = decided(world)
    manager = sign_in(world.manager)
    page = body(manager.get(url(world, "casting_answers")))
    assert "Send 3 answers" in page
    texts = {
        f"{name}_{code}": getattr(world.call, name).texts[code]
        for name in ("waiting_text", "decline_text")
        for code in ("de", "en")
    }
    other = manager.post(url(world, "casting_answers"), texts | {"do": "send", "mark": "what stood there a minute ago"})
    assert other.status_code == 422
    assert not OutgoingMail.objects.filter(reason=letters.ANSWER).exists(), "another window decided something else"
    for _ in range(2):
        mark = queries.mark_of(Call.objects.get(pk=world.call.pk))
        manager.post(url(world, "casting_answers"), texts | {"do": "send", "mark": mark})
    assert Invitation.objects.filter(email=people["Sita Seat"].email, generation=world.generation2).count() == 1
    mails = OutgoingMail.objects.filter(reason=letters.ANSWER)
    assert {mail.address for mail in mails} == {people["Wim Waiting"].email, people["Nele Not"].email}
    assert mails.count() == 2
    no = mails.get(address=people["Nele Not"].email)
    assert "Hello Nele Not," in no.text
    assert "{" not in no.text
    assert "The mix decided, not your ability" in no.text
    people["Ole Open"].refresh_from_db()
    assert people["Ole Open"].told == SeatFate.OPEN


def test_who_waits_can_move_up_and_who_has_a_place_keeps_it(world: Any) -> None:
    people = decided(world)
    services.answer(world.call, by=world.manager)
    services.think_of(people["Wim Waiting"], fate="seat")
    services.think_of(people["Sita Seat"], fate="not")
    assert services.answer(world.call, by=world.manager) == 1
    assert Invitation.objects.filter(generation=world.generation2, email=people["Wim Waiting"].email).exists()
    people["Sita Seat"].refresh_from_db()
    assert people["Sita Seat"].fate == SeatFate.SEAT
    with pytest.raises(IntegrityError), transaction.atomic():
        Interest.objects.filter(pk=people["Sita Seat"].pk).update(fate="not")


def test_more_places_than_there_are_go_out_to_nobody(world: Any) -> None:
    people = decided(world)
    world.generation2.places = 1
    world.generation2.save()
    with pytest.raises(ValidationError, match="1 places were given, and 0 are free"):
        services.answer(world.call, by=world.manager)
    people["Nele Not"].refresh_from_db()
    assert people["Nele Not"].told == SeatFate.OPEN
    assert not OutgoingMail.objects.filter(reason=letters.ANSWER).exists()


def test_nobody_counts_as_answered_to_whom_no_invitation_went(world: Any) -> None:
    """Somebody who takes part already; whoever holds an open invitation of this generation takes no second place."""
    people = decided(world)
    held = Entry(1, people["Sita Seat"].email, "Sita", "en")
    assert roster_services.invite(world.generation2, [held], by=world.manager) == {held.email}
    member = make_interest(world.call, "Mia Member", fate="seat")
    Interest.objects.filter(pk=member.pk).update(email=world.influencer.email.lower())
    with pytest.raises(ValidationError, match=r"1 person cannot be invited.*Mia Member"):
        services.answer(world.call, by=world.manager)
    assert not Interest.objects.filter(call=world.call).exclude(told="").exists(), "all or nobody"
    services.think_of(member, fate="")
    present = world.generation2.participants.all().present().count()
    Generation.objects.filter(pk=world.generation2.pk).update(places=present + 1)
    assert services.answer(world.call, by=world.manager) == 3
    people["Sita Seat"].refresh_from_db()
    assert people["Sita Seat"].told == SeatFate.SEAT


def test_who_takes_it_back_gets_no_mail_that_still_waits(world: Any) -> None:
    people = decided(world)
    services.answer(world.call, by=world.manager)
    mail = OutgoingMail.objects.get(address=people["Wim Waiting"].email, reason=letters.ANSWER)
    assert not letters.is_withheld(mail)
    services.withdraw(Interest.objects.get(pk=people["Wim Waiting"].pk))
    assert letters.is_withheld(mail)


# --- what is left -----------------------------------------------------------------------------------------------------


def test_no_page_tells_who_got_a_no(world: Any, sign_in: Any) -> None:
    """Who leads the program knows what they decided; from the answer on no page, filter, search or address shows it."""
    nele = decided(world)["Nele Not"]
    services.answer(world.call, by=world.manager)
    manager = sign_in(world.manager)
    for query in ({}, {"fate": "not"}, {"site": nele.site}):
        assert "Nele" not in body(manager.get(url(world), query))
    for name in ("casting", "people"):
        assert "Nele" not in body(manager.get(reverse(f"programs:{name}", args=[world.program.slug])))
    address = reverse("programs:interest_fate", args=[world.program.slug, nele.key])
    assert manager.post(address, {"fate": "seat"}).status_code == 404
    assert manager.get(reverse("programs:interest", args=[token_of(nele.key)])).status_code == 410
    council = body(sign_in(world.council).get(reverse("privacy:log", args=[world.program.slug])))
    assert "Nele" not in council


def test_the_journal_names_nobody(world: Any) -> None:
    people = decided(world)
    services.answer(world.call, by=world.manager)
    services.withdraw(world.my_interest)
    entries = JournalEntry.objects.filter(verb__startswith="casting.")
    written = str(list(entries.values_list()))
    assert {entry.verb for entry in entries} <= {
        "casting.call_written",
        "casting.call_changed",
        "casting.link_changed",
        "casting.viewed",
        "casting.answered",
    }
    for person in people.values():
        assert person.name not in written
        assert person.email not in written


@pytest.mark.parametrize("name", ["Sita Seat", "Nele Not"])
def test_thirty_days_after_the_answer_only_a_keyed_hash_is_left(world: Any, name: str) -> None:
    person = decided(world)[name]
    services.answer(world.call, by=world.manager)
    jobs.retention()
    assert Interest.objects.filter(pk=person.pk).exists(), "not before"
    long_ago = timezone.now() - timedelta(days=31)
    Interest.objects.exclude(told="").update(told_at=long_ago)
    jobs.retention()
    assert not Interest.objects.filter(pk=person.pk).exists()
    assert not OutgoingMail.objects.filter(reason=letters.ANSWER, address=person.email).exists()
    left = Answered.objects.filter(call=world.call)
    assert left.count() == 2, "a place and a no leave the same behind; the waiting list is still there"
    assert not {person.name, person.email} & {str(value) for row in left.values_list() for value in row}
    services.ask_for_link(world.call, email=person.email.upper())
    assert not Interest.objects.filter(email=person.email).exists(), "the same call writes to nobody twice"


def test_what_was_never_confirmed_or_taken_back_goes_soon(world: Any) -> None:
    services.ask_for_link(world.call, email="never@nordwerk.example")
    Interest.objects.filter(email="never@nordwerk.example").update(asked_at=timezone.now() - timedelta(days=8))
    services.withdraw(world.interest)
    days_ago = [timezone.now() - timedelta(days=days) for days in range(10)]
    Interest.objects.filter(pk=world.interest.pk).update(withdrawn_at=days_ago[2], asked_at=days_ago[3])
    jobs.retention()
    assert not Interest.objects.filter(email__in=["never@nordwerk.example", world.interest.email]).exists()
    assert not Answered.objects.exists(), "nobody was answered, so nothing at all is left"


def test_who_takes_it_back_and_asks_for_a_new_link_has_a_week_again(world: Any) -> None:
    email = world.interest.email
    Interest.objects.filter(pk=world.interest.pk).update(user=None, withdrawn_at=timezone.now() - timedelta(days=2))
    services.ask_for_link(world.call, email=email)
    for days, is_there in ((0, True), (6, True), (8, False)):
        with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
            jobs.retention()
            assert Interest.objects.filter(email=email).exists() is is_there, days


def test_it_goes_with_the_account(world: Any) -> None:
    services.forget_everywhere(world.coach)
    assert not Interest.objects.filter(user=world.coach).exists()
