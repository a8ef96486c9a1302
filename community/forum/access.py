"""Who reads, writes and hosts. Boards for hosts exist for hosts only; a removed topic for who may bring it back."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from community.forum.models import Board, Post, Topic, open_to
from community.forum.models_arranged import Rearrangement
from community.forum.models_box import BoxQuestion
from community.forum.models_polls import Poll
from community.forum.models_rituals import Ritual
from core.kit.compiled import Blank, Compiled
from programs.directory import access as directory
from programs.directory.models import Profile
from programs.generations.models import Generation
from programs.membership.access import Ability, can, get_program, require
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


def _topic() -> QuerySet[Topic]:
    """With where the person is in it."""
    one = Topic.objects.filter(pk=Blank("topic"), program=Blank("program")).with_place_of(Blank("person"))
    return one.select_related("board__generation", "by").order_by()


BOARDS = Compiled(lambda: Board.objects.of_program(Blank("program")))
BOARDS_OF_PERSON = Compiled(lambda: Board.objects.of_program(Blank("program")).filter(open_to(Blank("person"))))
TOPIC, TOPIC_OF_PERSON = Compiled(_topic), Compiled(lambda: _topic().filter(open_to(Blank("person"), "board__")))


def get_forum(user: "User", slug: str, ability: Ability = Ability.SEE_FORUM) -> Program:
    return get_program(user, slug, ability)


def boards_for(user: "User", program: Program) -> list[Board]:
    """In their order; none while the forum is not open."""
    if can(user, Ability.HOST_FORUM, program):
        return BOARDS.rows(program=program.pk)
    return BOARDS_OF_PERSON.rows(program=program.pk, person=user.pk)


def get_board(user: "User", slug: str, pk: int) -> Board:
    """For a host who arranges boards."""
    program = get_forum(user, slug, Ability.HOST_FORUM)
    board = get_object_or_404(Board, program=program, pk=pk)
    board.program = program
    return board


def get_board_to_read(user: "User", slug: str, pk: int) -> Board:
    """A board that this person reads."""
    program = get_forum(user, slug)
    board = next((board for board in boards_for(user, program) if board.pk == pk), None)
    if board is None:
        raise Http404
    return board


def get_generation(user: "User", slug: str, pk: int) -> Generation:
    """A generation that a host makes a board for."""
    program = get_forum(user, slug, Ability.HOST_FORUM)
    generation = get_object_or_404(Generation.objects.present(), program=program, pk=pk)
    generation.program = program
    return generation


def get_topic(user: "User", slug: str, pk: int, ability: Ability = Ability.SEE_FORUM) -> Topic:
    """A topic that is there, or the one that it was merged into. Who sees it and lacks the ability is refused (403)."""
    topic = _seen(user, slug, pk)
    while topic.merged_into_id is not None:
        topic = _seen(user, slug, topic.merged_into_id)
    if topic.deleted_at is not None:
        get_object_or_404(Topic.objects.none())
    require(user, ability, topic.program)
    return topic


def get_post(user: "User", slug: str, pk: int, ability: Ability = Ability.SEE_FORUM) -> Post:
    """A post that is there, in a topic that is there."""
    post = get_object_or_404(Post.objects.present().select_related("by"), pk=pk, program__slug=slug)
    post.topic = get_topic(user, slug, post.topic_id, ability)
    return post


def get_writer(user: "User", slug: str, pk: int) -> Profile:
    """Whose posts are listed: of who stands in the directory, for who reads it. Of nobody else is there a list."""
    get_forum(user, slug)
    return directory.get_profile(user, slug, pk)


def get_own_post(user: "User", slug: str, pk: int) -> Post:
    """One's own words are changed by oneself alone."""
    post = get_post(user, slug, pk, Ability.WRITE_IN_FORUM)
    if post.by_id != user.pk:
        raise PermissionDenied
    return post


def find_program_of_lost_post(user: "User", slug: str, pk: int) -> Program | None:
    """The program, for who changes an own post that was deleted meanwhile, alone or with its topic."""
    program = find_program_of_own_post(user, slug, pk)
    is_gone = Post.objects.filter(pk=pk).exclude(deleted_at=None, topic__deleted_at=None).exists()
    return program if is_gone else None


def find_program_of_own_post(user: "User", slug: str, pk: int) -> Program | None:
    """The program, for who wrote this post, wherever it is: on a board they do not read any more, or gone."""
    program = get_forum(user, slug)
    return program if Post.objects.filter(pk=pk, program=program, by=user).exists() else None


def get_deleted_post(user: "User", slug: str, pk: int) -> Post:
    """For undo: one's own deletion, or any host's for a host."""
    post = get_object_or_404(Post.objects.exclude(deleted_at=None), pk=pk, program__slug=slug)
    post.topic = _seen(user, slug, post.topic_id)
    require(user, Ability.WRITE_IN_FORUM, post.topic.program)
    if not can_restore(user, post):
        raise PermissionDenied
    return post


def can_delete(user: "User", post: Post) -> bool:
    return post.by_id == user.pk or can(user, Ability.HOST_FORUM, post.topic.program)


