"""Letters that count from the start of a generation, when that is merged into another one."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.journeys.models import Journey, Start
from core.kit.mergers import Merger
from programs.generations.models import Generation


def _says(generation: Generation, into: Generation) -> Iterator[str]:
    if Journey.objects.present().filter(program=generation.program_id, start=Start.BEGUN, is_on=True).exists():
        yield _(
            "Letters that count from the start of a generation count from the start of %(name)s. "
            "Nobody gets a letter twice."
        ) % {"name": into.name}


MERGER = Merger(gettext_lazy("Journeys"), _says)
