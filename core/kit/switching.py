"""What is there or not there, and is switched by one button: on twice is on once."""

from typing import Any

from django.db import models


def switch_on(model: type[models.Model], **values: Any) -> None:
    """The row is there, whoever else puts it there or takes it away at this moment.

    `get_or_create` raises IntegrityError when another hand made the row first and a third deletes it before it is
    read; here the row is not read. Needs a unique constraint over what tells two rows apart.
    """
    model._default_manager.bulk_create([model(**values)], ignore_conflicts=True)
