"""A participant's own pages: the way into the program, pausing, leaving, coming back."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.disclosure import gate
from core.kit.downloads import as_file
from core.kit.form_pages import FormPage, form_page
from core.kit.papers import CONTENT_TYPES, as_pdf
from core.kit.returning import go_back
from core.kit.templatetags.ui import day
from core.kit.toasts import toast
from core.people.requests import PersonRequest
from programs.consents import erasures
from programs.generations import access, note, pages, queries, services, step_services
from programs.generations.forms import LeaveForm
from programs.generations.forms_steps import StepTextForm
from programs.generations.paths import path_of
from programs.membership.access import Ability, get_program


def path(request: PersonRequest, slug: str) -> HttpResponse:
    """My onboarding: steps, how far I am, what comes next. Dates are offers, nothing turns red."""
    program = get_program(request.user, slug, Ability.TAKE_PART)
    participant = access.find_my_participation(request.user, program)
    way = path_of(participant) if participant else None
    context = {
        "program": program,
        "participant": participant,
        "path": way,
        "texts": queries.other_texts(participant, [row.step for row in way.steps]) if participant and way else [],
        "move": queries.move_ahead(participant) if participant else None,
        "enough": gate.enough(program.group_minimum),
    }
    return render(request, "programs/generations/path.html", context)


@require_safe
def participation_note(request: PersonRequest, slug: str) -> HttpResponse:
    """What I can show of my part in the program, as a PDF for me alone."""
    participations = access.get_my_record(request.user, slug)
    paper = note.of(request.user, participations[0].program, participations)
    return as_file(HttpResponse(as_pdf(paper), content_type=CONTENT_TYPES["pdf"]), f"{paper.title}.pdf")


@require_POST
def step_done(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    participant, step = access.get_my_step(request.user, slug, pk)
    services.finish_step(step, participant)
    return redirect("programs:path", slug)


def step_write(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """A step that is done by writing something down, for oneself."""
    participant, step = access.get_my_step_to_write(request.user, slug, pk)
    form = StepTextForm(request.POST or None, initial={"text": queries.text_of(step, participant)})
    if request.method == "POST" and form.is_valid():
        step_services.write_text(step, participant, text=form.cleaned_data["text"])
        toast(request, _("Saved. Only you see your text.") if form.cleaned_data["text"] else _("Your text is deleted."))
        return redirect("programs:path", slug)
    page = FormPage(
        title=str(step.title),
        lead=str(step.text),
        shield=_("Only you see your text. It is part of your own export and is deleted with your onboarding."),
        up=[(_("Onboarding"), reverse("programs:path", args=[slug]))],
    )
    return form_page(request, form, page, program=participant.program)


@require_POST
def step_undo(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    participant, step = access.get_my_step(request.user, slug, pk)
    services.reopen_step(step, participant)
    return redirect("programs:path", slug)


@require_POST
def participation_pause(request: PersonRequest, slug: str) -> HttpResponse:
    participant = access.get_my_participation(request.user, slug)
    services.pause(participant, by=request.user)
    undo = reverse("programs:participation_resume", args=[slug])
    told = _("You are taking a break. Your place is kept; what you answered and booked stands until midnight.")
    toast(request, told, undo=undo)
    return redirect("programs:path", slug)


@require_POST
def participation_resume(request: PersonRequest, slug: str) -> HttpResponse:
    """Go on after a pause, or come back within 30 days after leaving."""
    participant = access.get_returning(request.user, slug)
    has_rested = queries.has_rested(participant)
    services.resume(participant, by=request.user)
    if has_rested:
        toast(request, _("Good to have you with us. Events and office hours await your answer again."))
    else:
        toast(request, _("Good to have you with us."))
    return go_back(request, reverse("programs:path", args=[slug]))


def participation_leave(request: PersonRequest, slug: str) -> HttpResponse:
    """What is mine and what becomes of it, the download first; then leave, or rather pause."""
    participant = access.get_my_participation(request.user, slug)
    if request.method != "POST":
        return render(request, "programs/generations/leave.html", pages.leaving(participant))
    form = LeaveForm(request.POST)
    services.leave(participant, by=request.user, stays_in_touch=form.is_valid() and form.cleaned_data["stays_in_touch"])
    undo = reverse("programs:participation_resume", args=[slug])
    words = {"program": participant.program.name, "day": day(erasures.last_day(participant.program), "long")}
    told = _("You have left %(program)s. Until %(day)s, one click brings you back.") % words
    toast(request, told, undo=undo)
    return redirect("home:start")
