"""Make all tables of a package in one step, so that a new site is there in seconds.

Django draws every model anew after each single operation of a migration: with 140 models that related to each other
this took half a minute, here it happens once a package.
"""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from django.db.migrations.operations import AlterField, CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import BigIntegerField


class CreateModels(Operation):
    """`CreateModel` for each of `models`, which may point at each other in any order."""

    serialization_expand_args: ClassVar[list[str]] = ["models"]

    def __init__(self, models: Sequence[CreateModel]) -> None:
        self.models = models

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)  # what is drawn already would be drawn again after each of them
        for model in self.models:
            model.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for model in self.models:
            model.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for model in reversed(self.models):
            model.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"Create {len(self.models)} models"


class NumberAnew(Operation):
    """From now on these models give their rows numbers that are drawn or follow the clock (`core.kit.drawn`).

    The tables stay as they are: their counters gave the rows from before their numbers, and are not asked any more.
    """

    serialization_expand_args: ClassVar[list[str]] = ["numbers"]

    def __init__(self, numbers: dict[str, Callable[[], int]]) -> None:
        self.numbers = numbers

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)
        for model, number in self.numbers.items():
            key = BigIntegerField(primary_key=True, default=number, editable=False, serialize=False)
            AlterField(model, "id", key).state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Nothing: who may be given a number may bring one."""

    database_backwards = database_forwards

    def describe(self) -> str:
        return f"Number {len(self.numbers)} models anew"
