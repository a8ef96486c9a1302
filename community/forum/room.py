from functools import partial

from django.utils.translation import gettext_lazy as _

from community.forum import queries, spots
from community.forum.models import Post, Topic
from community.forum.verbs import ForumVerb
from core.attachments import services as attachments
from core.kit.deleting import Purge
from core.kit.rooms import Action, Place, Room, Search
from programs.membership.access import Ability

ROOM = Room(
    name="community.forum",
    verbs=ForumVerb,
    belongs_to=("forum",),
    places=(Place("forum", _("Forum"), "messages", "community:forum", Ability.SEE_FORUM, 35),),
    actions=(
        Action(
            _("Forum"), "community:forum", Ability.SEE_FORUM, 44, _("community board topics discussion"), "messages"
        ),
        Action(_("Host the forum"), "community:forum_host", Ability.HOST_FORUM, 46, _("moderation reports queue")),
        Action(_("Ask a question"), "community:topic_new", Ability.WRITE_IN_FORUM, 45, _("question help topic post")),
    ),
    searches=(Search(_("Forum"), queries.find_topics, 45),),
    retention=(Purge(Topic, along=partial(attachments.forget, "topic")), Purge(Post)),
    spots={"forum": spots.forum, "topic": spots.topic},
)
