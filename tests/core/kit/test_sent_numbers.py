"""Numbers in addresses and forms, however long: no page fails for one."""

import re
from typing import Any

import pytest

from core.kit.sent_numbers import whole
from tests.house.code import files, place

ENDLESS = "9" * 5_000


@pytest.mark.parametrize(
    ("said", "number"),
    [("0", 0), ("12", 12), ("9" * 18, 10**18 - 1), ("9" * 19, None), (ENDLESS, None), ("-1", None), ("²", None),
     ("\u0661", None), ("1.5", None), ("", None)],
)  # fmt: skip
def test_what_a_number_is(said: str, number: int | None) -> None:
    assert whole(said) == number


@pytest.mark.parametrize(
    ("who", "address"),
    [("manager", "checklists/?page="), ("influencer", "hours/?more="), ("influencer", "hours/?move=")],
)
def test_an_endless_number_in_an_address_is_answered(who: str, address: str, world: Any, sign_in: Any) -> None:
    answer = sign_in(getattr(world, who)).get(f"/p/nordlichter/{address}{ENDLESS}")
    assert answer.status_code in (200, 302, 404)


def test_nothing_is_read_as_a_number_however_long_it_is() -> None:
    reads = re.compile(r"\bint\(.*(isdecimal|isdigit)\(|(isdecimal|isdigit)\(.*\bint\(")
    wrong = {
        place(path)
        for path in files(".py")
        for line in path.read_text().splitlines()
        if reads.search(line) and "len(" not in line
    }
    ours = {path for path in wrong if not path.startswith(("tests/", "tools/", "bench/"))}
    assert ours == {"influencer/embedded/processes.py"}  # the operator's own port
