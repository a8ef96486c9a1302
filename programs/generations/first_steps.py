from django.urls import reverse

from core.kit.compiled import Blank, Compiled
from programs.generations.models import Generation
from programs.membership.models import Program

ONE = Compiled(
    lambda: Generation.objects.present().filter(program=Blank("program")).order_by().values_list("pk", flat=True)[:1]
)


def generation(program: Program) -> tuple[bool, str]:
    """The program has a generation."""
    return bool(ONE.rows(program=program.pk)), reverse("programs:generation_new", args=[program.slug])
