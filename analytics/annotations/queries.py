from django.db.models import QuerySet

from analytics.annotations.models import TimelineNote
from analytics.annotations.numbered import WrittenNote
from core.kit import page_cache
from programs.membership.models import Program

MOST_ON_TIME_LINE = 200  # notes of a program, so that a chart stays one


def notes_of(program: Program) -> QuerySet[TimelineNote]:
    """Those that stand, the newest first."""
    return TimelineNote.objects.present().filter(program=program).order_by("-on", "-pk")


def written_notes(program: Program) -> list[WrittenNote]:
    """For charts, the oldest first; kept until one changes."""

    def look() -> list[WrittenNote]:
        newest = notes_of(program)[:MOST_ON_TIME_LINE]
        return [WrittenNote(note.on, note.is_week, note.text.texts) for note in reversed(newest)]

    return page_cache.taken(f"program:{program.pk}", "timeline-notes", look)
