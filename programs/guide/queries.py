"""What is selected for the concept, and what its page shows."""

from dataclasses import dataclass

from django.db.models import QuerySet

from programs.checklists.queries import phases_with_progress
from programs.directory.words import languages
from programs.guide.models import Concept, NeededDocument
from programs.membership.models import Program
from programs.phases.models import Phase


def concept_of(program: Program) -> Concept:
    """The program's, or an empty one that is not kept."""
    return Concept.objects.filter(program=program).first() or Concept(program=program)


def documents_of(program: Program) -> QuerySet[NeededDocument]:
    return NeededDocument.objects.present().filter(program=program)


def languages_named(concept: Concept) -> list[str]:
    named = dict(languages())
    return [named.get(code, code) for code in concept.languages]


@dataclass(frozen=True)
class Lists:
    """How far the checklists are, all phases together."""

    phases: list[Phase]

    @property
    def total(self) -> int:
        return sum(phase.total for phase in self.phases)  # type: ignore[attr-defined]  # annotated

    @property
    def done(self) -> int:
        return sum(phase.done for phase in self.phases)  # type: ignore[attr-defined]


def lists_of(program: Program) -> Lists:
    return Lists(phases_with_progress(program))
