from django.utils.translation import gettext_lazy as _

from analytics.imports import first_steps, jobs, queries, services, tasks
from analytics.imports.models import ImportRun
from analytics.imports.verbs import ImportsVerb
from core.kit.rooms import Action, Belonging, Deed, Every, FirstStep, Room, Subject
from programs.consents.models import Purpose
from programs.membership.access import Ability

ROOM = Room(
    name="analytics.imports",
    verbs=ImportsVerb,
    belongs_to=("mine", "figures"),
    actions=(
        Action(_("Add my figures"), "analytics:import_new", Ability.TAKE_PART, 42, icon="file-import"),
        Action(
            _("Import the company's figures"), "analytics:import_new", Ability.IMPORT_COMPANY, 52, icon="file-import"
        ),
    ),
    first_steps=(
        FirstStep(
            _("Import the company page"),
            _("Twelve months of its figures, for comparison."),
            first_steps.company_page,
            30,
        ),
    ),
    steps={"figures_brought": Deed(_("brings own figures"), queries.brought_by, "analytics:import_new")},
    running=queries.being_imported,
    stays_inside=True,
    timetable=(Every(tasks.sweep, 20, _("Resume imports that were interrupted")),),
    queue="imports",
    belongings=(
        Belonging(
            frozenset({Purpose.OWN_FIGURES, Purpose.PARTICIPATION}), queries.kept, services.forget_person, order=20
        ),
    ),
    retention=(jobs.retention,),
    subjects=(
        # No address: who reads the log may not open the files.
        Subject(ImportRun, _("import"), title=lambda run: str(run.account), related=("account",)),
    ),
)
