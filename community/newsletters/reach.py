"""How many readers an audience has, as far as it may be said, and whether it can be written to.

Who subscribed is nobody's business. So the readers of an audience are counted as `standing.steadily` does, and the
number is said only when they are enough, and differ by enough people from those of each audience that was counted
before. Both are asked of counts that stay until many are others, so that "it may be said" tells of nobody either.
"""

from dataclasses import dataclass

from community.newsletters import ledger
from community.newsletters.audiences import belonging
from community.newsletters.models_audiences import WHOLE, Audience, CountedAudience
from core.disclosure.gate import People
from core.kit import languages
from programs.membership.models import HISTORY, Program
from programs.membership.standing import Counts, HeadCount, beginning_of, last_monday, steadily

MOST_COUNTED = 60  # of a program: each is compared with those before, and each is a look at who subscribed


@dataclass(frozen=True)
class Reach:
    """How many people read what is sent to an audience (None: it is not said), and whether it can be sent."""

    people: People | None
    can_be_sent: bool


def reach_of(program: Program, audience: Audience) -> Reach:
    """Of an audience that is not the whole program. One whose people the program manager sees by name anyway can be
    small; it only gets no number."""
    if audience.is_known_by_name and not belonging(program, audience).exists():
        return Reach(None, can_be_sent=False)
    counts = _counts(program, audience)
    if counts and counts[""].low and counts["apart"].low:
        return Reach(counts[""], can_be_sent=True)
    return Reach(None, can_be_sent=audience.is_known_by_name)


def _counts(program: Program, audience: Audience) -> Counts:
    """Readers, and by how many they differ from the nearest audience that was counted before, as of a Monday. Nothing
    when so many were counted that another one would say too much."""
    counted = CountedAudience.objects.filter(program=program)
    mine = counted.filter(mark=audience.mark).first()
    if mine is None:
        if counted.count() >= MOST_COUNTED:
            return {}
        row = CountedAudience(program=program, mark=audience.mark)
        row.audience = audience
        CountedAudience.objects.bulk_create([row], ignore_conflicts=True)
        mine = counted.get(mark=audience.mark)
    monday = last_monday(program)
    before = counted.filter(pk__lt=mine.pk)

    def count() -> dict[str, HeadCount]:
        since = beginning_of(program, monday) - HISTORY
        readers = ledger.readers(program, audience, there_since=since)
        others = [WHOLE, *_languages_beside(audience), *(row.audience for row in before)]
        apart = min(len(readers ^ ledger.readers(program, other, there_since=since)) for other in others)
        among = ledger.could_read(program, audience, there_since=since)
        return {"": HeadCount(len(readers), among), "apart": HeadCount(apart)}

    return steadily(program, f"newsletter {audience.mark}", monday, count)


def _languages_beside(audience: Audience) -> list[Audience]:
    """The page of every issue says how many the whole program is, and of each language."""
    spoken = [Audience(languages=(code,)) for code in languages.codes()]
    return [each for each in spoken if each != audience]
