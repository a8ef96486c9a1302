"""pytest plugin: no query of any test asks a model with drawn numbers for its newest rows by their number."""

from typing import Any

import pytest
from django.db.models.expressions import Col
from django.db.models.sql.compiler import SQLCompiler

from core.kit.drawn import drawn

_in_order = SQLCompiler.get_order_by


class OrderedByChance(AssertionError):
    """`-pk` comes first in the order of rows whose numbers were drawn."""


def _look(self: SQLCompiler) -> list[Any]:
    order = _in_order(self)
    for by, _sql in order[:1]:
        column = by.expression
        if by.descending and isinstance(column, Col) and column.target.primary_key and column.target.default is drawn:
            raise OrderedByChance(f"{column.target.model._meta.label}: -{column.target.name} does not mean newest")
    return order


def pytest_configure(config: pytest.Config) -> None:
    SQLCompiler.get_order_by = _look  # type: ignore[method-assign]
