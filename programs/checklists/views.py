"""The program's pages: timeline, one phase, all checklists."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from core.comments.thread import thread_on
from core.kit.date_pages import pages_of_dates
from core.kit.form_pages import FormPage, form_page
from core.kit.toasts import toast
from core.lists.listing import Listing
from core.lists.views import show_list
from core.people.requests import PersonRequest
from programs.charter.queries import privileges_shown
from programs.checklists import access, board, gate, parts, picture, queries, rows, services, story, worklist
from programs.checklists.forms import QuickForm
from programs.checklists.window import choices, neighbours, window_of
from programs.consents.models import today_in
from programs.membership.access import Ability, can, get_program
from programs.membership.tabs import tabs_of
from programs.phases import baseline
from programs.phases import queries as phase_queries
from programs.phases.access import get_phase
from programs.phases.forms import PhaseForm
from programs.phases.models import PhaseState


@require_safe
def timeline(request: PersonRequest, slug: str) -> HttpResponse:
    """The program as a picture, and the checklists of what is running."""
    program = get_program(request.user, slug)
    today = today_in(program)
    phases = queries.phases_with_progress(program)
    baselines = baseline.baselines_of(program)
    compared = baseline.shown(baselines, request.GET.get("baseline", ""))
    shown_days = window_of(request.GET, today)
    kept = {"baseline": str(compared.pk)} if compared and request.GET.get("baseline") else {}
    milestones = phase_queries.MILESTONES.rows(program=program.pk)
    generations = queries.generations_of(program)
    shown = story.phases_in_focus(phases)
    pages = pages_of_dates(program, [row.pk for row in milestones], reader=request.user)
    may_work = can(request.user, Ability.WORK_ON_CHECKLISTS, program)
    items = queries.items_of_phases(program, shown, proofs=may_work)
    may_manage = can(request.user, Ability.MANAGE_PROGRAM, program)
    edit = {
        "label": _("Settings and team"),
        "url": reverse("programs:program_settings", args=[slug]),
        "icon": "adjustments-horizontal",
    }
    context = {
        "program": program,
        "phases": phases,
        "actions": [edit] if may_manage else [],
        "milestones": [(row, pages.get(row.pk, "")) for row in milestones],
        "generations": generations,
        "lead": story.lead(phases, milestones, on=today),
        "timeline": picture.timeline(
            program, phases, generations, milestones, on=today, baseline=compared, window=shown_days
        ),
        "window": shown_days,
        "zoom": choices(shown_days, kept),
        "neighbours": neighbours(shown_days, kept),
        "has_started": any(phase.started_on for phase in phases),
        "stages": picture.stages(phases),
        "rows": [(phase, baseline.slip(phase, compared)) for phase in phases],
        "baselines": baselines,
        "compared": compared,
        "boards": rows.boards(shown, items, request.user, program, on=today),
        "next_dates": story.tiles([row for row in milestones if row.on >= today][:4], on=today, pages=pages),
        "privileges": privileges_shown(program),
        "tabs": tabs_of("program", request.user, program, "programs:timeline"),
        "may_manage": may_manage,
        "here": request.get_full_path(),
        "today": today,
    }
    return render(request, "programs/checklists/timeline.html", context)


@require_safe
def phase_detail(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    phase = access.get_phase_with_progress(request.user, slug, pk)
    program = phase.program
    today = today_in(program)
    may_work = can(request.user, Ability.WORK_ON_CHECKLISTS, program)
    items = queries.items_of_phases(program, [phase], proofs=may_work)
    dates = phase_queries.OF_PHASE.rows(program=program.pk, phase=phase.pk)
    pages = pages_of_dates(program, [row.pk for row in dates], reader=request.user)
    context = {
        "program": program,
        "phase": phase,
        "board": rows.boards([phase], items, request.user, program, on=today)[0],
        "changes": phase_queries.changes_of(phase),
        "closed": story.last_closed(items) if may_work else [],
        "comments": thread_on(request.user, "phase", pk) if may_work else None,
        "dates": story.tiles(dates, on=today, pages=pages),
        "may_manage": can(request.user, Ability.MANAGE_PROGRAM, program),
        "here": request.get_full_path(),
        "today": today,
        "is_late": phase.is_late(on=today),
        "may_split": parts.may_split(phase),
        "following": gate.phase_after(phase) if phase.state == PhaseState.FINISHED else None,
    }
    return render(request, "programs/checklists/phase_detail.html", context)


def phase_edit(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Words and dates of a phase; its items may move along with it."""
    phase = get_phase(request.user, slug, pk)
    form = PhaseForm(request.POST or None, phase=phase)
    if request.method == "POST" and form.is_valid():
        moved = services.edit_phase(phase, by=request.user, **form.cleaned_data)
        along = ngettext(
            "The phase is saved; one date was moved with it.",
            "The phase is saved; %(count)s dates were moved with it.",
            moved,
        )
        toast(request, along % {"count": moved} if moved else _("The phase is saved."))
        return redirect("programs:phase_detail", slug, pk)
    page = FormPage(
        title=phase.title,
        lead=_("The dates and texts of this phase, for this program only."),
        up=[
            (_("Program"), reverse("programs:timeline", args=[slug])),
            (phase.title, reverse("programs:phase_detail", args=[slug, pk])),
        ],
    )
    return form_page(request, form, page, program=phase.program)


@require_safe
def checklists(request: PersonRequest, slug: str) -> HttpResponse:
    """The items of all phases, filtered; the filters stand in the address."""
    program = get_program(request.user, slug, Ability.WORK_ON_CHECKLISTS)
    phases = phase_queries.PHASES.rows(program=program.pk)
    items = queries.with_evidence(queries.items_of(program).order_by("due_on", "phase__position", "position", "pk"))
    quick = QuickForm(program=program, initial={"phase": story.phase_for_new_items(phases, request.GET)})
    quick.fields["phase"].choices = [(phase.pk, str(phase)) for phase in phases]  # type: ignore[attr-defined]
    tabs = tabs_of("program", request.user, program, "programs:checklists")
    of = worklist.checklist(request.user, program, phases, on=today_in(program))
    context = {"program": program, "tabs": tabs, "quick": quick}
    if can(request.user, Ability.MANAGE_PROGRAM, program):
        context["left_behind"] = queries.left_behind(program)
    return show_list(request, of, items, "programs/checklists/checklists.html", context)


@require_safe
def checklist_board(request: PersonRequest, slug: str) -> HttpResponse:
    """The same items in a column per state, with the filters of the list but for the state."""
    program = get_program(request.user, slug, Ability.WORK_ON_CHECKLISTS)
    phases = phase_queries.PHASES.rows(program=program.pk)
    of = worklist.boarded(request.user, program, phases, on=today_in(program))
    listing = Listing(of, request.GET, queries.items_of(program), path=request.path)
    lanes, count = board.lanes(request.user, program, listing, phases, on=today_in(program))
    tabs = tabs_of("program", request.user, program, "programs:checklists")
    context = {"program": program, "tabs": tabs, "list": listing, "lanes": lanes, "count_text": of.count(count)}
    context["here"] = listing.url(page="1")  # all is on one page
    return render(request, "programs/checklists/board.html", context)
