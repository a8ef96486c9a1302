"""What hosts do here, as the journal keeps it. What people write is not among it: the forum itself shows it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ForumVerb(TextChoices):
    OPENED = "forum.opened", _("opened the forum")
    BOARD_MADE = "forum.board_made", _("made a board for a generation")
    BOARD_REMOVED = "forum.board_removed", _("took the board of a generation away")
    BOARDS_ORDERED = "forum.boards_ordered", _("changed the order of the boards")
    PINNED = "forum.pinned", _("pinned a topic")
    UNPINNED = "forum.unpinned", _("unpinned a topic")
    CLOSED = "forum.closed", _("closed a topic")
    REOPENED = "forum.reopened", _("reopened a topic")
    MERGED = "forum.merged", _("merged two topics")
    SPLIT = "forum.split", _("split a topic")
    ARRANGED_BACK = "forum.arranged_back", _("took back a merge or split of topics")
    MOVED = "forum.moved", _("moved a topic to another board")
    REMOVED = "forum.removed", _("removed a topic")
    RESTORED = "forum.restored", _("brought a topic back")
    POST_REMOVED = "forum.post_removed", _("removed a post")
    POST_RESTORED = "forum.post_restored", _("brought a post back")
    BOX_RELEASED = "forum.box_released", _("put up a question from the box")
    BOX_DISCARDED = "forum.box_discarded", _("did not put up a question from the box")
    DECIDED = "forum.decided", _("decided about a reported post")
    ROTA_PLANNED = "forum.rota_planned", _("planned who hosts the forum in a week")
    ROTA_SWAPPED = "forum.rota_swapped", _("swapped two weeks of hosting the forum")
    LIFE_CYCLE = "forum.life_cycle", _("said where the community stands")
    RITUAL_BEGUN = "forum.ritual_begun", _("began a series of topics")
    RITUAL_CHANGED = "forum.ritual_changed", _("changed a series of topics")
    RITUAL_APPROVED = "forum.ritual_approved", _("approved a series of topics")
    RITUAL_PAUSED = "forum.ritual_paused", _("paused a series of topics")
    RITUAL_RESUMED = "forum.ritual_resumed", _("let a series of topics go on")
    RITUAL_SKIPPED = "forum.ritual_skipped", _("left out a day of a series of topics")
    RITUAL_UNSKIPPED = "forum.ritual_unskipped", _("took back that a day of a series is left out")
    RITUAL_STOPPED = "forum.ritual_stopped", _("stopped a series of topics")
    RITUAL_BACK = "forum.ritual_back", _("brought back a series of topics")
    RITUAL_LAPSED = "forum.ritual_lapsed", _("a series of topics is paused because no host has agreed to it")
