"""Tell the rooms above that figures changed, without knowing them: they say in their `room.py` that they listen."""

from django.db import transaction

from core.kit import page_cache, rooms

READINGS = "readings:%s"  # what is kept of a program's readings, besides what is published


def figures_changed(program_id: int) -> None:
    """Called within the transaction that changed what published figures are made from."""
    for room in rooms.every():
        for listen in room.on_figures_changed:
            listen(program_id)
    transaction.on_commit(lambda: page_cache.clear(READINGS % program_id), robust=True)
