"""What changes about a sketch and a concept. A sketch is nobody else's business: the journal says nothing of it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from core.journal import services as journal
from core.journal.changes import changes_of
from core.kit import languages, page_cache
from core.kit.languages import localised
from programs.charter import queries as charter_queries
from programs.charter import services as charter
from programs.charter.line_kinds import KINDS
from programs.checklists.models import Item
from programs.checklists.services import create_program_from_template
from programs.guide import answers, fitting
from programs.guide.answers import Answers
from programs.guide.checks import plan_checks
from programs.guide.fitting import Fitted
from programs.guide.models import Concept, NeededDocument, Sketch
from programs.guide.verbs import GuideVerb
from programs.membership.models import Membership, Program, Role

if TYPE_CHECKING:
    from core.people.models import User


class SketchIsGone(Exception):
    """It was discarded, or has become a program, in another window."""


class SketchIsIncomplete(Exception):
    """A program needs a name, a company and a start."""


# --- the sketch -------------------------------------------------------------------------------------------------------


@transaction.atomic
def answer(person: "User", *, question: str, said: Mapping[str, Any]) -> None:
    """Keep one answer; the others stay as they are, also when two windows answer at once. Nothing said is an answer
    as well: not known yet."""
    sketch, _is_new = Sketch.objects.present().select_for_update().get_or_create(person=person, deleted_at=None)
    sketch.answers = sketch.answers | {question: dict(said)}
    sketch.save(update_fields=["answers", "changed_at"])


@transaction.atomic
def discard(sketch: Sketch) -> None:
    sketch.put_away()


@transaction.atomic
def restore(sketch: Sketch) -> bool:
    """Undo. Where a new one was begun in the meantime, that one stays."""
    if sketch.deleted_at is None:
        return True
    if Sketch.objects.present().select_for_update().filter(person=sketch.person_id).exists():
        return False
    sketch.take_back()
    return True


# --- the program ------------------------------------------------------------------------------------------------------


@transaction.atomic
def make_program(*, by: "User") -> Program:
    """What the last page has shown: the program with goals, backing, phases, checklists, duties and missing documents,
    and its concept. The sketch has done its work."""
    sketch = Sketch.objects.present().select_for_update().filter(person=by).first()
    if sketch is None:
        raise SketchIsGone
    said = answers.read(sketch.answers)
    if not said.is_complete:
        raise SketchIsIncomplete
    fitted = fitting.fit(said)
    program = create_program_from_template(
        by=by,
        template=fitted.template,
        name=said.name,
        company_name=said.company_name,
        country=said.country,
        weekly_minutes=said.weekly_minutes,
        start_on=said.start_on,
        goals=said.goals,
    )
    lead = Membership.objects.get(program=program, user=by, role=Role.MANAGER)
    Item.objects.filter(program=program, phase__position=1).update(owner=lead)
    _write_charter(program, said, by)
    _name_groups(program, said, fitted, lead, by)
    _list_documents(program, fitted)
    Concept.objects.create(
        program=program,
        audience=said.audience,
        size=said.size,
        council=said.council,
        languages=said.languages,
    )
    plan_checks(program, program.start_on, by=by)
    journal.record(GuideVerb.MADE, program, by=by)
    sketch.delete()
    return program


def _write_charter(program: Program, said: Answers, by: "User") -> None:
    known = {each.key for each in charter_queries.figures_known(program)}
    goals = {goal: [key for key in fitting.figures_of(goal) if key in known] for goal in said.goals}
    texts = {"reason": {languages.current(): said.reason}} if said.reason else {}
    charter.write_charter(program, goals=goals, by=by, **texts)
    if said.is_backed:
        charter.add_row(
            program,
            KINDS["commitment"],
            by=by,
            given_by=said.given_by,
            text=said.promised,
            is_sponsor=True,
            given_on=timezone.localdate(),
        )


def _name_groups(program: Program, said: Answers, fitted: Fitted, lead: Membership, by: "User") -> None:
    rows = {}
    for group in fitted.groups:
        rows[group["key"]] = charter.add_row(
            program,
            KINDS["stakeholder"],
            by=by,
            name=localised(group["title"]),
            influence=group["influence"],
            interest=group["interest"],
            concern=localised(group["concern"]),
        )
    for duty in fitted.duties:
        holders = {f"m{lead.pk}": "A"}
        for part, letter in (("consulted", "C"), ("informed", "I")):
            holders |= {f"s{rows[key].pk}": letter for key in duty[part]}
        charter.add_row(program, KINDS["duty"], by=by, title=duty["title"], holders=holders)


def _list_documents(program: Program, fitted: Fitted) -> None:
    NeededDocument.objects.bulk_create(
        NeededDocument(program=program, position=position, title=row["title"], hint=row["hint"])
        for position, row in enumerate(fitted.documents, start=1)
    )


# --- the concept ------------------------------------------------------------------------------------------------------


@transaction.atomic
def change_concept(program: Program, *, by: "User", **fields: Any) -> None:
    """Only what is named: somebody else may change the rest at this moment."""
    concept, _is_new = Concept.objects.get_or_create(program=program)
    for name, value in fields.items():
        setattr(concept, name, value)
    changed = changes_of(concept, fields)
    concept.save(update_fields=[*fields])
    _record(GuideVerb.CONCEPT_CHANGED, program, by, changes=changed)


@transaction.atomic
def add_document(program: Program, *, by: "User", **fields: Any) -> NeededDocument:
    last = NeededDocument.objects.filter(program=program).count()
    document = NeededDocument.objects.create(program=program, position=last + 1, **fields)
    _record(GuideVerb.DOCUMENT_ADDED, document, by)
    return document


@transaction.atomic
def change_document(document: NeededDocument, *, by: "User", **fields: Any) -> None:
    for name, value in fields.items():
        setattr(document, name, value)
    changed = changes_of(document, fields)
    document.save(update_fields=[*fields])
    _record(GuideVerb.DOCUMENT_CHANGED, document, by, changes=changed)


@transaction.atomic
def delete_document(document: NeededDocument, *, by: "User") -> None:
    document.put_away()
    _record(GuideVerb.DOCUMENT_DELETED, document, by)


@transaction.atomic
def restore_document(document: NeededDocument, *, by: "User") -> None:
    document.take_back()
    _record(GuideVerb.DOCUMENT_RESTORED, document, by)


def _record(verb: GuideVerb, subject: Program | NeededDocument, by: "User", **data: Any) -> None:
    journal.record(verb, subject, by=by, **data)
    page_cache.changed(subject.pk if isinstance(subject, Program) else subject.program_id)
