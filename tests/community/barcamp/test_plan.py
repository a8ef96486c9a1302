"""The plan: one session per room and time, a proposal once, two hosts at once lose nothing; live and on paper."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.db import IntegrityError, transaction

from community.barcamp import placing, services
from community.barcamp.models import CampRoom, CampSession, CampSlot, Proposal
from community.events import moments
from core.journal.models import Entry
from core.kit.toasts import UNDO
from tests.at_once import at_once
from tests.factories.barcamp import make_barcamp, make_camp_room, make_camp_slot, make_proposal, make_session


def url(event: Any, what: str = "") -> str:
    return f"/p/nordlichter/events/{event.pk}/barcamp/{what}"


def cell(room: CampRoom, slot: CampSlot) -> str:
    return url(room.event, f"plan/{room.pk}/{slot.pk}/")


def undo_of(answer: Any) -> str:
    found = [m.extra_tags for m in get_messages(answer.wsgi_request) if m.extra_tags.startswith(UNDO)]
    return found[-1].removeprefix(UNDO)


def seen(event: Any) -> str:
    return placing.written(placing.places_of(event))


@pytest.fixture
def day(world: Any) -> Any:
    """The world's barcamp with a second room and a second time."""
    world.attic = make_camp_room(world.barcamp, "Attic")
    world.later = make_camp_slot(world.barcamp, time(11), time(11, 45))
    return world


def test_a_host_places_moves_and_takes_back(day: Any, sign_in: Any) -> None:
    manager = sign_in(day.manager)
    values = {"proposal": day.wish.pk, "seen": seen(day.barcamp)}
    answer = manager.post(cell(day.attic, day.later), values)
    assert answer.url.endswith(f"#cell-{day.attic.pk}-{day.later.pk}")
    assert placing.places_of(day.barcamp)[day.wish.pk] == (day.attic.pk, day.later.pk)
    assert Entry.objects.filter(verb="barcamp.placed").count() == 1
    # Onto the place of another: that one is without a place, and undo brings both back.
    values = {"proposal": day.wish.pk, "seen": seen(day.barcamp)}
    answer = manager.post(cell(day.camp_room, day.camp_slot), values)
    assert placing.places_of(day.barcamp) == {day.wish.pk: (day.camp_room.pk, day.camp_slot.pk)}
    manager.post(undo_of(answer))
    assert placing.places_of(day.barcamp) == {
        day.wish.pk: (day.attic.pk, day.later.pk),
        day.proposal.pk: (day.camp_room.pk, day.camp_slot.pk),
    }
    manager.post(cell(day.attic, day.later), {"proposal": "", "seen": seen(day.barcamp)})
    assert day.wish.pk not in placing.places_of(day.barcamp)


@pytest.mark.parametrize("meanwhile", ["place taken", "session moved", "session gone"])
def test_two_hosts_at_once_lose_nothing(day: Any, sign_in: Any, meanwhile: str) -> None:
    manager, before = sign_in(day.manager), seen(day.barcamp)
    other = make_proposal(day.barcamp, day.coach, "Dialect")
    if meanwhile == "place taken":
        make_session(other, day.attic, day.later)
    elif meanwhile == "session moved":
        make_session(day.wish, day.attic, day.camp_slot)
    else:
        day.wish.put_away()
    now = placing.places_of(day.barcamp)
    answer = manager.post(cell(day.attic, day.later), {"proposal": day.wish.pk, "seen": before})
    assert answer.status_code == (422 if meanwhile == "session gone" else 409)
    assert placing.places_of(day.barcamp) == now
    page = answer.content.decode()
    if meanwhile == "place taken":
        assert "11:00, Attic: Dialect" in page, "what is there now"
        manager.post(cell(day.attic, day.later), {"proposal": day.wish.pk, "seen": seen(day.barcamp)})
        assert placing.places_of(day.barcamp)[day.wish.pk] == (day.attic.pk, day.later.pk)


def test_an_undo_that_comes_too_late_changes_nothing(day: Any, sign_in: Any) -> None:
    manager = sign_in(day.manager)
    answer = manager.post(cell(day.attic, day.later), {"proposal": day.wish.pk, "seen": seen(day.barcamp)})
    moves = {day.wish.pk: (day.attic.pk, day.camp_slot.pk)}
    placing.place(day.barcamp, moves, seen=placing.places_of(day.barcamp), by=day.manager)
    page = manager.post(undo_of(answer), follow=True).content.decode()
    assert "changed in the meantime" in page
    assert placing.places_of(day.barcamp)[day.wish.pk] == (day.attic.pk, day.camp_slot.pk)


