"""What the pages of the program management show, gathered in few queries."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.kit import languages, rooms
from core.people.models import User
from programs.consents import access as consents_access
from programs.consents import erasures, notices
from programs.consents import queries as consents
from programs.consents.models import Purpose, today_in
from programs.generations import deeds, delete_services, paths, queries, verdicts
from programs.generations.addresses import is_private
from programs.generations.models import Generation, Participant, Roster, Step
from programs.generations.paths import progress_of
from programs.generations.verdicts import Verdict
from programs.membership import handing_over
from programs.membership import queries as membership
from programs.membership.models import Membership, Program, Role

CHIPS = {Verdict.NEW: "good", Verdict.KNOWN: "", Verdict.INVITED: "acc", Verdict.REFUSED: "now"}


def people(program: Program) -> dict[str, Any]:
    rows = queries.generation_rows(program)
    progress = progress_of({row.pk: row.steps for row in rows}, program.pk, today_in(program))
    return {
        "program": program,
        "generations": [{"row": row, "progress": progress[row.pk]} for row in rows],
        "people": sum(row.people for row in rows),
        "paused": sum(row.paused for row in rows),
        "invited": sum(row.invited for row in rows),
    }


def next_generation(program: Program) -> dict[str, Any]:
    """What a new generation starts with: the next number, two weeks from now."""
    rows = queries.generation_rows(program)
    number = max((row.number for row in rows), default=0) + 1
    start = max(program.start_on, timezone.localdate() + timedelta(days=14))
    last = next((row.pk for row in rows if row.number == number - 1), None)
    return {"name": _("Generation %(number)s") % {"number": number}, "start_on": start, "path_of": last}


def generation(generation: Generation) -> dict[str, Any]:
    program = generation.program
    row, goals, coming = queries.row_among_others(generation)
    progress = progress_of({row.pk: row.steps}, program.pk, today_in(program))[row.pk]
    is_empty = not (row.people or row.invited or generation.merges_into_id)
    return {
        "program": program,
        "generation": generation,
        "row": row,
        "progress": progress,
        "coming": coming,
        "has_begun": generation.start_on <= today_in(program),
        "goals": goals,
        "is_empty": is_empty,
        "kept_by": delete_services.reasons_to_keep(generation) if is_empty else [],
    }


#: What a step means that is added on the way: figures from before and after it are not of the same path.
LONGER_PATH = gettext_lazy(
    "The path gets longer with it: shares of those who finished may fall, without anybody doing less."
)


def has_started(generation: Generation) -> bool:
    """Whether people may have finished steps already."""
    return generation.start_on <= today_in(generation.program)


def steps(generation: Generation) -> list[dict[str, Any]]:
    """The onboarding path with what finishes each step: a deed, or else a tick."""
    known = deeds.known()
    rows = Step.objects.present().filter(generation=generation).select_related("milestone")
    return [{"step": step, "deed": known.get(step.deed), "meeting": paths.meeting_of(step)} for step in rows]


def roster(roster: Roster) -> dict[str, Any]:
    """What a preview says beside its lines."""
    counts = verdicts.counts(roster.lines)
    free, program = queries.free_places(roster.generation), roster.generation.program
    return {
        "program": program,
        "generation": roster.generation,
        "roster": roster,
        "counts": counts,
        "total": len(roster.lines),
        "free": free,
        "doubtful": sum(_is_doubtful(line, program) for line in roster.lines),
        "over": max(0, counts[Verdict.NEW.value] - free),
        "sample": _sample(roster),
    }


def _is_doubtful(line: dict[str, Any], program: Program) -> bool:
    """Outside the company's domains; where nobody said which they are, at a provider of private mailboxes."""
    doubts = program.is_outside if program.mail_domains else is_private
    return line["verdict"] == Verdict.NEW and doubts(line["email"])


def roster_line(line: dict[str, Any], program: Program) -> dict[str, Any]:
    """A line with its reasons in words."""
    verdict = Verdict(line["verdict"])
    spoken = languages.name_of(line.get("language", ""))
    return line | {
        "doubtful": _is_doubtful(line, program),
        "spoken": spoken,
        "label": verdict.label,
        "chip": CHIPS[verdict],
        "why": verdicts.why(line),
    }


def _sample(roster: Roster) -> str:
    """A name with letters beyond ASCII, to see whether the file was read rightly."""
    if not roster.encoding:
        return ""
    return next((line["name"] for line in roster.lines if not line["name"].isascii()), "")


def leaving(participant: Participant) -> dict[str, Any]:
    """What a person reads before leaving: all that hangs on taking part, in numbers, and until when it comes back."""
    user, program = participant.user, participant.program
    companions = [each for room in rooms.every() for find in room.companions for each in find(user, program)]
    held = consents.held(user, program, Purpose.PARTICIPATION)
    other_roles = Membership.objects.active().filter(user=user).exclude(program=program, role=Role.INFLUENCER)
    return {
        "program": program,
        "participant": participant,
        "generation": participant.generation,
        "held": held,
        "ends": [each for each in held if each.ends_at_once],
        "rests": [each for each in held if not each.ends_at_once],
        "granted": len(consents_access.granted(user, program)),
        "due_on": erasures.last_day(program),
        "alumni": notices.purpose(Purpose.ALUMNI),
        "account_goes": not (user.is_superuser or other_roles.exists() or _is_kept(user)),
        "contacts": membership.contacts_of(program)[:4],
        "companions": [each for each in companions if not each.is_led],
        "led": [each for each in companions if each.is_led],
        "charges": handing_over.how_many(user, program),
        "ahead": handing_over.ahead_of(user, program),
        "along": [each for room in rooms.every() for each in room.take_along],
    }


def _is_kept(user: User) -> bool:
    """A room keeps the account, e.g. because the person stays in touch with another program."""
    return any(keeps(user) for room in rooms.every() for keeps in room.keeps_account)
