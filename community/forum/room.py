from functools import partial

from django.utils.translation import gettext_lazy as _

from community.forum import (
    access,
    blocks,
    cards,
    charges,
    jobs,
    leaving,
    mergers,
    news,
    news_health,
    news_rituals,
    news_rota,
    people,
    queries,
    rota,
    searching,
    signs,
    spots,
    tasks,
)
from community.forum.models import Board, Post, Topic
from community.forum.models_polls import Poll
from community.forum.models_rituals import Ritual
from community.forum.verbs import ForumVerb
from core.attachments import services as attachments
from core.kit.deleting import Purge
from core.kit.newsletter_blocks import NewsletterBlock
from core.kit.rooms import Action, Belonging, Deed, Every, Place, PublicNumber, Room, Search, Subject, Tile
from programs.consents.models import Purpose
from programs.membership.access import Ability
from programs.membership.models import Role
from programs.membership.standing import CountsOf

TOLD_ON = ("community:forum_health", "analytics:dashboard", "analytics:report_detail")
ROOM = Room(
    name="community.forum",
    numbers=(
        PublicNumber("people of the circle that helps", "pulse.said_of", "people", TOLD_ON),
        PublicNumber("people who wrote or answered", "pulse._counts", "people", TOLD_ON),
        PublicNumber("votes in a poll", "results._counted", "people", ("community:topic_detail",)),
        PublicNumber("people who reacted, each by name", "topic_page.Said", "named", ("community:topic_detail",)),
        PublicNumber("people who wrote in the forum", "signs.wrote", "guarded", ("programs:early_check",)),
    ),
    verbs=ForumVerb,
    concerns={ForumVerb.OPENED: _("The forum is open: participants can write to each other there.")},
    belongs_to=("forum",),
    signs=signs.SIGNS,
    on_merger=(mergers.MERGER,),
    keeps_generation=(mergers.keeps,),
    places=(Place("forum", _("Forum"), "messages", "community:forum", Ability.SEE_FORUM, 35),),
    actions=(
        Action(
            _("Forum"), "community:forum", Ability.SEE_FORUM, 44, _("community board topics discussion"), "messages"
        ),
        Action(_("Host the forum"), "community:forum_host", Ability.HOST_FORUM, 46, _("moderation reports queue")),
        Action(
            _("Series of topics"),
            "community:rituals",
            Ability.HOST_FORUM,
            49,
            _("ritual Monday question Friday success every week"),
        ),
        Action(_("Boards"), "community:boards", Ability.HOST_FORUM, 52, _("order generation board")),
        Action(_("Who hosts when"), "community:rota", Ability.HOST_FORUM, 50, _("rota week duty swap")),
        Action(
            _("How the community is doing"),
            "community:forum_health",
            Ability.HOST_FORUM,
            51,
            _("health life cycle stage packages share"),
        ),
        Action(_("My forum"), "community:forum_settings", Ability.SEE_FORUM, 47, _("settings leave my posts")),
        Action(
            _("Ask without a name"),
            "community:question_box",
            Ability.WRITE_IN_FORUM,
            48,
            _("anonymous question box"),
        ),
        Action(_("Ask a question"), "community:topic_new", Ability.WRITE_IN_FORUM, 45, _("question help topic post")),
    ),
    searches=(Search(_("Forum"), searching.find_topics, 45),),
    tiles=(
        Tile("community/forum/_tile.html", frozenset({Role.MANAGER, Role.INFLUENCER, Role.COACH}), blocks.tile, 30),
    ),
    steps={
        "forum_read": Deed(_("reads in the forum"), queries.read_by, "community:forum"),
        "forum_written": Deed(_("writes a post in the forum"), queries.written_by, "community:forum"),
    },
    timetable=(Every(tasks.sweep, 60, _("Notify people of what is new in the forum")),),
    queue="mail",
    charges=charges.CHARGES,
    engagements=charges.ENGAGEMENTS,
    retention=(
        Purge(Topic, along=partial(attachments.forget, "topic")),
        Purge(Post, along=jobs.forget_pictures),
        Purge(Ritual),
        jobs.retention,
        rota.retention,
        cards.retention,
        CountsOf("poll", Poll),
    ),
    belongings=(Belonging(frozenset({Purpose.PARTICIPATION}), leaving.kept, leaving.forget_person, order=30),),
    news=news.NEWS + news_rituals.NEWS + news_rota.NEWS + news_health.NEWS,
    ways_to_ask=(people.ask,),
    parts_of_person=(people.wrote,),
    newsletter_blocks=(
        NewsletterBlock(
            "forum", _("From the forum"), _("the topics that hosts have pinned"), blocks.forum, icon="messages"
        ),
        NewsletterBlock(
            "solved",
            _("Solved questions"),
            _("questions of the last five weeks that have an answer, only for readers of the forum"),
            blocks.solved,
            icon="message-circle-question",
            needs=Ability.SEE_FORUM,
        ),
    ),
    # By its board: what people ask and say there is in no log.
    subjects=(
        Subject(Topic, _("topic"), title=lambda topic: str(topic.board), related=("board",)),
        Subject(Board, _("board")),
    ),
    spots={"forum": spots.forum, "topic": spots.topic},
    unlogged_spots=("forum", "topic"),
    may_read={
        "community.Topic": access.can_read_topic,
        "community.Post": access.can_read_post,
        "community.Poll": access.can_read_poll,
    },
)
