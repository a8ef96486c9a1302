"""What hosts do here, as the journal keeps it. What people write is not among it: the forum itself shows it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ForumVerb(TextChoices):
    OPENED = "forum.opened", _("opened the forum")
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
