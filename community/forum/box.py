"""The question box: who asks is known to nobody, not even to somebody who has the whole database.

No function here that takes a question knows a person. A row is written with a random number and the day. Each minute
the whole table is written anew, in a random order, one transaction and a new file, so that neither the order of rows
nor the database's own numbers of transactions lie beside what somebody else did at the time. Hosts see a question from
the next day on, with a new number. What the site counts is one limit for everybody together: one for each person would
have to remember who asked. So the browser itself counts a few a day (`community.forum.box_count`).
"""

from uuid import UUID

from django.db import transaction

from community.forum import services
from community.forum.models import Board, Topic
from community.forum.models_box import BoxQuestion, today
from community.forum.verbs import ForumVerb
from core.journal import services as journal
from core.people.models import User
from programs.membership.models import Program

MOST_A_DAY = 30  # of one program


class BoxIsFull(Exception):
    """More questions than a program asks in a day."""


class QuestionIsGone(Exception):
    """Another host has put it up or left it out."""


@transaction.atomic
def drop(program: Program, *, key: UUID, title: str, text: str) -> None:
    """Once: the same form sent twice asks once. In no journal. Raises BoxIsFull."""
    day = today()
    if BoxQuestion.objects.filter(program=program, day=day).exclude(pk=key).count() >= MOST_A_DAY:
        raise BoxIsFull
    question = BoxQuestion(pk=key, program=program, title=" ".join(title.split()), text=text, day=day)
    BoxQuestion.objects.bulk_create([question], ignore_conflicts=True)


@transaction.atomic
def release(question: BoxQuestion, *, board: Board, by: User) -> Topic:
    """A host puts it on a board, where it is answered like any other; it says that it was asked without a name.
    Once: raises QuestionIsGone for whoever comes second."""
    row = BoxQuestion.objects.select_for_update().filter(pk=question.pk).first()
    if row is None:
        raise QuestionIsGone
    topic = services.open_unnamed(board, key=row.pk, title=row.title, text=row.text or row.title)
    row.delete()
    journal.record(ForumVerb.BOX_RELEASED, topic, by=by)
    return topic


@transaction.atomic
def discard(question: BoxQuestion, *, by: User) -> None:
    """It is not put up, and nobody can be told. Raises QuestionIsGone."""
    if not BoxQuestion.objects.filter(pk=question.pk).delete()[0]:
        raise QuestionIsGone
    journal.record(ForumVerb.BOX_DISCARDED, by=by, program_id=question.program_id)
