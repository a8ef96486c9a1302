from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from analytics.metrics.tabs import tabs_of
from analytics.scorecard import access, pages, services
from analytics.scorecard.forms import AimForm, DrawForm, LineForm, MoveForm
from analytics.scorecard.frames import frame_of
from analytics.scorecard.models import StrategyAim
from core.kit.form_pages import FormPage, form_page
from core.kit.returning import go_to
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
    context = {
        "program": program,
        "tabs": tabs_of(request, program, "scorecard"),
        "ways": pages.ways_of(program, frame.key if frame else ""),
        "chosen": frame,
        "sections": pages.sections_of(program, frame) if frame else [],
        "rows": [] if frame else pages.map_of(program),
        "may_edit": can(request.user, Ability.MANAGE_PROGRAM, program),
        "k": program.shown_from,
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
def aim_move(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Put down somewhere else on the map; a place that makes no sense changes nothing."""
    aim = access.get_aim(request.user, slug, pk)
    form = MoveForm(request.POST)
    if form.is_valid():
        services.move_aim(aim, by=request.user, **form.cleaned_data)
    return _on_the_map(aim)


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


@require_POST
def line_draw(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """From one aim to another, as an assumption; drawn twice it stays one line."""
    aim = access.get_aim(request.user, slug, pk)
    form = DrawForm(request.POST, aim=aim)
    if not form.is_valid():
        toast(request, _("Please draw it again: the map has changed."))
        return _on_the_map(aim)
    goal = form.cleaned_data["goal"]
    services.draw_line(aim, goal, by=request.user)
    undo = reverse("analytics:line_remove", args=[slug, pk, goal.pk])
    words = _("“%(aim)s” leads to “%(goal)s”, as you assume. Open the line to say what proves it.")
    toast(request, words % {"aim": aim, "goal": goal}, undo=undo)
    return _on_the_map(aim)


def line_edit(request: PersonRequest, slug: str, pk: int, goal: int) -> HttpResponse:
    """Assumed, or proven and by what."""
    line = access.get_line(request.user, slug, pk, goal)
    form = LineForm(request.POST if request.method == "POST" else None, line=line)
    if request.method == "POST" and form.is_valid():
        services.edit_line(line, by=request.user, **form.changes())
        toast(request, _("Saved."))
        return _on_the_map(line.source)
    page = FormPage(
        title=_("“%(aim)s” leads to “%(goal)s”") % {"aim": line.source, "goal": line.goal},
        up=[(_("Strategy"), reverse("analytics:scorecard", args=[slug]))],
    )
    program = line.source.program
    return form_page(request, form, page, template="analytics/scorecard/line.html", program=program, line=line)


@require_POST
def line_remove(request: PersonRequest, slug: str, pk: int, goal: int) -> HttpResponse:
    line = services.remove_line(access.get_line(request.user, slug, pk, goal), by=request.user)
    undo = reverse("analytics:line_restore", args=[slug, pk, goal])
    toast(request, _("The line to “%(goal)s” is removed.") % {"goal": line.goal}, undo=undo)
    return _on_the_map(line.source)


@require_POST
def line_restore(request: PersonRequest, slug: str, pk: int, goal: int) -> HttpResponse:
    line = services.restore_line(access.get_line(request.user, slug, pk, goal, is_deleted=True), by=request.user)
    toast(request, _("The line to “%(goal)s” is restored.") % {"goal": line.goal})
    return _on_the_map(line.source)


def _on_the_map(aim: StrategyAim) -> HttpResponse:
    """Where it stands now: the keyboard goes on from there."""
    return go_to(f"{reverse('analytics:scorecard', args=[aim.program.slug])}#aim-{aim.pk}")


def _page(request: PersonRequest, program: Program, form: AimForm, aim: StrategyAim | None = None) -> HttpResponse:
    page = FormPage(
        title=_("Edit the aim") if aim else _("Add an aim"),
        up=[(_("Strategy"), reverse("analytics:scorecard", args=[program.slug]))],
    )
    return form_page(request, form, page, template="analytics/scorecard/aim.html", program=program, aim=aim)
