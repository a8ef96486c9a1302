"""Tell the rooms above that figures changed, without knowing them: settings name who listens."""

from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string


@cache
def _listener(name: str) -> Callable[[int], object]:
    return import_string(name)


def figures_changed(program_id: int) -> None:
    """Called within the transaction that changed what published figures are made from."""
    for name in settings.ON_FIGURES_CHANGED:
        _listener(name)(program_id)
