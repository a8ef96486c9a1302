from django.urls import reverse

from core.kit.compiled import Blank, Compiled
from programs.membership.models import Program
from programs.phases.models import Phase, PhaseState

PHASES = Compiled(
    lambda: Phase.objects.filter(program=Blank("program")).order_by("position", "pk").values_list("pk", "state")
)


def phase(program: Program) -> tuple[bool, str]:
    """The first phase has begun."""
    phases = PHASES.rows(program=program.pk)
    has_begun = any(state != PhaseState.PLANNED for _pk, state in phases)
    first = next((pk for pk, state in phases if state == PhaseState.PLANNED), None)
    if first is None:
        return has_begun, reverse("programs:timeline", args=[program.slug])
    return has_begun, reverse("programs:phase_detail", args=[program.slug, first])
