"""A second program begins with the first one's experience: what it wrote about itself, never anything about people."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.journal import services as journal
from programs.charter import services as charter
from programs.charter.line_kinds import KINDS
from programs.charter.models import Duty
from programs.guide.verbs import GuideVerb
from programs.guidelines import services as guidelines
from programs.guidelines.models import GuidelineCase, GuidelineSection
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

PARTS = (
    ("goals", _("Goals with their figures, if there are none here yet")),
    ("duties", _("Duties, without the people who hold them")),
    ("guidelines", _("Guidelines, as a draft for sections that are still empty here")),
)


@transaction.atomic
def take_over(program: Program, *, source: Program, parts: Iterable[str], by: "User") -> int:
    """What is there already stays as it is, so that a second press adds nothing. How much was added. The journal does
    not name the other program: who reads it here may not know of that one."""
    Program.objects.select_for_update().get(pk=program.pk)
    takes = {"goals": _goals, "duties": _duties, "guidelines": _guidelines}
    count = sum(takes[part](program, source, by) for part in parts)
    if count:
        journal.record(GuideVerb.EXPERIENCE_TAKEN, program, by=by, count=count)
    return count


def _goals(program: Program, source: Program, by: "User") -> int:
    goals = {goal.text: goal.figures for goal in source.goals.all()}
    if not goals or program.goals.exists():
        return 0
    charter.write_charter(program, goals=goals, by=by)
    return len(goals)


def _duties(program: Program, source: Program, by: "User") -> int:
    there = {str(text) for duty in Duty.objects.present().filter(program=program) for text in duty.title.texts.values()}
    rows = [duty.title.texts for duty in Duty.objects.present().filter(program=source)]
    new = [texts for texts in rows if not there & set(texts.values())]
    for texts in new:
        charter.add_row(program, KINDS["duty"], title=texts, by=by)
    return len(new)


def _guidelines(program: Program, source: Program, by: "User") -> int:
    """Into the working copy; nobody reads it before it is published here."""
    sections = GuidelineSection.objects.filter(guideline__program=source)
    written = {row.question: row for row in sections if row.text}
    if not written:
        return 0
    guideline = guidelines.start(program, by=by, from_starter=False)
    count = 0
    for section in GuidelineSection.objects.filter(guideline=guideline):
        row = written.get(section.question)
        if row is None or section.text or section.cases.exists():
            continue
        guidelines.write_section(section, text=row.text.texts, by=by)
        for case in GuidelineCase.objects.present().filter(section=row):
            said = {"situation": case.situation.texts, "because": case.because.texts, "verdict": case.verdict}
            guidelines.add_case(section, by=by, **said)
        count += 1
    return count
