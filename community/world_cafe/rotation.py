"""Who sits where in which round, by numbers on cards, so that people meet others each time and tables are equally full.
Pure: the same numbers always give the same cards, so that a card printed twice says the same."""

from collections import defaultdict


def cards(guests: int, tables: int, rounds: int) -> list[list[int]]:
    """By card, the table of each round, counted from 1.

    Cards are dealt in hands of as many as there are tables. A hand spreads over all tables and moves on as a whole, so
    that two of one hand never meet; two of different hands meet again only where their distance comes back, which is
    avoided as long as there are enough tables.
    """
    hands = -(-guests // tables)
    moves = _moves(hands, tables, rounds)
    return [
        [(card % tables + moves[each][card // tables]) % tables + 1 for each in range(rounds)] for card in range(guests)
    ]


def _moves(hands: int, tables: int, rounds: int) -> list[list[int]]:
    """By round and hand, how far it has moved: the place with the fewest distances that were there before, and among
    equal ones the next place, so that nobody stays at a table."""
    before: dict[tuple[int, int], set[int]] = defaultdict(set)
    found: list[list[int]] = []
    for each in range(rounds):
        row: list[int] = []
        for hand in range(hands):
            stays = [earlier[hand] for earlier in found]
            usual = (each * (hand + 1)) % tables

            def cost(place: int, hand: int = hand, row: list[int] = row, stays: list[int] = stays) -> tuple[int, int]:
                again = sum((place - row[other]) % tables in before[other, hand] for other in range(hand))
                return stays.count(place) * hands + again, (place - usual) % tables  # noqa: B023

            row.append(min(range(tables), key=cost))
        for hand in range(hands):
            for other in range(hand):
                before[other, hand].add((row[hand] - row[other]) % tables)
        found.append(row)
    return found
