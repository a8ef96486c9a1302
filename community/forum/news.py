"""Whom a post concerns, and how the forum's news are told: where and by whom, never what was said."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from community.forum import access, queries
from community.forum.interests import interested_in
from community.forum.models import Board, Post, Reading, Topic
from community.forum.models_wishes import BoardWish
from community.forum.places import place_url
from community.forum.rows import person_of
from core.kit.compiled import Compiled, OneOf
from core.kit.rooms import News, Told
from core.kit.switching import switch_on
from core.news import services as news
from core.people import mentions
from programs.membership.access import Ability, can, roles_by_program
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

MENTION, QUOTED, ANSWER, FOLLOWED = "forum.mention", "forum.quoted", "forum.answer", "forum.followed"
ON_BOARD, INTERESTING = "forum.board", "forum.interest"
SOLVED, REPORTED = "forum.solved", "forum.reported"
REPORTS, BOARD = "reports", "board:"
IN_TOPICS = (MENTION, QUOTED, ANSWER, FOLLOWED, INTERESTING, SOLVED)  # about a topic; new ones are about their board


def concerned(post: Post, topic: Topic) -> dict[str, set[int]]:
    """Each person once, with what concerns them most. Whoever muted the topic, or has read the post already, hears
    nothing of it."""
    readings = list(Reading.objects.filter(topic=topic))
    follows = {each.person_id: each.follows for each in readings if each.follows is not None}
    quotes = [line for line in post.text.split("\n") if line.lstrip().startswith(">")]
    words = [line for line in post.text.split("\n") if line not in quotes]
    wanted = {
        MENTION: mentions.mentioned("\n".join(words)),
        QUOTED: mentions.mentioned("\n".join(quotes)),
        ANSWER: {topic.by_id} if topic.by_id and post.number > 1 else set(),
        FOLLOWED: {pk for pk, follow in follows.items() if follow},
    }
    if post.number == 1:
        loud = dict(BoardWish.objects.filter(board=topic.board_id).values_list("person", "follows"))
        wanted[ON_BOARD] = {pk for pk, follow in loud.items() if follow}
        wanted[INTERESTING] = {pk for pk in interested_in(post, topic.program) if loud.get(pk) is not False}
    spared = {each.person_id for each in readings if each.follows is False or each.read_to >= post.number}
    spared |= {post.by_id or 0}
    for kind, people in wanted.items():
        wanted[kind] = people - spared
        spared = spared | people
    return wanted


def tell(post: Post, topic: Topic) -> None:
    people = {person.pk: person for person in queries.readers_of(topic.board, topic.program)}
    for kind, wanted in concerned(post, topic).items():
        them = [people[pk] for pk in sorted(wanted & people.keys())]
        about = _on_board(topic) if kind == ON_BOARD else topic.pk
        news.tell(kind, them, about=about, item=post.pk, program_id=topic.program_id)


def _on_board(topic: Topic) -> str:
    """New topics of one board are told together."""
    return f"{BOARD}{topic.board_id}"


def board_muted(board: Board, *, by: "User") -> None:
    news.read(by, kind=ON_BOARD, about=f"{BOARD}{board.pk}")


def topic_gone(topic: Topic, *, is_gone: bool = True) -> None:
    """A topic was deleted, or is back: with everything that was told of it."""
    news.gone("forum.", about=topic.pk, is_gone=is_gone)
    news.gone(ON_BOARD, items=topic.posts.values_list("pk", flat=True), is_gone=is_gone)


def topic_moved(topic: Topic) -> None:
    """It stands on another board now, with other readers."""
    news.other_readers("forum.", about=topic.pk)
    news.moved([ON_BOARD], topic.posts.values_list("pk", flat=True), about=_on_board(topic))


def posts_moved(posts: Sequence[Post], topic: Topic) -> None:
    """They belong to another topic now."""
    items = [post.pk for post in posts]
    news.moved(IN_TOPICS, items, about=topic.pk)
    news.moved([ON_BOARD], items, about=_on_board(topic))


def tell_that_it_helped(post: Post, *, by: "User") -> None:
    """Whoever wrote the answer that was marked."""
    if post.by_id and post.by_id != by.pk:
        them = queries.people_of(post.topic.program, only=post.by_id)
        news.tell(SOLVED, them, about=post.topic_id, item=post.pk, program_id=post.program_id)


def tell_hosts(post: Post) -> None:
    """That something was reported; nobody learns who it was."""
    hosts = [host for host in queries.people_of(post.topic.program, hosts=True) if host.pk != post.by_id]
    news.tell(REPORTED, hosts, about=REPORTS, item=post.pk, program_id=post.program_id)


def seen(topic: Topic, *, to: int, by: "User") -> None:
    """The posts up to a number were before somebody's eyes: news of them are none any more."""
    if items := news.unread_items(by, "forum.", topic.pk):
        read = Post.objects.filter(pk__in=items, number__lte=to).values_list("pk", flat=True)
        news.read(by, kind="forum.", about=topic.pk, items=read)
    seen_on_board(topic, to=to, by=by)


