"""Series that open a topic every week, for hosts."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.forum import access, queries, rituals
from community.forum.forms_rituals import ApproveForm, Openings, RitualForm, RitualStepForm, SkipForm
from community.forum.models_rituals import Ritual
from community.forum.ritual_pages import not_begun, series_of, series_page, words_of
from community.forum.ritual_templates import ritual_templates
from core.kit.languages import current
from core.kit.toasts import toast, warn
from core.once.sending import once
from core.people.requests import PersonRequest
from programs.membership.access import Ability


@require_safe
def ritual_list(request: PersonRequest, slug: str) -> HttpResponse:
    program = access.get_forum(request.user, slug, Ability.HOST_FORUM)
    if not access.boards_for(request.user, program):
        return redirect("community:forum", slug)
    context = {
        "program": program,
        "series": series_of(program),
        "templates": not_begun(program, current()),
    }
    return render(request, "community/forum/rituals.html", context)


@require_POST
def ritual_begin(request: PersonRequest, slug: str, key: str) -> HttpResponse:
    """From a template, in the language of the page. Nothing is opened before a host says yes."""
    program = access.get_forum(request.user, slug, Ability.HOST_FORUM)
    template = ritual_templates(current()).get(key)
    if template is None:
        raise Http404
    if not access.boards_for(request.user, program):
        return redirect("community:forum", slug)
    ritual = rituals.begin(program, template, by=request.user)
    return redirect("community:ritual", slug, ritual.pk)


@require_safe
def ritual_detail(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """What comes next, and whose yes it has."""
    return _page(request, access.get_ritual(request.user, slug, pk))


def ritual_edit(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    ritual = access.get_ritual(request.user, slug, pk)
    boards = queries.boards_to_write_on(request.user, ritual.program)
    form = RitualForm(request.POST or None, ritual=ritual, boards=boards)
    more: dict[str, Any] = {"prefix": "texts", "form_kwargs": {"program": ritual.program}}
    texts: Any = Openings(request.POST, **more) if request.POST else Openings(initial=words_of(ritual), **more)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() & texts.is_valid():
            try:
                rituals.change(ritual, **form.cleaned_data, texts=texts.texts, by=request.user)
            except rituals.RitualChanged:
                status = 409
                warn(
                    request,
                    _("Somebody else has changed the series in the meantime. Your text is still below."),
                )
            else:
                toast(request, _("Saved."))
                return redirect("community:ritual", slug, pk)
    context = {"program": ritual.program, "ritual": ritual, "form": form, "texts": texts}
    return render(request, "community/forum/ritual_edit.html", context, status=status)


@require_POST
@once
def ritual_approve(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Yes, in my name."""
    ritual = access.get_ritual(request.user, slug, pk)
    form = ApproveForm(request.POST)
    if not form.is_valid():
        return _page(request, ritual, form, status=422)
    try:
        rituals.approve(ritual, **form.cleaned_data, by=request.user)
    except rituals.RitualChanged:
        warn(request, _("The series has been changed in the meantime. Please check what it says now."))
        ritual.refresh_from_db()
        return _page(request, ritual, status=409)
    toast(request, _("The series runs in your name."), undo=_step_url(ritual, do="pause"))
    return redirect("community:ritual", slug, pk)


@require_POST
def ritual_step(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Pause, go on, stop, and back."""
    form = RitualStepForm(request.POST if "do" in request.POST else request.GET)
    step = form.cleaned_data["do"] if form.is_valid() else ""
    ritual = access.get_ritual(request.user, slug, pk, is_stopped=step == "restore")
    if step == "pause":
        rituals.pause(ritual, by=request.user)
        toast(request, _("The series is paused."), undo=_step_url(ritual, do="resume"))
    elif step == "resume":
        rituals.resume(ritual, by=request.user)
        toast(request, _("The series is running again."), undo=_step_url(ritual, do="pause"))
    elif step == "stop":
        rituals.stop(ritual, by=request.user)
        toast(request, _("The series is over. Its topics stay."), undo=_step_url(ritual, do="restore"))
        return redirect("community:rituals", slug)
    elif step == "restore":
        return _bring_back(request, ritual)
    else:
        warn(request, _("This step does not exist. Nothing was changed."))
    return redirect("community:ritual", slug, pk)


@require_POST
def ritual_skip(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Leave one day out, or not after all."""
    ritual = access.get_ritual(request.user, slug, pk)
    form = SkipForm(request.POST if "on" in request.POST else request.GET)
    if not form.is_valid() or form.cleaned_data["on"].weekday() != ritual.weekday:
        warn(request, _("The series has no topic on this day. Nothing was changed."))
    else:
        skips = form.cleaned_data["skips"]
        rituals.leave_out(ritual, **form.cleaned_data, by=request.user)
        url = reverse("community:ritual_skip", args=[slug, pk])
        back = urlencode({"on": form.cleaned_data["on"].isoformat(), "skips": int(not skips)})
        toast(request, _("The day is skipped.") if skips else _("The day is no longer skipped."), undo=f"{url}?{back}")
    return redirect("community:ritual", slug, pk)


def _page(request: PersonRequest, ritual: Ritual, form: ApproveForm | None = None, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "program": ritual.program,
        "page": series_page(request.user, ritual),
        "form": form or ApproveForm(initial={"version": ritual.version}),
    }
    return render(request, "community/forum/ritual.html", context, status=status)


def _bring_back(request: PersonRequest, ritual: Ritual) -> HttpResponse:
    try:
        rituals.bring_back(ritual, by=request.user)
        toast(request, _("The series is restored."))
    except rituals.RitualIsThere:
        warn(request, _("A series of this kind has been started in the meantime. It stays as it is."))
        return redirect("community:rituals", ritual.program.slug)
    return redirect("community:ritual", ritual.program.slug, ritual.pk)


def _step_url(ritual: Ritual, **step: str) -> str:
    return f"{reverse('community:ritual_step', args=[ritual.program.slug, ritual.pk])}?{urlencode(step)}"
