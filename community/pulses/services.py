"""Planning a pulse, answering it, closing it, and saying what becomes of it. What people answer is in no journal."""

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from community.pulses import circles, news, pots, queries, questions, worked_out
from community.pulses.models import PulseComment, PulseLetter, PulseMark, PulseRound
from community.pulses.questions import Question
from community.pulses.verbs import PulsesVerb
from core.disclosure import gate
from core.journal import services as journal
from core.journal.changes import changes_of
from core.kit import page_cache
from core.kit.words import Words
from programs.generations.models import Generation
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

SHORTEST, USUAL, LONGEST = timedelta(days=2), timedelta(days=6), timedelta(days=42)  # from the first to the last day


class TooFewPeople(Exception):
    """There could be no result."""


class AsksAlready(Exception):
    """Another pulse asks the same people in these days."""


class PulseIsOver(Exception):
    """It ended, or somebody closed it, or it has not begun."""


class IsOpenAlready(Exception):
    """People can answer it, so it is closed instead of deleted."""


def least(program: Program) -> int:
    return gate.enough(program.group_minimum)


@transaction.atomic
def plan(
    program: Program,
    *,
    moment: str,
    asks: Sequence[Question],
    opens_on: date,
    closes_on: date,
    by: "User",
    generation: Generation | None = None,
    asks_comment: bool = False,
) -> PulseRound:
    """It opens by itself. Raises TooFewPeople, AsksAlready."""
    Program.objects.select_for_update(no_key=True).get(pk=program.pk)
    if circles.circle(program, generation).count() < least(program):
        raise TooFewPeople
    kept = [each.kept for each in asks]
    if other := queries.in_the_way(program, generation, opens_on, closes_on):
        if (other.generation, other.questions, other.opens_on) == (generation, kept, opens_on):
            return other  # sent again
        raise AsksAlready
    pulse = PulseRound.objects.create(
        program=program,
        generation=generation,
        moment=moment,
        questions=kept,
        asks_comment=asks_comment,
        opens_on=opens_on,
        closes_on=closes_on,
        by=by,
        pot=pots.close_up(pots.empty(asks)),
    )
    journal.record(PulsesVerb.PLANNED, pulse, by=by, until=str(closes_on))
    _changed(pulse)
    tell(pulse)
    return pulse


@transaction.atomic
def delete(pulse: PulseRound, *, by: "User") -> None:
    """Before it opens. Raises IsOpenAlready."""
    pulse = _locked(pulse)
    if pulse.told_at or pulse.closed_at or queries.takes_answers(pulse):
        raise IsOpenAlready
    if pulse.deleted_at is None:
        pulse.put_away()
        journal.record(PulsesVerb.DELETED, pulse, by=by)
        _changed(pulse)


@transaction.atomic
def restore(pulse: PulseRound, *, by: "User") -> None:
    """Undo. Raises AsksAlready where another one was planned meanwhile."""
    pulse = _locked(pulse)
    if pulse.deleted_at is None:
        return
    if queries.in_the_way(pulse.program, pulse.generation, pulse.opens_on, pulse.closes_on):
        raise AsksAlready
    pulse.take_back()
    journal.record(PulsesVerb.RESTORED, pulse, by=by)
    _changed(pulse)
    tell(pulse)


@transaction.atomic
def tell(pulse: PulseRound) -> None:
    """Everybody who is asked, once it is open."""
    if queries.takes_answers(pulse) and PulseRound.objects.filter(pk=pulse.pk, told_at=None).update(
        told_at=timezone.now()
    ):
        news.tell_open(pulse, circles.people_of(pulse))


@transaction.atomic
def remind(pulse: PulseRound) -> None:
    """For whom it is not settled. Nobody else learns who that is: the number is not said either."""
    if PulseRound.objects.filter(pk=pulse.pk, reminded_at=None).update(reminded_at=timezone.now()):
        news.tell_ends(pulse, queries.unsettled(pulse))


