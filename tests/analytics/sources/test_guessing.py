"""What is suggested for a table nobody knows is right, or it is asked; never silently wrong. Over drawn tables."""

from __future__ import annotations

import csv
import io
import random
from datetime import date, timedelta

import pytest

from analytics.sources.guessing import decimal, delimiter, head_row, order, records
from analytics.sources.mapping import OTHER, amount
from core.sheets.days import day_from_text

TODAY = date(2026, 11, 29)
WORDS = ("Wann", "Gesehen von", "Gefällt, gesamt", "Notiz; kurz", "Link")
FORMS = {
    "dmy": ("{d:02}/{m:02}/{y}", "{d}/{m}/{y}", "{d:02}-{m:02}-{y}"),
    "mdy": ("{m:02}/{d:02}/{y}", "{m}/{d}/{y}", "{m:02}-{d:02}-{y}"),
    "": ("{y}-{m:02}-{d:02}", "{d:02}.{m:02}.{y}"),
}


def number(value: int, decimals: int, mark: str, *, grouped: bool) -> str:
    whole = f"{value:,}".replace(",", OTHER[mark]) if grouped else str(value)
    return whole + (f"{mark}{decimals}" if decimals else "")


def drawn(seed: int) -> tuple[str, str, str, str, list[tuple[date, str, int]]]:
    """A table as a program of some country might write it: text, separator, order, decimal mark, what is meant."""
    chance = random.Random(seed)
    separator, mark = chance.choice(",;\t|"), chance.choice(".,")
    how = chance.choice(list(FORMS))
    form, grouped = chance.choice(FORMS[how]), chance.random() < 0.6
    meant, target = [], io.StringIO()
    write = csv.writer(target, delimiter=separator)
    for _ in range(chance.randint(0, 2)):
        write.writerow(["Bericht", *[""] * chance.randint(0, 2)])
    labels = chance.sample(WORDS, 4)
    write.writerow(labels)
    first = date(2026, chance.randint(1, 10), chance.randint(1, 28))
    for step in range(chance.randint(2, 12)):
        day = first + timedelta(days=step * chance.choice((1, 1, 7)))
        value = chance.choice((chance.randint(0, 99), chance.randint(1000, 9999), chance.randint(10**6, 10**7)))
        text = number(value, chance.choice((0, 0, 5, 25)), mark, grouped=grouped)
        meant.append((day, text, value))
        note = chance.choice(("", "gut, sehr gut", "so; und so", "Zeile"))
        write.writerow([form.format(d=day.day, m=day.month, y=day.year), text, chance.randint(0, 9), note])
    return target.getvalue(), separator, how, mark, meant


@pytest.mark.parametrize("start", range(0, 1200, 300))
def test_guesses_are_right_or_asked(start: int) -> None:
    asked = right = 0
    for seed in range(start, start + 300):
        text, separator, how, mark, meant = drawn(seed)
        found = delimiter(text)
        assert found in (separator, None), seed
        rows = records(text, separator)
        head = head_row(rows)
        assert head in (None, len(rows) - len(meant) - 1), seed
        read = order([row[0] for row in rows[len(rows) - len(meant) :]], today=TODAY)
        if read is not None:
            days = [day_from_text(row[0], read) for row in rows[len(rows) - len(meant) :]]
            assert days == [day for day, _, _ in meant], (seed, how)
        guess = decimal([said for _, said, _ in meant])
        for _, said, value in meant if guess is not None else ():
            try:
                assert amount(said, guess or "") == value, (seed, mark)
            except ValueError as error:
                assert str(error) == "number_not_whole", (seed, said)  # noqa: PT017 - 12,5 is refused by its name
        for answer in (found, read, guess):
            asked, right = asked + (answer is None), right + (answer is not None)
    assert right > 2 * asked > 0


def test_two_separators_that_both_make_a_table_are_asked() -> None:
    assert delimiter("Datum;Klicks, gesamt;Wert, neu\n03.10.2026;1,5;2,5\n") is None


def test_the_beginning_of_a_longer_file_proves_nothing_about_its_end() -> None:
    assert (decimal(["5", "7"]), decimal(["5", "7"], is_all=False)) == (".", None)
    assert order(["03/03/2026"], today=TODAY, is_all=False) is None
    assert order(["2026-03-03"], today=TODAY, is_all=False) == "dmy"
    assert order(["04/03/2026", "25/03/2026"], today=TODAY, is_all=False) == "dmy"
