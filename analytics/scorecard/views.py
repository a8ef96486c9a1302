from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from analytics.metrics.tabs import tabs_of
from analytics.scorecard import access, pages, services
from analytics.scorecard.forms import AimForm
from analytics.scorecard.frames import FRAMES, frame_of
from analytics.scorecard.models import StrategyAim
from core.kit.form_pages import FormPage, form_page
from core.kit.toasts import toast
from core.once.sending import once
from core.people.requests import PersonRequest
from programs.membership.access import Ability, can
from programs.membership.models import Program


@require_safe
def scorecard(request: PersonRequest, slug: str) -> HttpResponse:
    """The strategy map; or the same figures in one of the frameworks."""
    program = access.get_strategy(request.user, slug)
    frame = frame_of(request.GET.get("view", ""))
    here = reverse("analytics:scorecard", args=[slug])
    ways = [("", _("Strategy map")), *((each.key, each.name) for each in FRAMES)]
    context = {
        "program": program,
        "tabs": tabs_of(request, program, "scorecard"),
        "ways": [
            {
                "label": name,
                "url": f"{here}?view={key}" if key else here,
                "current": key == (frame.key if frame else ""),
            }
            for key, name in ways
        ],
        "chosen": frame,
        "sections": pages.sections_of(program, frame) if frame else [],
        "rows": [] if frame else pages.map_of(program),
        "may_edit": can(request.user, Ability.MANAGE_PROGRAM, program),
        "k": program.group_minimum,
    }
    return render(request, "analytics/scorecard/scorecard.html", context)


@once
def aim_new(request: PersonRequest, slug: str) -> HttpResponse:
    program = access.get_strategy(request.user, slug, Ability.MANAGE_PROGRAM)
    form = AimForm(request.POST or None, program=program)
    if request.method == "POST" and form.is_valid():
        services.add_aim(program, by=request.user, **form.cleaned_data)
        return redirect("analytics:scorecard", slug)
    return _page(request, program, form)


def aim_edit(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    aim = access.get_aim(request.user, slug, pk)
    form = AimForm(request.POST if request.method == "POST" else None, program=aim.program, aim=aim)
    if request.method == "POST" and form.is_valid():
        services.edit_aim(aim, by=request.user, **form.changes())
        toast(request, _("Saved."))
        return redirect("analytics:scorecard", slug)
    return _page(request, aim.program, form, aim)


@require_POST
def aim_remove(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    aim = services.remove_aim(access.get_aim(request.user, slug, pk), by=request.user)
    undo = reverse("analytics:aim_restore", args=[slug, pk])
    toast(request, _("“%(aim)s” is removed from the strategy map.") % {"aim": aim}, undo=undo)
    return redirect("analytics:scorecard", slug)


@require_POST
def aim_restore(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    aim = services.restore_aim(access.get_aim(request.user, slug, pk, is_deleted=True), by=request.user)
    toast(request, _("“%(aim)s” is restored.") % {"aim": aim})
    return redirect("analytics:scorecard", slug)


def _page(request: PersonRequest, program: Program, form: AimForm, aim: StrategyAim | None = None) -> HttpResponse:
    page = FormPage(
        title=_("Edit the aim") if aim else _("Add an aim"),
        up=[(_("Strategy"), reverse("analytics:scorecard", args=[program.slug]))],
    )
    return form_page(request, form, page, template="analytics/scorecard/aim.html", program=program, aim=aim)
