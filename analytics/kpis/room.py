from django.utils.translation import gettext_lazy as _

from analytics.kpis import jobs, services, tasks
from analytics.kpis.models_cost import CompanySpend
from analytics.kpis.verbs import KpisVerb
from core.kit.deleting import Purge
from core.kit.rooms import Every, PublicNumber, Room, Subject
from programs.consents.models import Purpose

ROOM = Room(
    name="analytics.kpis",
    verbs=KpisVerb,
    belongs_to=("figures",),
    subjects=(Subject(CompanySpend, _("cost of the company account")),),
    stays_inside=True,
    timetable=(Every(tasks.publish_due, 60, _("Publish group figures")),),
    queue="reports",
    retention=(jobs.retention, Purge(CompanySpend)),
    numbers=(
        PublicNumber(
            "people who applied, were hired or asked, a month",
            "record_cells.record_cells",
            "people",
            ("analytics:dashboard", "analytics:kpi"),
        ),
    ),
    on_figures_changed=(services.request_publication,),
    on_consent={
        Purpose.GROUP_FIGURES: (services.count_anew,),
        Purpose.OWN_FIGURES: (services.count_anew,),
    },
)
