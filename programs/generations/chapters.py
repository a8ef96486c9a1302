"""What the handbook shows of the generations: when they start and end. How many people are in one stands where the
gate decides what may be said of them."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.kit.rooms import Chapter, ChapterTable
from core.kit.templatetags.ui import day as as_day
from programs.generations.models import Generation
from programs.membership.access import Ability
from programs.membership.models import Program


def generations(program: Program) -> ChapterTable:
    rows = [
        (each.name, as_day(each.start_on), as_day(each.end_on) if each.end_on else "", str(each.places))
        for each in Generation.objects.present().filter(program=program)
    ]
    return ChapterTable((_("Generation"), _("Start"), _("End"), _("Places")), rows)


CHAPTERS = (Chapter("generations", gettext_lazy("Generations"), "programs:people", generations, Ability.MANAGE_PEOPLE),)
