"""What a program manager of a fresh program does first. Once everything is done it is never shown again."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from analytics.channels.models import Account
from analytics.imports.models import ImportRun, RunState
from programs.generations.models import Generation
from programs.membership.access import team_of
from programs.membership.models import Program
from programs.phases.models import Phase, PhaseState

BROUGHT = (RunState.APPLYING, RunState.APPLIED)


@dataclass(frozen=True)
class FirstSteps:
    """Empty when all of them are done."""

    steps: list[dict[str, Any]]
    done: int = 0

    @property
    def total(self) -> int:
        return len(self.steps)


def first_steps(program: Program) -> FirstSteps:
    """Four looks into the database."""
    phases = Phase.objects.filter(program=program)
    first = phases.filter(state=PhaseState.PLANNED).order_by("position").first()
    has_begun = phases.exclude(state=PhaseState.PLANNED).exists()
    runs = ImportRun.objects.filter(account__kind=Account.Kind.COMPANY, program=program, state__in=BROUGHT)
    rows = [
        (
            _("Start the first phase"),
            _("The seven phases and their checklists are there; dates can be moved."),
            reverse("programs:phase_detail", args=[program.slug, first.pk])
            if first
            else reverse("programs:timeline", args=[program.slug]),
            has_begun,
        ),
        (
            _("Bring in the team"),
            _("A deputy, coaches, the sponsor in management, the works council."),
            reverse("programs:member_new", args=[program.slug]),
            team_of(program).values("user").distinct().count() > 1,
        ),
        (
            _("Import the company page"),
            _("Twelve months of its figures, for comparison."),
            reverse("analytics:import_new", args=[program.slug]),
            runs.exists(),
        ),
        (
            _("Create the first generation"),
            _("People who start together; you invite them when the pilot begins."),
            reverse("programs:generation_new", args=[program.slug]),
            Generation.objects.filter(program=program).exists(),
        ),
    ]
    done = sum(is_done for *_rest, is_done in rows)
    if done == len(rows):
        return FirstSteps([])
    ahead = next(place for place, row in enumerate(rows) if not row[-1])
    return FirstSteps(
        [
            {
                "title": title,
                "meta": "" if is_done else meta,
                "url": url,
                "state": "done" if is_done else "now" if place == ahead else "next",
            }
            for place, (title, meta, url, is_done) in enumerate(rows)
        ],
        done,
    )
