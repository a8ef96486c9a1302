"""What hosts do here, as the journal keeps it. What people write is not among it: the forum itself shows it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ForumVerb(TextChoices):
    OPENED = "forum.opened", _("opened the forum")
    BOARD_MADE = "forum.board_made", _("created a board for a generation")
    BOARD_REMOVED = "forum.board_removed", _("removed a generation's board")
    BOARDS_ORDERED = "forum.boards_ordered", _("changed the order of the boards")
    PINNED = "forum.pinned", _("pinned a topic")
    UNPINNED = "forum.unpinned", _("unpinned a topic")
    CLOSED = "forum.closed", _("closed a topic")
    REOPENED = "forum.reopened", _("reopened a topic")
    MERGED = "forum.merged", _("merged two topics")
    SPLIT = "forum.split", _("split a topic")
    ARRANGED_BACK = "forum.arranged_back", _("undid a merge or split of topics")
    MOVED = "forum.moved", _("moved a topic to another board")
    REMOVED = "forum.removed", _("removed a topic")
    RESTORED = "forum.restored", _("restored a topic")
    POST_REMOVED = "forum.post_removed", _("removed a post")
    POST_RESTORED = "forum.post_restored", _("restored a post")
    BOX_RELEASED = "forum.box_released", _("posted a question from the box")
    BOX_DISCARDED = "forum.box_discarded", _("declined a question from the box")
    DECIDED = "forum.decided", _("decided about a reported post")
    ROTA_PLANNED = "forum.rota_planned", _("scheduled who hosts the forum in a week")
    ROTA_SWAPPED = "forum.rota_swapped", _("swapped two forum hosting weeks")
    LIFE_CYCLE = "forum.life_cycle", _("recorded how the community is doing")
    RITUAL_BEGUN = "forum.ritual_begun", _("prepared a series of topics")
    RITUAL_CHANGED = "forum.ritual_changed", _("changed a series of topics")
    RITUAL_APPROVED = "forum.ritual_approved", _("approved a series of topics")
    RITUAL_PAUSED = "forum.ritual_paused", _("paused a series of topics")
    RITUAL_RESUMED = "forum.ritual_resumed", _("resumed a series of topics")
    RITUAL_SKIPPED = "forum.ritual_skipped", _("skipped a day in a series of topics")
    RITUAL_UNSKIPPED = "forum.ritual_unskipped", _("restored a skipped day in a series of topics")
    RITUAL_STOPPED = "forum.ritual_stopped", _("stopped a series of topics")
    RITUAL_BACK = "forum.ritual_back", _("restored a series of topics")
    RITUAL_LAPSED = "forum.ritual_lapsed", _("a series of topics is paused because no host has approved it")
