"""What a report asks to be decided: an executive agrees or asks back, the program team answers what was asked."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from analytics.reports import news
from analytics.reports.models import DecisionWord, Report
from analytics.reports.verbs import ReportsVerb
from core.journal import services as journal
from core.kit import page_cache

if TYPE_CHECKING:
    from core.people.models import User

Kind = DecisionWord.Kind
VERBS = {Kind.AGREED: ReportsVerb.AGREED, Kind.ASKED: ReportsVerb.ASKED_BACK, Kind.REPLIED: ReportsVerb.ANSWERED}


class Overtaken(Exception):
    """Somebody else said something since the page was read. Nothing was kept: the page shows it and asks again."""


class Replaced(Exception):
    """A later edition of that month counts: this one waits for no answer any more."""


class TooLate(Exception):
    """Its time to be withdrawn is over, or somebody has answered it."""


@transaction.atomic
def say(report: Report, kind: Kind, *, text: str, seen: int, by: "User") -> DecisionWord:
    """Add a word to the decision. `seen`: the newest word on the page it was written on, so that nobody answers past
    somebody else. Raises Replaced."""
    Report.objects.select_for_update().get(pk=report.pk)
    if (
        Report.objects.present()
        .filter(program=report.program_id, month=report.month, of_generation=report.of_generation)
        .filter(edition__gt=report.edition)
        .exists()
    ):
        raise Replaced
    last = DecisionWord.objects.present().filter(report=report).last()
    if last is not None and last.pk != seen and last.by_id != by.pk:
        raise Overtaken
    same = DecisionWord.objects.present().filter(report=report, by=by, kind=Kind.AGREED).first()
    if kind == Kind.AGREED and same:
        return same
    word = DecisionWord.objects.create(report=report, kind=kind, text=text, by=by)
    journal.record(VERBS[kind], report, by=by, number=report.number)
    news.tell_word(word, by=by)
    page_cache.changed(report.program_id)
    return word


def may_take_back(word: DecisionWord, words: "list[DecisionWord]", user: "User") -> bool:
    """For a day, by whoever said it; a question or an answer only until somebody else has said something after it."""
    if word.by_id != user.pk or word.until < timezone.now():
        return False
    later = words[words.index(word) + 1 :]
    return word.kind == Kind.AGREED or all(each.by_id == user.pk for each in later)


@transaction.atomic
def take_back(word: DecisionWord, *, by: "User") -> DecisionWord:
    """It counts no longer and nobody hears of it any more; the journal keeps that it was said and withdrawn."""
    Report.objects.select_for_update().get(pk=word.report_id)
    words = list(DecisionWord.objects.present().filter(report=word.report_id))
    if word not in words:
        return word
    if not may_take_back(word, words, by):
        raise TooLate
    word.put_away()
    journal.record(ReportsVerb.TAKEN_BACK, word.report, by=by, number=word.report.number)
    news.word_gone(word)
    page_cache.changed(word.report.program_id)
    return word


@transaction.atomic
def say_again(word: DecisionWord, *, by: "User") -> DecisionWord:
    """Undo of withdrawing it. Harmless twice, also where the person has agreed once more in the meantime."""
    Report.objects.select_for_update().get(pk=word.report_id)
    word.refresh_from_db(fields=["deleted_at"])
    others = DecisionWord.objects.present().filter(report=word.report_id, by=by, kind=Kind.AGREED)
    if word.deleted_at is None or (word.kind == Kind.AGREED and others.exists()):
        return word
    word.take_back()
    journal.record(ReportsVerb.GIVEN_AGAIN, word.report, by=by, number=word.report.number)
    news.word_gone(word, is_gone=False)
    page_cache.changed(word.report.program_id)
    return word