def test_the_database_keeps_one_session_per_place_and_a_proposal_once(day: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_session(day.wish, day.camp_room, day.camp_slot)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_session(day.proposal, day.attic, day.later)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_camp_slot(day.barcamp, time(15), time(14))


@pytest.mark.django_db(transaction=True)
def test_twenty_hosts_at_the_same_place(day: Any) -> None:
    proposals = iter([make_proposal(day.barcamp, day.coach, f"Idea {number}") for number in range(20)])
    before = placing.places_of(day.barcamp)

    def put() -> str:
        moves = {next(proposals).pk: (day.attic.pk, day.later.pk)}
        try:
            placing.place(day.barcamp, moves, seen=before, by=day.manager)
        except placing.PlanChangedError:
            return "told"
        return "placed"

    assert sorted(at_once(put)) == ["placed"] + ["told"] * 19
    assert CampSession.objects.filter(room=day.attic, slot=day.later).count() == 1


def test_places_of_another_barcamp_are_refused(day: Any, sign_in: Any) -> None:
    other = make_barcamp(day.program)
    room, slot = make_camp_room(other), make_camp_slot(other)
    with pytest.raises(placing.PlanChangedError):
        placing.place(day.barcamp, {day.wish.pk: (room.pk, slot.pk)}, seen={}, by=day.manager)
    assert sign_in(day.manager).get(url(day.barcamp, f"plan/{room.pk}/{slot.pk}/")).status_code == 404
    lunch = CampSlot.objects.get(event=day.barcamp, title="Lunch")
    assert sign_in(day.manager).get(cell(day.attic, lunch)).status_code == 404


@pytest.mark.parametrize("text", ["", "nonsense", "1:2", "1:2.3.4", "9" * 30 + ":1.1", "1:\u0661.1"])
def test_what_is_not_written_so_is_left_out(text: str) -> None:
    assert placing.read(text) == {}


def test_what_is_written_is_read() -> None:
    places = {12: (3, 4), 15: None}
    assert placing.read(placing.written(places)) == places


def test_who_leads_two_at_once_is_warned(day: Any, sign_in: Any) -> None:
    second = make_proposal(day.barcamp, day.influencer, "Second")
    values = {"proposal": second.pk, "seen": seen(day.barcamp)}
    page = sign_in(day.manager).post(cell(day.attic, day.camp_slot), values, follow=True).content.decode()
    assert f"{day.influencer.name} leads two sessions at 10:00." in page
    assert "You lead two sessions at 10:00" in sign_in(day.influencer).get(url(day.barcamp)).content.decode()
    assert "two sessions at" not in sign_in(day.coach).get(url(day.barcamp)).content.decode()


def at(world: Any, *clock: int) -> Any:
    zone = moments.begins(world.barcamp.milestone).tzinfo
    return datetime.combine(world.barcamp.milestone.on, time(*clock), zone)


def test_what_is_on_now_and_next(day: Any, sign_in: Any) -> None:
    person = sign_in(day.influencer)
    assert "is-now" not in person.get(url(day.barcamp)).content.decode()
    with time_machine.travel(at(day, 10, 10), tick=False):
        page = sign_in(day.influencer).get(url(day.barcamp)).content.decode()
    rows = {part.split('"')[0].split()[0]: part.split("</tr>")[0] for part in page.split('<tr class="is-')[1:]}
    assert "10:00" in rows["now"]
    assert "11:00" in rows["next"]
    assert "12:00" in rows["later"]
    with time_machine.travel(at(day, 12, 10), tick=False):
        page = sign_in(day.influencer).get(url(day.barcamp)).content.decode()
    assert page.count('<tr class="is-past') == 2


def test_an_open_page_hears_of_a_change_and_of_nothing_else(day: Any, sign_in: Any) -> None:
    person = sign_in(day.influencer)
    page = person.get(url(day.barcamp)).content.decode()
    start = page.index(url(day.barcamp, "live/?seen="))
    asks = page[start : page.index('"', start)].replace("&amp;", "&")
    assert person.get(asks).status_code == 204
    services.vote(day.wish, person=day.coach, wants=True)
    assert person.get(asks).status_code == 204, "a vote moves nothing"
    moves = {day.wish.pk: (day.attic.pk, day.later.pk)}
    placing.place(day.barcamp, moves, seen=placing.places_of(day.barcamp), by=day.manager)
    part = person.get(asks)
    assert part.status_code == 200
    assert day.wish.title in part.content.decode()
    services.propose(day.barcamp, by=day.coach, kind="offer", title="Fresh", text="")
    part = person.get(asks).content.decode()
    assert "Show 1 new proposal" in part
    assert "Fresh" not in part, "nothing is put into the list while somebody reads it"


def test_a_session_that_moved_today_says_so(day: Any, sign_in: Any) -> None:
    with time_machine.travel(at(day, 9, 30), tick=False):
        moves = {day.proposal.pk: (day.attic.pk, day.later.pk)}
        placing.place(day.barcamp, moves, seen=placing.places_of(day.barcamp), by=day.manager)
        page = sign_in(day.influencer).get(url(day.barcamp)).content.decode()
        assert "moved at 9:30" in page


def test_rooms_and_times_are_set_up_by_pressing_one_button(world: Any, sign_in: Any) -> None:
    event, manager = make_barcamp(world.program), sign_in(world.manager)
    page = manager.get(url(event, "rooms/")).content.decode()
    assert "No rooms yet" in page
    assert 'value="09:00"' in page, "the day begins when the event does"
    manager.post(url(event, "rooms/new/"), {"room-name": "Canteen", "room-note": "40 seats"})
    manager.post(url(event, "slots/new/"), {"slot-starts": "09:00", "slot-ends": "09:40"})
    page = manager.get(url(event, "rooms/")).content.decode()
    assert 'value="09:45"' in page
    assert 'value="10:25"' in page
    assert CampRoom.objects.filter(event=event).count() == CampSlot.objects.filter(event=event).count() == 1


def test_a_double_press_adds_one_and_complains_of_nothing(world: Any, sign_in: Any) -> None:
    manager = sign_in(world.manager)
    for what, values in (
        ("rooms/new/", {"room-name": "Attic", "once": "one"}),
        ("slots/new/", {"slot-starts": "15:00", "slot-ends": "16:00", "once": "two"}),
    ):
        assert [manager.post(url(world.barcamp, what), values).status_code for _ in range(2)] == [302, 302]
    assert CampRoom.objects.filter(event=world.barcamp, name="Attic").count() == 1
    assert CampSlot.objects.filter(event=world.barcamp, starts=time(15)).count() == 1


@pytest.mark.parametrize(
    ("what", "values", "says"),
    [
        ("rooms/new/", {"room-name": ""}, "This field is required."),
        ("rooms/new/", {"room-name": "canteen"}, "Another room of this barcamp has this name."),
        ("slots/new/", {"slot-starts": "12:30", "slot-ends": "14:00"}, "This overlaps with 12:00 to 13:00."),
        ("slots/new/", {"slot-starts": "15:00", "slot-ends": "14:00"}, "The end must be after the start."),
        ("slots/new/", {"slot-starts": "25:00", "slot-ends": "x"}, "Enter a valid time."),
    ],
)
def test_mistakes_of_the_set_up(world: Any, sign_in: Any, what: str, values: dict[str, str], says: str) -> None:
    answer = sign_in(world.manager).post(url(world.barcamp, what), values)
    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_a_room_that_is_removed_comes_back_with_its_sessions(world: Any, sign_in: Any) -> None:
    manager = sign_in(world.manager)
    for row, what in ((world.camp_room, "rooms"), (world.camp_slot, "slots")):
        answer = manager.post(url(world.barcamp, f"{what}/{row.pk}/remove/"))
        assert placing.places_of(world.barcamp) == {}
        manager.post(undo_of(answer))
        assert world.proposal.pk in placing.places_of(world.barcamp)


def test_a_time_does_not_come_back_onto_another(world: Any, sign_in: Any) -> None:
    manager = sign_in(world.manager)
    answer = manager.post(url(world.barcamp, f"slots/{world.camp_slot.pk}/remove/"))
    make_camp_slot(world.barcamp, time(10, 30), time(11))
    page = manager.post(undo_of(answer), follow=True).content.decode()
    assert "This overlaps with 10:30 to 11:00." in page
    assert CampSlot.objects.present().filter(event=world.barcamp).count() == 2


def test_the_file_holds_plan_and_proposals(day: Any, sign_in: Any) -> None:
    Proposal.objects.filter(pk=day.wish.pk).update(title="Pipes | and *stars*", text="Why?")
    answer = sign_in(day.manager).get(url(day.barcamp, "board.md"))
    text = answer.content.decode()
    assert answer["Content-Type"].startswith("text/markdown")
    assert "|  | Canteen | Attic |" in text
    assert f"| 10:00\u201310:45 | {day.proposal.title} ({day.influencer.name}) |  |" in text
    assert "| 12:00\u201313:00 | Lunch |  |" in text
    assert "- **Pipes \\| and \\*stars\\***, wish" in text
    assert day.influencer2.name not in text


def test_a_barcamp_that_is_over_is_read_only(world: Any, sign_in: Any) -> None:
    world.barcamp.milestone.on -= timedelta(days=30)
    world.barcamp.milestone.save()
    page = sign_in(world.influencer).get(url(world.barcamp)).content.decode()
    assert "It is over." in page
    assert url(world.barcamp, "propose/") not in page
    with pytest.raises(services.BoardClosedError):
        services.propose(world.barcamp, by=world.influencer, kind="offer", title="Late", text="")