def can_restore(user: "User", post: Post) -> bool:
    """One's own deletion is taken back by oneself, a host's by any host."""
    if post.deleted_at is None:
        return False
    if post.is_own_deletion:
        return post.by_id == user.pk
    return can(user, Ability.HOST_FORUM, post.topic.program)


def get_post_to_judge(user: "User", slug: str, pk: int) -> Post:
    """A reported post, also one that is gone; nobody decides about the own one."""
    post = get_object_or_404(Post.objects.select_related("by"), pk=pk, program__slug=slug)
    post.topic = _seen(user, slug, post.topic_id)
    require(user, Ability.HOST_FORUM, post.topic.program)
    if post.by_id == user.pk:
        raise PermissionDenied
    return post


def find_removed_topic(user: "User", slug: str, pk: int) -> Topic | None:
    """For who began it: that hosts removed it, and what they said. Nothing for everybody else."""
    program = get_forum(user, slug)
    removed = Topic.objects.filter(program=program, pk=pk, by=user).exclude(deleted_at=None).exclude(deleted_by=user)
    return removed.select_related("board", "program").first()


def get_rearrangement(user: "User", slug: str, pk: int) -> Rearrangement:
    """For undo by a host who sees both topics."""
    program = get_forum(user, slug, Ability.HOST_FORUM)
    return get_object_or_404(Rearrangement.objects.select_related("source", "target"), pk=pk, program=program)


def get_removed_topic(user: "User", slug: str, pk: int) -> Topic:
    """For undo by a host. What its author deleted comes back by nobody else."""
    topic = _seen(user, slug, pk)
    require(user, Ability.HOST_FORUM, topic.program)
    if topic.is_own_deletion and topic.by_id != user.pk:
        raise PermissionDenied
    return topic


def get_poll(user: "User", slug: str, pk: int) -> Poll:
    """A poll of a post that is there, for who may vote."""
    poll = get_object_or_404(Poll.objects.select_related("post"), pk=pk, post__program__slug=slug)
    poll.post = get_post(user, slug, poll.post_id, Ability.WRITE_IN_FORUM)
    return poll


def get_own_poll(user: "User", slug: str, pk: int) -> Poll:
    """Closed by who asked, or by a host."""
    poll = get_poll(user, slug, pk)
    if poll.post.by_id != user.pk and not can(user, Ability.HOST_FORUM, poll.post.topic.program):
        raise PermissionDenied
    return poll


def get_box_question(user: "User", slug: str, pk: UUID) -> BoxQuestion | None:
    """For hosts, from the day after on. Nothing when it was dealt with: hosts press at the same moment, and twice."""
    program = get_forum(user, slug, Ability.HOST_FORUM)
    questions = BoxQuestion.objects.select_related("program")
    return questions.filter(pk=pk, program=program, is_shuffled=True).first()


def get_ritual(user: "User", slug: str, pk: int, *, is_stopped: bool = False) -> Ritual:
    """A series, for hosts; `is_stopped`: one that was stopped, too, for undo."""
    program = get_forum(user, slug, Ability.HOST_FORUM)
    rituals = Ritual.objects.all() if is_stopped else Ritual.objects.present()
    ritual = get_object_or_404(rituals.select_related("board", "host"), pk=pk, program=program)
    ritual.program = program
    return ritual


def get_answer_to_mark(user: "User", slug: str, pk: int) -> Post:
    """A reply to a question: whoever asked says whether it helped, and hosts may, when the asker does not."""
    post = get_post(user, slug, pk, Ability.WRITE_IN_FORUM)
    if not can_mark(user, post.topic) or post.number == 1:
        raise PermissionDenied
    return post


def can_mark(user: "User", topic: Topic) -> bool:
    if not topic.is_question or not can(user, Ability.WRITE_IN_FORUM, topic.program):
        return False
    return topic.by_id == user.pk or can(user, Ability.HOST_FORUM, topic.program)


def can_read_topic(user: "User", topic: Topic) -> bool:
    """Whether its title may be named to this person now, e.g. in the export of what they did in it."""
    if topic.deleted_at is not None or topic.merged_into_id is not None:
        return False
    if topic.board.is_for_everybody or can(user, Ability.HOST_FORUM, topic.program):
        return can(user, Ability.SEE_FORUM, topic.program)
    return (
        can(user, Ability.SEE_FORUM, topic.program) and Board.objects.filter(open_to(user), pk=topic.board_id).exists()
    )


def can_read_post(user: "User", post: Post) -> bool:
    return post.deleted_at is None and can_read_topic(user, post.topic)


def can_read_poll(user: "User", poll: Poll) -> bool:
    return can_read_post(user, poll.post)


def _seen(user: "User", slug: str, pk: int) -> Topic:
    program = get_forum(user, slug)
    asked = TOPIC if can(user, Ability.HOST_FORUM, program) else TOPIC_OF_PERSON
    found = asked.rows(topic=pk, program=program.pk, person=user.pk)
    if not found:
        raise Http404
    found[0].program = program
    return found[0]
