"""What a form sends as JSON, however odd it is: a fault of the form, which can be shown again."""

from typing import Any

import pytest
from django.http import QueryDict

from core.kit.editing_together import SharedForm
from core.writing.forms import DraftForm
from tests.house.code import files, place

ODD = {
    "lists without end": "[" * 200_000,
    "a number without end": "9" * 5_000,
    "half of a character": '{"text": "\\ud800"}',
    "no number": "NaN",
    "not JSON": "{",
}


class Shown(SharedForm):
    field_order = ()

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.remember()


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD.keys())
@pytest.mark.parametrize(("form", "name"), [(Shown, "seen"), (DraftForm, "beside")])
def test_odd_json_is_a_fault_of_the_form(form: Any, name: str, odd: str) -> None:
    sent = QueryDict(mutable=True)
    sent[name] = odd
    form = form(sent)
    assert name in form.errors
    assert str(form[name]).encode()


def test_the_page_that_comes_back_forgets_odd_json() -> None:
    for odd in ODD.values():
        form = Shown()
        form.keep_seen({"seen": odd})
        assert form.fields["seen"].initial == {}


def test_no_form_reads_json_otherwise() -> None:
    reads = [place(path) for path in files(".py") if "forms.JSONField" in path.read_text()]
    assert {path for path in reads if not path.startswith("tests/")} == {"core/kit/sent_json.py", "core/kit/forms.py"}
