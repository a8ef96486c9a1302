"""What changes a guideline. What is published stays as it is; agreeing is the person's own doing and in no journal."""

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction

from core.journal import services as journal
from core.journal.changes import changes_of
from core.kit import page_cache
from core.kit.switching import switch_on
from programs.consents.models import today_in
from programs.guidelines import queries, wording
from programs.guidelines.documents import document_of
from programs.guidelines.models import (
    Guideline,
    GuidelineAcceptance,
    GuidelineCase,
    GuidelineSection,
    GuidelineVersion,
    Question,
)
from programs.guidelines.verbs import GuidelinesVerb
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

CHECKED_FOR = timedelta(days=183)  # half a year, unless the program says otherwise


class NothingChanged(Exception):
    """What would be published says the same as the last version."""


class NothingWritten(Exception):
    """Not one question has an answer yet."""


@transaction.atomic
def start(program: Program, *, by: "User", from_starter: bool) -> Guideline:
    """A working copy with the seven questions, empty or with the starter's answers. The second time it is there."""
    today = today_in(program)
    given = {"checked_on": today, "recheck_on": today + CHECKED_FOR}
    starter = wording.starter() if from_starter else {"lead": {}, "house_rule": {}, "sections": {}}
    given |= {"lead": starter["lead"], "house_rule": starter["house_rule"]}
    guideline, is_new = Guideline.objects.get_or_create(program=program, defaults=given)
    if not is_new:
        return guideline
    for question in Question.values:
        row = starter["sections"].get(question, {"text": {}, "cases": []})
        section = GuidelineSection.objects.create(guideline=guideline, question=question, text=row["text"])
        GuidelineCase.objects.bulk_create(GuidelineCase(section=section, **case) for case in row["cases"])
    _record(GuidelinesVerb.STARTED, guideline, by)
    return guideline


@transaction.atomic
def write_section(section: GuidelineSection, *, text: Mapping[str, str], by: "User") -> None:
    if section.text == text:
        return
    section.text = text
    changed = changes_of(section, ("text",))
    section.save(update_fields=["text"])
    _record(GuidelinesVerb.WRITTEN, section.guideline, by, of=section, changes=changed)


@transaction.atomic
def add_case(section: GuidelineSection, *, by: "User", **fields: Any) -> GuidelineCase:
    case = GuidelineCase.objects.create(section=section, **fields)
    _record(GuidelinesVerb.CASE_ADDED, section.guideline, by, of=case)
    return case


@transaction.atomic
def change_case(case: GuidelineCase, *, by: "User", **fields: Any) -> None:
    for name, value in fields.items():
        setattr(case, name, value)
    changed = changes_of(case, fields)
    case.save(update_fields=[*fields])
    _record(GuidelinesVerb.CASE_CHANGED, case.section.guideline, by, of=case, changes=changed)


@transaction.atomic
def delete_case(case: GuidelineCase, *, by: "User") -> None:
    case.put_away()
    _record(GuidelinesVerb.CASE_DELETED, case.section.guideline, by, of=case)


@transaction.atomic
def restore_case(case: GuidelineCase, *, by: "User") -> None:
    case.take_back()
    _record(GuidelinesVerb.CASE_RESTORED, case.section.guideline, by, of=case)


@transaction.atomic
def describe(guideline: Guideline, *, by: "User", **fields: Any) -> None:
    """Sentence, house rule, who answers for it, and when it is checked again."""
    for name, value in fields.items():
        setattr(guideline, name, value)
    changed = changes_of(guideline, fields)
    guideline.save(update_fields=[*fields])
    _record(GuidelinesVerb.DESCRIBED, guideline, by, changes=changed)


@transaction.atomic
def check_again(guideline: Guideline, *, by: "User") -> None:
    """It still holds: the seal is fresh again for half a year."""
    guideline.checked_on = today_in(guideline.program)
    guideline.recheck_on = guideline.checked_on + CHECKED_FOR
    changed = changes_of(guideline, ("checked_on", "recheck_on"))
    guideline.save(update_fields=["checked_on", "recheck_on"])
    _record(GuidelinesVerb.CHECKED, guideline, by, changes=changed)


@transaction.atomic
def publish(guideline: Guideline, *, reason: Mapping[str, str], by: "User") -> GuidelineVersion:
    """The working copy becomes the next version, with what a colleague saved a moment ago. Raises NothingChanged and
    NothingWritten."""
    guideline = Guideline.objects.select_for_update(of=("self",)).select_related("program").get(pk=guideline.pk)
    document = document_of(guideline)
    if not any(row["text"] for row in document["sections"]):
        raise NothingWritten
    last = queries.latest(guideline.program)
    if last is not None and last.content == document:
        raise NothingChanged
    version = GuidelineVersion.objects.create(
        program=guideline.program, number=last.number + 1 if last else 1, content=document, reason=reason
    )
    _record(GuidelinesVerb.PUBLISHED, guideline, by, version=version.number)
    return version


@transaction.atomic
def accept(version: GuidelineVersion, *, by: "User") -> bool:
    """Whether it is the newest one, and now agreed to. The same twice is once."""
    if queries.latest(version.program) != version:
        return False
    switch_on(GuidelineAcceptance, version=version, user=by)
    page_cache.clear(queries.subject(by.pk))
    return True


@transaction.atomic
def take_back(version: GuidelineVersion, *, by: "User") -> None:
    GuidelineAcceptance.objects.filter(version=version, user=by).delete()
    page_cache.clear(queries.subject(by.pk))


def _record(
    verb: GuidelinesVerb,
    guideline: Guideline,
    by: "User",
    of: GuidelineSection | GuidelineCase | None = None,
    **data: Any,
) -> None:
    journal.record(verb, of or guideline, by=by, program_id=guideline.program_id, **data)
    page_cache.changed(guideline.program_id)
