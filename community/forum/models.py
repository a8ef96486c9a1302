import uuid
from datetime import timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.kit.deleting import Deletable, DeletableQuerySet
from core.kit.drawn import drawn, in_turn
from core.kit.words import Titled, WordsField
from programs.generations.models import Generation, Participant
from programs.generations.models_moves import Move
from programs.membership.models import Program

TITLE, TEXT, LINE, INTEREST = 140, 20_000, 400, 60


def open_to(person: Any, of: str = "") -> Q:
    """Boards that somebody who is no host reads: those for everybody, and those of the generations the person takes or
    took part in. `of` leads to the board, e.g. `board__`."""
    own = Participant.objects.filter(user=person).values("generation")
    before = Move.objects.filter(participant__user=person).exclude(done_at=None).values("former")
    here = Q(**{f"{of}generation": None}) | Q(**{f"{of}generation__in": own}) | Q(**{f"{of}generation__in": before})
    return Q(**{f"{of}is_for_hosts": False}) & here


class BoardQuerySet(models.QuerySet["Board"]):
    def of_program(self, program: Any) -> "BoardQuerySet":
        return self.filter(program=program).select_related("generation")

    def for_everybody(self) -> "BoardQuerySet":
        return self.filter(is_for_hosts=False, generation=None)


class Board(Titled):
    """Where topics of one kind stand. A program's forum is open once it has boards."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="boards")
    key = models.SlugField(max_length=30)  # of the template it came from
    about = WordsField(max_length=200, blank=True)
    icon = models.CharField(max_length=40, default="messages")
    position = models.PositiveSmallIntegerField(default=0)
    asks = models.BooleanField(default=False)  # topics here are questions, and one answer can be marked
    is_for_hosts = models.BooleanField(default=False)
    # for who takes part in it and for hosts; after its last day the board is read only
    generation = models.OneToOneField(Generation, on_delete=models.CASCADE, null=True, related_name="+")

    objects = BoardQuerySet.as_manager()

    @property
    def readers(self) -> tuple[object, ...]:
        """Boards that are alike in this are read by the same people."""
        return self.is_for_hosts, self.generation_id

    @property
    def is_for_everybody(self) -> bool:
        return not self.is_for_hosts and self.generation_id is None

    @property
    def is_over(self) -> bool:
        """Its generation has ended: what was said is read, and nothing more is said."""
        end = self.generation.end_on if self.generation else None
        return end is not None and end < timezone.localdate()

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["program", "key"], name="one_board_per_key"),
            models.CheckConstraint(
                condition=Q(is_for_hosts=False) | Q(generation=None), name="a_board_has_one_kind_of_readers"
            ),
        ]


class TopicQuerySet(DeletableQuerySet["Topic"]):
    def present(self) -> "TopicQuerySet":
        """Neither removed nor merged into another one."""
        return self.filter(deleted_at=None, merged_into=None)

    def with_place_of(self, person: Any) -> "TopicQuerySet":
        """With where this person is in each: `read_to` and `follows`, nothing where they never were."""
        own = self.annotate(mine=models.FilteredRelation("readings", condition=Q(readings__person=person)))
        return own.annotate(read_to=models.F("mine__read_to"), follows=models.F("mine__follows"))


class Topic(Deletable):
    """What somebody asks or brings up. Its posts are numbered; the first one is its own text."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="topics", db_index=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    title = models.CharField(_("title"), max_length=TITLE)
    is_question = models.BooleanField(default=False)
    answer = models.OneToOneField("Post", on_delete=models.SET_NULL, null=True, related_name="answers")
    last_post = models.OneToOneField("Post", on_delete=models.SET_NULL, null=True, related_name="+")
    last_at = models.DateTimeField()
    posts_made = models.PositiveIntegerField(default=0)  # the last number given; numbers of removed posts stay free
    replies = models.PositiveIntegerField(default=0)  # posts that are there, without the first one
    replies_of_others = models.PositiveIntegerField(default=0)  # than who asked: an own "PS" answers nothing
    pinned_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    deleted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    deleted_because = models.CharField(max_length=200, blank=True)  # what a host said, for whoever began it
    # its posts stand there now, and so does its address; whoever goes there is led on
    merged_into = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="+")

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-last_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(title=""), name="a_topic_has_a_title"),
            models.CheckConstraint(condition=Q(answer=None) | Q(is_question=True), name="only_questions_are_answered"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["program", "-last_at", "-id"], name="topics_of_program", condition=Q(deleted_at=None)),
            models.Index(fields=["board", "-last_at", "-id"], name="topics_of_board", condition=Q(deleted_at=None)),
            models.Index(
                fields=["board", "last_at", "id"],
                name="topics_waiting",
                condition=Q(deleted_at=None, is_question=True, answer=None, replies_of_others=0, closed_at=None),
            ),
            models.Index(fields=["board"], name="topics_pinned", condition=~Q(pinned_at=None)),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_closed(self) -> bool:
        """By a host, or with its generation."""
        return self.closed_at is not None or self.board.is_over

    @property
    def is_own_deletion(self) -> bool:
        """Whoever wrote it deleted it: nobody else brings it back. Of who has left no number is kept: hosts say why."""
        by_author = self.deleted_by_id == self.by_id if self.by_id else not self.deleted_because
        return self.deleted_at is not None and by_author


