"""What the handbook shows of the program itself: whom one asks."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.kit.rooms import Chapter, ChapterTable
from programs.membership import queries
from programs.membership.models import Program


def contacts(program: Program) -> ChapterTable:
    rows = [(str(row.user), str(row.get_role_display())) for row in queries.contacts_of(program)]
    return ChapterTable((_("Name"), _("Role")), rows)


CHAPTERS = (Chapter("contacts", gettext_lazy("Contacts"), "programs:contacts", contacts),)
