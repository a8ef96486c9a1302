"""A World Café: tables with questions, notes of several at once, cards that let people meet, a file."""

from collections import Counter, defaultdict
from datetime import timedelta
from itertools import combinations
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from community.events.models import EventState
from community.world_cafe import cafe_page, leaving, rotation, services
from community.world_cafe.models import CafeNote, CafeTable
from core.journal.models import Entry
from core.kit.drawn import in_turn
from tests.at_once import at_once
from tests.factories.world_cafe import make_cafe, make_note, make_table


def met_again(plan: list[list[int]]) -> float:
    """Of all who sit together in a round, the share that had done so before."""
    seen: set[tuple[int, int]] = set()
    together = again = 0
    for each in range(len(plan[0])):
        at: dict[int, list[int]] = defaultdict(list)
        for card, places in enumerate(plan):
            at[places[each]].append(card)
        pairs = [pair for people in at.values() for pair in combinations(people, 2)]
        together += len(pairs)
        again += sum(pair in seen for pair in pairs)
        seen.update(pairs)
    return again / together


def url(event: Any, rest: str = "") -> str:
    return f"/p/nordlichter/events/{event.pk}/cafe/{rest}"


@pytest.fixture
def cafe(world: Any) -> Any:
    return make_cafe(world.program)


@pytest.mark.parametrize(("guests", "tables", "rounds"), [(20, 5, 3), (24, 6, 3), (40, 8, 4), (35, 7, 5)])
def test_where_it_can_be_nobody_meets_somebody_twice(guests: int, tables: int, rounds: int) -> None:
    plan = rotation.cards(guests, tables, rounds)
    assert met_again(plan) == 0
    assert met_again([[(card // 4) % tables + 1] * rounds for card in range(guests)]) > 0.3  # nobody moves


@given(guests=st.integers(1, 120), tables=st.integers(1, 12), rounds=st.integers(1, 8))
def test_tables_are_equally_full_and_nobody_stays(guests: int, tables: int, rounds: int) -> None:
    plan = rotation.cards(guests, tables, rounds)
    assert len(plan) == guests
    for each in range(rounds):
        seats = Counter(card[each] for card in plan)
        assert set(seats) <= set(range(1, tables + 1))
        assert max(seats.values()) - min(seats[number] for number in range(1, tables + 1)) <= 1
    if rounds <= tables:
        assert all(len(set(card)) == rounds for card in plan)
    assert plan == rotation.cards(guests, tables, rounds)


def test_hosts_add_tables_and_print_cards(world: Any, cafe: Any, sign_in: Any) -> None:
    manager = sign_in(world.manager)
    assert "No tables yet" in manager.get(url(cafe, "setup/")).content.decode()
    for question in ("What holds us back?", "What helps?", "What helps?"):
        manager.post(url(cafe, "tables/new/"), {"question": question, "host": world.coach.pk})
    assert CafeTable.objects.filter(event=cafe).count() == 2
    manager.post(url(cafe, "setup/"), {"rounds": "2", "guests": "6"})
    cards = manager.get(url(cafe, "cards/")).content.decode()
    assert cards.count("Round 2") == 6
    assert "What holds us back?" in cards
    assert "What helps?" in sign_in(world.influencer).get(url(cafe)).content.decode()


@pytest.mark.parametrize(
    "sent", [{"rounds": "0", "guests": "5"}, {"rounds": "9", "guests": "5"}, {"rounds": "2", "guests": "9999"}, {}]
)
def test_wrong_numbers_are_explained_and_kept(world: Any, cafe: Any, sign_in: Any, sent: dict[str, str]) -> None:
    answer = sign_in(world.manager).post(url(cafe, "setup/"), sent)
    assert answer.status_code == 422
    assert all(f'value="{value}"' in answer.content.decode() for value in sent.values())


def test_a_host_who_is_not_invited_is_refused(world: Any, cafe: Any, sign_in: Any) -> None:
    sent = {"question": "Who?", "host": world.stranger.pk}
    assert sign_in(world.manager).post(url(cafe, "tables/new/"), sent).status_code == 422
    assert not CafeTable.objects.filter(event=cafe).exists()


def test_a_note_is_written_read_by_all_and_names_nobody(world: Any, cafe: Any, sign_in: Any) -> None:
    table = make_table(cafe)
    sign_in(world.influencer).post(url(cafe, f"tables/{table.pk}/note/"), {"text": "Fear of <mistakes>"})
    page = sign_in(world.coach).get(url(cafe)).content.decode()
    assert "Fear of &lt;mistakes&gt;" in page
    assert world.influencer.name not in page
    assert sign_in(world.council).get(url(cafe)).status_code == 403
    assert not Entry.objects.filter(actor=world.influencer).exists()


def test_an_open_page_hears_of_what_is_new_and_of_nothing_else(world: Any, cafe: Any, sign_in: Any) -> None:
    table, reader = make_table(cafe), sign_in(world.coach)
    make_note(table, world.influencer)
    seen = cafe_page.of(cafe, world.coach)["version"]
    assert reader.get(url(cafe, f"live/?seen={seen}")).status_code == 204
    make_note(table, world.influencer2, "Too many tools")
    assert "Too many tools" in reader.get(url(cafe, f"live/?seen={seen}")).content.decode()


def test_an_open_page_hears_of_another_question_and_of_one_note_for_another(
    world: Any, cafe: Any, sign_in: Any
) -> None:
    table, reader = make_table(cafe), sign_in(world.coach)
    away = make_note(table, world.influencer, "Back again", deleted_at=timezone.now())
    here = make_note(table, world.influencer, "Too many tools")
    make_note(table, world.influencer, "The last one")
    seen = cafe_page.of(cafe, world.coach)["version"]
    services.restore_note(away)
    services.remove_note(here, by=world.influencer)
    live = reader.get(url(cafe, f"live/?seen={seen}"))
    assert "Back again" in live.content.decode()
    seen = cafe_page.of(cafe, world.coach)["version"]
    services.edit_table(table, question="Another question?", host=None, by=world.manager)
    assert "Another question?" in reader.get(url(cafe, f"live/?seen={seen}")).content.decode()


def test_the_number_of_a_note_does_not_say_when_it_was_written(world: Any, cafe: Any) -> None:
    note, clock = make_note(make_table(cafe), world.influencer), in_turn()
    assert abs(note.pk - clock) > 60 * 10**6


def test_what_its_writer_took_away_is_not_a_hosts_to_bring_back(world: Any, cafe: Any, sign_in: Any) -> None:
    note = make_note(make_table(cafe), world.influencer)
    seen_by_host = CafeNote.objects.select_related("table__event__milestone").get(pk=note.pk)
    services.remove_note(note, by=world.influencer)
    services.remove_note(seen_by_host, by=world.manager)
    assert not CafeNote.objects.get(pk=note.pk).is_removed
    assert sign_in(world.manager).post(url(cafe, f"notes/{note.pk}/remove/?back=yes")).status_code == 403


def test_a_note_of_nothing_to_see_is_none(world: Any, cafe: Any, sign_in: Any) -> None:
    address = url(cafe, f"tables/{make_table(cafe).pk}/note/")
    assert sign_in(world.influencer).post(address, {"text": "\u200b\u2060 \n\u200d"}).status_code == 422
    assert not CafeNote.objects.filter(table__event=cafe).exists()


@pytest.mark.django_db(transaction=True)
def test_fifty_who_write_at_once_lose_nothing(world: Any) -> None:
    table = make_table(make_cafe(world.program))
    at_once(lambda: services.write_note(table, text="One of many", by=world.influencer), 50)
    assert CafeNote.objects.filter(table=table).count() == 50


def test_one_removes_ones_own_and_hosts_remove_any_with_undo(world: Any, cafe: Any, sign_in: Any) -> None:
    table = make_table(cafe)
    own, other = make_note(table, world.influencer, "Mine"), make_note(table, world.influencer2, "Theirs")
    person, manager = sign_in(world.influencer), sign_in(world.manager)
    assert person.post(url(cafe, f"notes/{other.pk}/remove/")).status_code == 403
    assert "back=yes" in person.post(url(cafe, f"notes/{own.pk}/remove/"), follow=True).content.decode()
    assert manager.post(url(cafe, f"notes/{own.pk}/remove/?back=yes")).status_code == 403  # who took it away decides
    person.post(url(cafe, f"notes/{own.pk}/remove/?back=yes"))
    manager.post(url(cafe, f"notes/{own.pk}/remove/"))
    assert person.post(url(cafe, f"notes/{own.pk}/remove/?back=yes")).status_code == 403
    manager.post(url(cafe, f"notes/{own.pk}/remove/?back=yes"))
    assert CafeNote.objects.present().filter(table=table).count() == 2


def test_a_table_goes_with_its_notes_and_comes_back_with_them(world: Any, cafe: Any, sign_in: Any) -> None:
    table = make_table(cafe)
    make_note(table, world.influencer, "Time to write")
    manager = sign_in(world.manager)
    manager.post(url(cafe, f"tables/{table.pk}/remove/"))
    assert "Time to write" not in manager.get(url(cafe)).content.decode()
    assert manager.get(url(cafe, f"tables/{table.pk}/note/")).status_code == 404
    manager.post(url(cafe, f"tables/{table.pk}/remove/?back=yes"))
    assert "Time to write" in manager.get(url(cafe)).content.decode()


def test_notes_are_taken_until_a_day_after_the_end(world: Any, sign_in: Any) -> None:
    today = timezone.localdate()
    for days, state, status in ((0, "announced", 302), (-3, "announced", 422), (1, EventState.CANCELLED, 422)):
        table = make_table(make_cafe(world.program, on=today + timedelta(days=days), state=state))
        address = url(table.event, f"tables/{table.pk}/note/")
        answer = sign_in(world.influencer).post(address, {"text": "Kept text"})
        assert answer.status_code == status
        assert status == 302 or "Kept text" in answer.content.decode()


def test_the_file_holds_every_note_and_no_writer(world: Any, cafe: Any, sign_in: Any) -> None:
    table = make_table(cafe, "What # helps?", host=world.coach)
    make_note(table, world.influencer, "More *time*\nand rest")
    text = sign_in(world.manager).get(url(cafe, "notes.md")).content.decode()
    assert "## 1. What \\# helps?" in text
    assert "- More \\*time\\* and rest" in text
    assert world.coach.name in text
    assert world.influencer.name not in text


def test_who_leaves_leaves_the_words_and_no_tie(world: Any, cafe: Any) -> None:
    table = make_table(cafe, host=world.influencer)
    note = make_note(table, world.influencer)
    leaving.forget_person(world.influencer, world.program)
    note.refresh_from_db()
    table.refresh_from_db()
    assert (note.by_id, table.host_id, note.text) == (None, None, "Time")


@pytest.mark.parametrize("notes", [1, 30])
def test_the_tables_ask_a_fixed_number_of_questions(
    world: Any, cafe: Any, sign_in: Any, notes: int, django_assert_num_queries: Any
) -> None:
    for number in range(3):
        table = make_table(cafe, f"Question {number}", host=world.coach)
        for each in range(notes):
            make_note(table, world.influencer, f"Note {each}")
    visitor = sign_in(world.influencer)
    visitor.get(url(cafe))
    with django_assert_num_queries(9):
        visitor.get(url(cafe))


def test_there_is_an_end_to_tables_and_notes(world: Any, cafe: Any, sign_in: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(services, "MOST_TABLES", 1)
    monkeypatch.setattr(services, "MOST_OF_ONE", 1)
    manager, away = sign_in(world.manager), make_table(cafe, "Away", deleted_at=timezone.now())
    table = make_table(cafe)
    assert manager.post(url(cafe, "tables/new/"), {"question": "One more?"}).status_code == 422
    manager.post(url(cafe, f"tables/{away.pk}/remove/?back=yes"))
    assert list(CafeTable.objects.present().filter(event=cafe)) == [table]
    person, address = sign_in(world.influencer), url(cafe, f"tables/{table.pk}/note/")
    assert [person.post(address, {"text": text}).status_code for text in ("One", "Two")] == [302, 422]
    monkeypatch.setattr(services, "MOST_NOTES", 1)
    assert sign_in(world.influencer2).post(address, {"text": "Three"}).status_code == 422