def seen_on_board(topic: Topic, *, to: int, by: "User") -> None:
    if items := news.unread_items(by, ON_BOARD, _on_board(topic)):
        read = Post.objects.filter(pk__in=items, topic=topic, number__lte=to).values_list("pk", flat=True)
        news.read(by, kind=ON_BOARD, items=read)


def _posts() -> QuerySet[Post]:
    posts = Post.objects.present().filter(OneOf("id", "posts"), topic__deleted_at=None)
    return posts.select_related("topic__board", "topic__program").defer("text", "search", "word_parts")


POSTS = Compiled(_posts)


def look(person: "User", rows: Sequence[Any]) -> dict[int, Told]:
    """What this person may read there now."""
    posts = POSTS.rows(posts=[int(row.item) for row in rows])
    found = {str(post.pk): post for post in posts}
    members: dict[int, dict[int, queries.Member]] = {}
    told: dict[int, Told] = {}
    for row in rows:
        post = found.get(row.item)
        if post is None or not access.can_read_topic(person, post.topic):
            continue
        program = post.topic.program
        if program.pk not in members:
            members[program.pk] = queries.members_among(program, {each.by_id for each in found.values() if each.by_id})
        told[row.pk] = _told(post, program, members[program.pk])
    return told


def look_at_reports(person: "User", rows: Sequence[Any]) -> dict[int, Told]:
    """Posts that still wait for a host."""
    waiting = Post.objects.filter(pk__in=[row.item for row in rows], reports__decided_at=None).exclude(reports=None)
    waiting = waiting.filter(topic__deleted_at=None)  # they wait with their topic
    found = {str(post.pk): post for post in waiting.select_related("topic__program").distinct()}
    programs = {each for each in roles_by_program(person) if can(person, Ability.HOST_FORUM, each)}
    told = {}
    for row in rows:
        post = found.get(row.item)
        if post is not None and post.topic.program in programs and post.by_id != person.pk:
            url = reverse("community:forum_host", args=[post.topic.program.slug])
            told[row.pk] = Told(post.topic.title, url, program=post.topic.program.name)
    return told


def hush(person: "User", about: str, before: str) -> str:
    """Mute the topic; or put back how loud it was."""
    states = {"follow": True, "normal": None, "mute": False}
    place = Reading.objects.filter(topic=int(about), person=person).first() or Reading(
        topic_id=int(about), person=person
    )
    was = next(name for name, follows in states.items() if follows is place.follows)
    place.follows = states.get(before, False)
    Reading.objects.update_or_create(topic_id=int(about), person=person, defaults={"follows": place.follows})
    return was


def hush_board(person: "User", about: str, before: str) -> str:
    """Follow the board no more; or put back what was so before. Whoever muted it meanwhile keeps that."""
    mine = BoardWish.objects.filter(board=int(about.removeprefix(BOARD)), person=person)
    if before == "follow":
        board = Board.objects.filter(pk=int(about.removeprefix(BOARD))).first()
        if board is not None:  # it may have been removed meanwhile
            switch_on(BoardWish, board=board, person=person, follows=True)
        return before
    return "follow" if mine.filter(follows=True).delete()[0] else "normal"


