"""What the pages of the guide show around their forms."""

from typing import Any

from core.kit.drawn import is_stored
from programs.guide import answers, fitting
from programs.guide.answers import next_monday
from programs.guide.models import Sketch
from programs.guide.questions import QUESTIONS, Prompt, before, first_open, in_words


def _answered(sketch: Sketch) -> list[dict[str, Any]]:
    return [
        {"asked": asked, "words": in_words(asked.name, sketch.answers[asked.name])}
        for asked in QUESTIONS
        if asked.name in sketch.answers
    ]


def draft(sketch: Sketch, today: Any) -> dict[str, Any]:
    """The concept as it would be now, beside the questions."""
    said = answers.read(sketch.answers)
    fitted = fitting.fit(said)
    return {
        "said": said,
        "fitted": fitted,
        "phases": fitted.phases(said.start_on or next_monday(today)),
        "checks": said.checks(),
        "dates_are_open": said.start_on is None,
    }


def overview(sketch: Sketch, today: Any) -> dict[str, Any]:
    """The last page: what will be made; or, before anything was said, what awaits."""
    return draft(sketch, today) | {
        "sketch": sketch,
        "questions": QUESTIONS,
        "answered": _answered(sketch),
        "next": first_open(sketch.answers) or (None if answers.read(sketch.answers).is_complete else QUESTIONS[-1]),
        "seen": seen(sketch),
    }


def question(sketch: Sketch, asked: Prompt, today: Any, *, is_change: bool) -> dict[str, Any]:
    place = QUESTIONS.index(asked)
    return draft(sketch, today) | {
        "asked": asked,
        "number": place + 1,
        "total": len(QUESTIONS),
        "left": len(QUESTIONS) - place,
        "before": before(asked),
        "answered": [row for row in _answered(sketch) if QUESTIONS.index(row["asked"]) < place],
        "just": QUESTIONS[place - 1].name if place and not is_change else "",
        "is_change": is_change,
        "is_kept": is_stored(sketch),
    }


def seen(sketch: Sketch) -> str:
    """Which state of the answers a page has shown."""
    return sketch.changed_at.isoformat() if is_stored(sketch) else ""
