"""Many numbers of rows in one cell: a field for sets that mostly are a few long stretches."""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class NumberSetField(models.Field):  # type: ignore[type-arg]  # Django knows no arguments of its classes at run time
    """PostgreSQL's `int8multirange`; it is filled and read in SQL, Python sees its text, such as `{[1,8),[9,12)}`."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "int8multirange"

    def from_db_value(self, value: Any, *args: object) -> str | None:
        return None if value is None else str(value)
