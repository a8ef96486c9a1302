from django.urls import reverse

from programs.generations.models import Generation
from programs.membership.models import Program


def generation(program: Program) -> tuple[bool, str]:
    """The program has a generation."""
    has_one = Generation.objects.filter(program=program).exists()
    return has_one, reverse("programs:generation_new", args=[program.slug])
