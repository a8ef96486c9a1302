"""Numbers are taken as people type them."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from core.kit.forms import NumberField


@pytest.mark.parametrize(
    ("language", "typed", "number"),
    [
        ("de", "300.000", "300000"),
        ("de", "1.234.567,5", "1234567.5"),
        ("de", "0,8", "0.8"),
        ("de", "12.5", "12.5"),
        ("de", "300 000", "300000"),
        ("en", "300,000", "300000"),
        ("en", "1,234.5", "1234.5"),
        ("en", "0.8", "0.8"),
        ("en", "12,5", "12.5"),
        ("de", "80", "80"),
    ],
)
def test_a_number_as_people_type_it(language: str, typed: str, number: str) -> None:
    with translation.override(language):
        assert NumberField(localize=True).clean(typed) == Decimal(number)


@pytest.mark.parametrize("typed", ["viel", "1.2.3", "12,,5", "--5", "١٢x"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with translation.override("de"), pytest.raises(ValidationError):
        NumberField(localize=True).clean(typed)