@transaction.atomic
def settle(pulse: PulseRound, *, answers: Mapping[str, int], comment: str = "", by: "User") -> None:
    """An answer, or “not this time” (nothing): the same rows are written, all of one length, whatever was said. Once
    for each person; again changes nothing and tells nobody. Raises PulseIsOver."""
    pulse = _locked(pulse)
    if not queries.takes_answers(pulse):
        raise PulseIsOver
    mark = PulseMark(pulse=pulse, person=by)
    if queries.is_settled(pulse, by):
        return
    asks = asked(pulse)
    sums = pots.open_up(pulse.pot, asks)
    sums.add(answers, asks)
    PulseMark.objects.bulk_create([mark])
    PulseRound.objects.filter(pk=pulse.pk).update(pot=pots.close_up(sums))
    if pulse.asks_comment:
        PulseLetter.objects.create(pulse=pulse, sealed=pots.letter(comment.strip() if answers else ""))
    transaction.on_commit(lambda: page_cache.clear(queries.marks_of(by.pk)), robust=True)
    news.settled(pulse, by)


@transaction.atomic
def close(pulse: PulseRound, *, by: "User | None" = None) -> None:
    """The result is worked out once; what it was made from is deleted. A second click finds it done."""
    pulse = _locked(pulse)
    if pulse.closed_at or pulse.deleted_at:
        return
    asks, k = asked(pulse), pulse.program.group_minimum
    everybody = circles.people_of(pulse).count()
    pulse.result = worked_out.result(pots.open_up(pulse.pot, asks), asks, asked=everybody, k=k)
    if pulse.result:
        _keep_comments(pulse)
    PulseLetter.objects.filter(pulse=pulse).delete()
    PulseMark.objects.filter(pulse=pulse).delete()
    pulse.pot, pulse.closed_at = "", timezone.now()
    pulse.save(update_fields=["pot", "closed_at", "result"])
    journal.record(PulsesVerb.CLOSED, pulse, by=by)
    _changed(pulse)
    news.ended(pulse)
    news.tell_result(pulse)


def _keep_comments(pulse: PulseRound) -> None:
    """Where enough people wrote one: in a random order, each with a number that says nothing. Else they are deleted
    unread."""
    letters = PulseLetter.objects.filter(pulse=pulse).values_list("sealed", flat=True)
    texts = [text for sealed in letters if (text := pots.read_letter(sealed))]
    if len(texts) < least(pulse.program):
        return
    random.SystemRandom().shuffle(texts)
    PulseComment.objects.bulk_create([PulseComment(pulse=pulse, text=text) for text in texts])


@transaction.atomic
def publish(pulse: PulseRound, *, by: "User | None" = None) -> None:
    """Everybody in the program reads it from now on; people cannot unread it, so there is no way back."""
    if PulseRound.objects.filter(pk=pulse.pk, published_at=None, result__isnull=False).update(
        published_at=timezone.now()
    ):
        journal.record(PulsesVerb.PUBLISHED, pulse, by=by)
        news.tell_published(pulse, circles.people_of(pulse))


@transaction.atomic
def say_consequence(pulse: PulseRound, *, text: Mapping[str, str], by: "User") -> None:
    """What the team does with it, shown with the result. Who is asked hears of it where the result was out before."""
    pulse = _locked(pulse)
    if pulse.consequence == Words(text):
        return
    pulse.consequence = Words(text)
    changed = changes_of(pulse, ("consequence",))
    pulse.save(update_fields=["consequence"])
    journal.record(PulsesVerb.CONSEQUENCE, pulse, by=by, changes=changed)
    if pulse.published_at:
        news.tell_consequence(pulse, circles.people_of(pulse))


@transaction.atomic
def sort(comment: PulseComment, *, theme: str) -> None:
    PulseComment.objects.filter(pk=comment.pk).update(theme=" ".join(theme.split()))


def _changed(pulse: PulseRound) -> None:
    transaction.on_commit(lambda: page_cache.clear(queries.pulses_in(pulse.program_id)), robust=True)


def asked(pulse: PulseRound) -> list[Question]:
    return [questions.asked(row) for row in pulse.questions]


def _locked(pulse: PulseRound) -> PulseRound:
    rows = PulseRound.objects.select_for_update(of=("self",)).select_related("program", "generation")
    return rows.get(pk=pulse.pk)


@transaction.atomic
def forget_person(user: "User", program: Program) -> None:
    """The mark goes. What was said stays in the sums: nobody can find it."""
    PulseMark.objects.filter(person=user, pulse__program=program).delete()


@transaction.atomic
def forget_everywhere(user: "User") -> None:
    PulseMark.objects.filter(person=user).delete()