TAKEN_BACK_WITHIN = timedelta(minutes=2)  # what goes sooner was sent by mistake


class PostQuerySet(DeletableQuerySet["Post"]):
    pass


class Post(Deletable):
    """One thing said in a topic. The form brings the key, so that sending twice says it once."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+", db_index=False)
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="posts", db_index=False)
    number = models.PositiveIntegerField()
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    text = models.TextField(_("text"))  # Markdown; people are kept as `@[7]`
    is_unnamed = models.BooleanField(default=False)  # asked through the question box: nobody knows by whom
    version = models.PositiveIntegerField(default=1)  # optimistic lock of editing
    at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(null=True)
    deleted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    deleted_because = models.CharField(max_length=200, blank=True)  # what a host said; nothing when the author did it
    told_at = models.DateTimeField(null=True)  # when those who follow were told; nothing: they still wait for it
    line = models.CharField(_("beginning"), max_length=LINE, blank=True)  # of the text, without marks, for lists
    search = SearchVectorField(null=True)  # of the text, and of the title for the first post
    word_parts = SearchVectorField(_("parts of words for the search"), null=True)  # of the same, how long words end

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["topic", "number"], name="one_forum_post_per_number"),
            models.CheckConstraint(condition=~Q(text=""), name="a_post_says_something"),
            models.CheckConstraint(condition=Q(is_unnamed=False) | Q(by=None), name="an_unnamed_post_has_no_writer"),
        ]
        indexes: ClassVar = [
            GinIndex(fields=["search"], name="posts_by_words"),
            GinIndex(fields=["word_parts"], name="posts_by_word_parts"),
            GinIndex(fields=["search"], name="topics_by_words", condition=Q(number=1)),
            models.Index(fields=["id"], name="posts_to_tell", condition=Q(told_at=None)),
            models.Index(fields=["by", "program", "-at", "-id"], name="posts_of_person"),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_own_deletion(self) -> bool:
        """Whoever wrote it deleted it: nobody else brings it back. Of who has left no number is kept: hosts say why."""
        by_author = self.deleted_by_id == self.by_id if self.by_id else not self.deleted_because
        return self.deleted_at is not None and by_author


class PostVersion(models.Model):
    """What a post said before its writer changed it, for everybody who reads the post."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="versions", db_index=False)
    version = models.PositiveIntegerField()
    text = models.TextField()
    until = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["version"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["post", "version"], name="one_text_per_version")]

    def __str__(self) -> str:
        return f"{self.version}"


class ReactionKind(models.TextChoices):
    THANKS = "thanks", _("Thank you")
    HELPFUL = "helpful", _("Helpful")
    ME_TOO = "me_too", _("I'd like to know too")


class Reaction(models.Model):
    """A word to the writer of a post, said by name. It sorts nothing, and nobody's reactions are ever added up."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="reactions", db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=ReactionKind)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["post", "kind", "person"], name="one_reaction_of_a_kind"),
        ]

    def __str__(self) -> str:
        return self.kind


class Decision(models.TextChoices):
    STAYS = "stays", _("kept")
    GOES = "goes", _("it was removed")


class Report(models.Model):
    """Somebody asks the hosts to look at a post. Who it was is told to nobody."""

    id = models.BigIntegerField(primary_key=True, default=drawn, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="reports", db_index=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=300)
    at = models.DateTimeField(auto_now_add=True)
    decision = models.CharField(max_length=5, choices=Decision, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["post", "by"], condition=Q(decided_at=None), name="one_open_report_per_person"
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_at=None) | (~Q(decision="") & Q(decided_at__isnull=False)),
                name="a_decision_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class Reading(models.Model):
    """Where somebody is in a topic. No time is kept: how far one has read is for going on reading, for nobody else."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="readings", db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    read_to = models.PositiveIntegerField(default=0)  # number of the last post seen
    follows = models.BooleanField(null=True)  # asked or answered, or by choice; False: does not want to hear of it

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["topic", "person"], name="one_place_per_reader")]

    def __str__(self) -> str:
        return f"{self.read_to}"


class Visitor(models.Model):
    """How somebody wants a program's forum to be: what was called read, and what concerns them."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    all_read_at = models.DateTimeField(null=True)  # everything older is no news
    words_go = models.BooleanField(default=False)  # when the person leaves: posts are deleted, not kept without a name
    interests = ArrayField(models.CharField(max_length=INTEREST), verbose_name=_("my topics"), default=list)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["program", "person"], name="one_visitor_per_person")]

    def __str__(self) -> str:
        return f"{self.pk}"
