from django.utils.translation import gettext_lazy as _

from core.kit.deleting import Purge
from core.kit.rooms import Action, Room, Search, Subject, Tab
from programs.library import queries
from programs.library.models import PlanTemplate
from programs.library.verbs import LibraryVerb
from programs.membership.access import Ability

ROOM = Room(
    name="programs.library",
    verbs=LibraryVerb,
    belongs_to=("program",),
    tabs=(Tab("program", _("Templates"), "programs:library", Ability.MANAGE_PROGRAM, 30),),
    actions=(
        Action(
            _("Templates"),
            "programs:library",
            Ability.MANAGE_PROGRAM,
            33,
            _("library of phases and checklists, YAML"),
            "template",
        ),
        Action(_("Save phases as a template"), "programs:template_new", Ability.MANAGE_PROGRAM, 62, icon="template"),
        Action(
            _("Import a template"),
            "programs:template_import",
            Ability.MANAGE_PROGRAM,
            63,
            _("YAML upload"),
            "file-import",
        ),
    ),
    acts=(queries.acts,),
    searches=(Search(_("Templates"), queries.find_templates, 50),),
    subjects=(Subject(PlanTemplate, _("template")),),
    retention=(Purge(PlanTemplate),),
)
