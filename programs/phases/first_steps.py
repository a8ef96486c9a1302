from django.urls import reverse

from programs.membership.models import Program
from programs.phases.models import Phase, PhaseState


def phase(program: Program) -> tuple[bool, str]:
    """The first phase has begun."""
    phases = Phase.objects.filter(program=program)
    first = phases.filter(state=PhaseState.PLANNED).order_by("position").first()
    has_begun = phases.exclude(state=PhaseState.PLANNED).exists()
    if first is None:
        return has_begun, reverse("programs:timeline", args=[program.slug])
    return has_begun, reverse("programs:phase_detail", args=[program.slug, first.pk])
