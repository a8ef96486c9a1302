"""The open call of a generation, when that is merged into another one or deleted."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.kit.mergers import Merger
from programs.casting.models import Answered, Call, Interest
from programs.consents.models import today_in
from programs.generations.models import Generation


def _running(generation: Generation) -> Call | None:
    return Call.objects.filter(generation=generation, closes_on__gte=today_in(generation.program)).first()


def _has_call(generation: Generation) -> bool:
    return Call.objects.filter(generation=generation).exists()


def _says(generation: Generation, into: Generation) -> Iterator[str]:
    if (call := _running(generation)) is None:
        return
    if _has_call(into):
        yield _("The call “%(call)s” ends, because %(name)s has a call of its own.") % {"call": call, "name": into.name}
    else:
        yield _("The call “%(call)s” continues for %(name)s. Check its texts: they may name %(former)s.") % {
            "call": call,
            "name": into.name,
            "former": generation.name,
        }


def _does(generation: Generation, into: Generation) -> None:
    """Where the other one has no call of its own, people go on answering this one."""
    call = _running(generation)
    if call is not None and not _has_call(into):
        call.generation = into
        call.save(update_fields=["generation"])


def keeps(generation: Generation) -> Iterator[str]:
    of_call = {"call__generation": generation}
    if Interest.objects.filter(**of_call).exists() or Answered.objects.filter(**of_call).exists():
        yield _("People answered its open call. Close the generation instead.")


MERGER = Merger(gettext_lazy("Open call"), _says, _does)
