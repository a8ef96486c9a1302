"""Two hands at the very same moment on what they both have open: one of them is told, or both changes are kept."""

from typing import Any

import pytest

from tests.at_once import at_once
from tests.house.test_editing_together import EDITING, FILLED, opened, others, sent

PLAYED = sorted(name for name in EDITING if name not in FILLED)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", PLAYED)
def test_the_second_is_told_or_both_are_kept(name: str, world: Any) -> None:
    instead: dict[str, Any] = ({}, *EDITING[name])[-1]
    page = opened(name, instead, world)
    form = page.form()
    stale = sent(form)
    names = [each for each, field in form.fields.items() if each != "seen" and not field.widget.is_hidden]
    both = next((found for each in names if len(found := others(form, each)) == 2), None)
    assert both, "a field that the test can fill in"
    turn = iter(both)
    clients = iter([opened(name, instead, world).client for _ in both])

    def save() -> tuple[int, dict[str, Any]]:
        words, client = next(turn), next(clients)
        return client.post(page.address, stale | words).status_code, words

    answers = at_once(save, 2)
    kept = [words for status, words in answers if status == 302]
    assert sorted(status for status, _words in answers) == [302, 422], answers
    assert page.stands(kept[0])
