"""Pulses of a generation, when that is merged into another one or deleted."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.pulses.models import PulseRound
from core.kit.mergers import Merger
from programs.generations.models import Generation


def _says(generation: Generation, into: Generation) -> Iterator[str]:
    if PulseRound.objects.present().filter(generation=generation).exists():
        told = _("Pulses of %(former)s keep its name and their results; nobody else is asked by them.")
        yield told % {"former": generation.name}


def keeps(generation: Generation) -> Iterator[str]:
    if PulseRound.objects.filter(generation=generation).exists():
        yield _("It was asked by a pulse, whose result stays.")


MERGER = Merger(gettext_lazy("Pulses"), _says)
