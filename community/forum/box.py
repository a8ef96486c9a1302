"""The question box: who asks is known to nobody, not even to somebody who has the whole database.

No function here that takes a question knows a person. A row is written with a random number and the day. In the first
sweep of the next day all rows of a day are written anew, in a random order and one transaction, so that neither their
order nor the database's own numbers of transactions lie beside what somebody else did at the time. Only then do hosts
see them. The limit is one for everybody together: one for each person would have to remember who asked.
"""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from community.forum import services
from community.forum.models import Board, Topic
from community.forum.models_box import BoxQuestion
from community.forum.verbs import ForumVerb
from core.journal import services as journal
from core.people.models import User
from programs.membership.models import Program

MOST_A_DAY = 30  # of one program


class BoxIsFull(Exception):
    """More questions than a program asks in a day."""


@transaction.atomic
def drop(program: Program, *, key: UUID, title: str, text: str) -> None:
    """Once: the same form sent twice asks once. In no journal. Raises BoxIsFull."""
    today = timezone.localdate()
    if BoxQuestion.objects.filter(program=program, day=today).exclude(pk=key).count() >= MOST_A_DAY:
        raise BoxIsFull
    question = BoxQuestion(pk=key, program=program, title=" ".join(title.split()), text=text, day=today)
    BoxQuestion.objects.bulk_create([question], ignore_conflicts=True)


@transaction.atomic
def release(question: BoxQuestion, *, board: Board, by: User) -> Topic:
    """A host puts it on a board, where it is answered like any other; it says that it was asked without a name."""
    row = BoxQuestion.objects.select_for_update().get(pk=question.pk)
    topic = services.open_unnamed(board, key=row.pk, title=row.title, text=row.text or row.title)
    row.delete()
    journal.record(ForumVerb.BOX_RELEASED, topic, by=by)
    return topic


@transaction.atomic
def discard(question: BoxQuestion, *, by: User) -> None:
    """It is not put up, and nobody can be told."""
    if BoxQuestion.objects.filter(pk=question.pk).delete()[0]:
        journal.record(ForumVerb.BOX_DISCARDED, by=by, program_id=question.program_id)
