"""Matching is pure: deterministic, never oneself, never somebody without time or without a common language."""

from contextlib import suppress
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.generations.models import Participant
from programs.membership.models import Role
from programs.mentors import services
from programs.mentors.matching import Side, ranked
from programs.mentors.models import Pairing, PairingCard, PairKind
from tests.factories.generations import make_participant
from tests.factories.mentors import make_card
from tests.world import join, make_user

WORDS = st.frozensets(st.sampled_from(["Photos", "photos", "Welding", "Law", "Steel"]), max_size=3)
SPOKEN = st.frozensets(st.sampled_from(["de", "en", "pl"]), max_size=2)
PLACES = st.sampled_from(["", "Bremen", "bremen", "Rostock"])
NUMBERS = st.integers(0, 3)
SIDES = st.builds(Side, st.integers(1, 9), WORDS, SPOKEN, PLACES, NUMBERS, NUMBERS)
GROUPS = st.lists(SIDES, max_size=9, unique_by=lambda side: side.id)


@given(SIDES, GROUPS, st.randoms())
def test_the_same_people_give_the_same_answer(seeker: Side, others: list[Side], random: Any) -> None:
    shuffled = [*others]
    random.shuffle(shuffled)
    assert ranked(seeker, others) == ranked(seeker, shuffled)


@given(SIDES, GROUPS)
def test_nobody_is_suggested_who_does_not_suit(seeker: Side, others: list[Side]) -> None:
    known = {side.id: side for side in others}
    found = ranked(seeker, others)
    assert len({match.id for match in found}) == len(found)
    for match in found:
        other = known[match.id]
        assert match.id != seeker.id
        assert other.load < other.most
        assert not (seeker.languages and other.languages) or seeker.languages & other.languages
        assert set(match.topics) <= other.topics
    left_out = known.keys() - {match.id for match in found} - {seeker.id}
    assert all(known[pk].load >= known[pk].most or not seeker.languages & known[pk].languages for pk in left_out), (
        "nobody is left out without one of these reasons"
    )


@given(SIDES, GROUPS)
def test_more_in_common_never_comes_later(seeker: Side, others: list[Side]) -> None:
    twin = replace(seeker, id=99, load=0, most=1)
    found = ranked(seeker, [*others, twin])
    assert found
    best = found[0]
    mine = next(match for match in found if match.id == 99)
    assert len(best.topics) >= len(mine.topics), (
        "only somebody with at least as many common topics stands before a twin"
    )


def test_what_counts_and_in_which_order() -> None:
    seeker = Side(1, frozenset({"Photos"}), frozenset({"de"}), "Bremen")
    topic = Side(2, frozenset({"photos"}), frozenset({"de"}), "Rostock")
    site = Side(3, frozenset(), frozenset({"de"}), "bremen ")
    busy = Side(4, frozenset(), frozenset({"de"}), "Bremen", load=1, most=2)
    found = ranked(seeker, [busy, site, topic])
    assert found[0].topics == ("photos",)
    assert [match.same_site for match in found] == [False, True, True]
    free = ranked(seeker, [replace(busy, load=0), site, topic])
    assert [match.id for match in free] == [match.id for match in found], "the order tells nobody who accompanies whom"


# --- with what people do, one after the other -------------------------------------------------------------------------


def someone(world: Any, name: str, generation: Any, rng: Random) -> Participant:
    user = make_user(name)
    join(user, world.program, Role.INFLUENCER)
    participant = make_participant(user, generation)
    spoken = rng.choice([["de"], ["en"], ["de", "en"], []])
    make_card(participant, is_mentor=True, is_buddy=rng.random() < 0.7, languages=spoken, most=rng.randint(1, 2))
    return participant


def holds(world: Any, asked: dict[int, set[int]]) -> None:
    """What is true of all that stand, at any moment."""
    standing = list(Pairing.objects.filter(program=world.program, ended_at=None))
    cards = {card.user_id: card for card in PairingCard.objects.filter(program=world.program)}
    for kind in PairKind.values:
        askers = [each.asker_id for each in standing if each.kind == kind]
        assert len(askers) == len(set(askers)), "nobody asks two at once"
    for person, card in cards.items():
        accompanied = [each for each in standing if each.kind == PairKind.MENTOR and each.partner_id == person]
        assert len(accompanied) <= card.most
        buddies = [each for each in standing if each.kind == PairKind.BUDDY and each.agreed_at]
        assert sum(person in (each.asker_id, each.partner_id) for each in buddies) <= 1
    for each in standing:
        assert each.asker_id != each.partner_id
        assert each.agreed_at is None or each.pk in asked[each.partner_id], "only the one who was asked made it whole"


@pytest.mark.parametrize("seed", range(6))
def test_whatever_people_do_nobody_is_taken_twice_and_both_have_agreed(world: Any, seed: int) -> None:
    rng = Random(seed)
    Pairing.objects.all().delete()
    older = [someone(world, f"older{number}", world.generation, rng) for number in range(4)]
    newer = [someone(world, f"newer{number}", world.generation2, rng) for number in range(4)]
    said_yes: dict[int, set[int]] = {each.user_id: set() for each in [*older, *newer]}
    everybody, done = [*older, *newer], 0
    for _turn in range(100):
        me, rows = rng.choice(everybody), list(Pairing.objects.filter(program=world.program))
        mine = [each for each in rows if me.user_id in (each.asker_id, each.partner_id)]
        deed = rng.choice(["ask", "ask", "ask", "agree", "agree", "finish", "resume"])
        with suppress(services.NotFree):
            if deed == "ask":
                services.ask(me, person_id=rng.choice(everybody).user_id, kind=rng.choice(PairKind.values))
            elif deed == "agree":
                for each in mine:
                    if each.partner_id == me.user_id and not each.agreed_at and not each.ended_at:
                        said_yes[me.user_id].add(each.pk)
                        services.agree(each)
            elif mine and deed == "finish":
                services.finish(rng.choice(mine), by=me.user)
            elif mine:
                services.resume(rng.choice(mine))
            done += 1
        holds(world, said_yes)
    assert done > 20
    assert Pairing.objects.filter(agreed_at__isnull=False).exists()