def _told(post: Post, program: Program, members: dict[int, queries.Member]) -> Told:
    person = person_of(post.by_id, members)
    name = str(person["name"]) if person else gettext("former member")
    return Told(
        post.topic.title,
        place_url(program, post.topic_id, post.number),
        name,
        person,
        program.name,
        post.topic.board.title,
    )


def _hears(ability: Ability) -> Callable[["User"], bool]:
    return lambda person: any(can(person, ability, program) for program in roles_by_program(person))


FOR_ME, COMMUNITY = _("For me"), _("Forum")
READ = _("Read the post")
NEWS = (
    News(
        ANSWER,
        _("Replies to my topics"),
        FOR_ME,
        10,
        ngettext_lazy("%(name)s answered: %(title)s", "%(count)s answers: %(title)s", "count"),
        _("You are receiving this email because it is your topic."),
        look,
        mail="now",
        button=READ,
        icon="message-circle",
        concerns=_hears(Ability.SEE_FORUM),
        hush=hush,
    ),
    News(
        MENTION,
        _("Somebody mentions me"),
        FOR_ME,
        11,
        ngettext_lazy("%(name)s mentioned you: %(title)s", "You were mentioned %(count)s times: %(title)s", "count"),
        _("You are receiving this email because somebody mentioned you in the forum."),
        look,
        mail="now",
        note=_("in the forum, with @"),
        button=READ,
        icon="at",
        each=True,
        concerns=_hears(Ability.SEE_FORUM),
        hush=hush,
    ),
    News(
        QUOTED,
        _("Somebody quotes me"),
        FOR_ME,
        12,
        ngettext_lazy("%(name)s quoted you: %(title)s", "You were quoted %(count)s times: %(title)s", "count"),
        _("You are receiving this email because somebody quoted you in the forum."),
        look,
        button=READ,
        icon="blockquote",
        concerns=_hears(Ability.SEE_FORUM),
        hush=hush,
    ),
    News(
        SOLVED,
        _("My answer helped"),
        FOR_ME,
        13,
        ngettext_lazy("Your answer helped: %(title)s", "%(count)s of your answers helped: %(title)s", "count"),
        _("You are receiving this email because your answer was marked as the one that helped."),
        look,
        button=READ,
        icon="circle-check",
        concerns=_hears(Ability.SEE_FORUM),
    ),
    News(
        FOLLOWED,
        _("Topics I follow"),
        COMMUNITY,
        20,
        ngettext_lazy("%(name)s wrote: %(title)s", "%(count)s new posts: %(title)s", "count"),
        _("You are receiving this email because you follow this topic."),
        look,
        button=READ,
        icon="messages",
        concerns=_hears(Ability.SEE_FORUM),
        hush=hush,
    ),
    News(
        INTERESTING,
        _("New topics about what I am interested in"),
        COMMUNITY,
        18,
        ngettext_lazy("%(name)s writes about one of your topics: %(title)s", "%(count)s new posts: %(title)s", "count"),
        _("You are receiving this email because it is about one of your topics in the forum."),
        look,
        button=READ,
        icon="bulb",
        concerns=_hears(Ability.SEE_FORUM),
        hush=hush,
    ),
    News(
        ON_BOARD,
        _("New topics on boards I follow"),
        COMMUNITY,
        19,
        ngettext_lazy("%(name)s opened a topic: %(title)s", "%(count)s new topics on “%(place)s”", "count"),
        _("You are receiving this email because you follow this board."),
        look,
        button=READ,
        icon="message",
        each=True,
        concerns=_hears(Ability.SEE_FORUM),
        hush=hush_board,
        hush_label=_("Stop following this board"),
    ),
    News(
        REPORTED,
        _("Reported posts"),
        COMMUNITY,
        21,
        ngettext_lazy("A post was reported: %(title)s", "%(count)s posts were reported", "count"),
        _("You are receiving this email because you host the forum."),
        look_at_reports,
        note=_("for hosts"),
        button=_("View"),
        icon="flag",
        asks=True,
        concerns=_hears(Ability.HOST_FORUM),
    ),
)
