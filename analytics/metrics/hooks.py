"""Tell the rooms above that figures changed, without knowing them: they say in their `room.py` that they listen."""

from core.kit import rooms


def figures_changed(program_id: int) -> None:
    """Called within the transaction that changed what published figures are made from."""
    for room in rooms.every():
        for listen in room.on_figures_changed:
            listen(program_id)
