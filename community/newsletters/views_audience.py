"""For whom an issue is."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.newsletters import access, audience_services
from community.newsletters.audiences import in_words
from community.newsletters.forms_audience import AudienceForm
from community.newsletters.views import save_typed
from core.kit.toasts import toast, warn
from core.once.sending import once
from core.people.requests import PersonRequest


@require_POST
@once
def issue_audience(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Choose whom an issue is for, and keep the choice under a name if one was typed."""
    issue, refusal = save_typed(request, access.get_issue_to_write(request.user, slug, pk))
    if refusal:
        return refusal
    form = AudienceForm(request.POST, program=issue.program, audience=issue.audience)
    try:
        if not form.is_valid():
            raise ValidationError([str(problems[0]) for problems in form.errors.values()])
        chosen, name = form.audience, form.cleaned_data["name"]
        audience_services.choose_audience(issue, chosen, seen=form.cleaned_data["seen"], by=request.user)
        if name:
            audience_services.make_audience(issue.program, chosen, name=name, by=request.user)
    except ValidationError as error:
        warn(request, " ".join(error.messages))
    else:
        toast(request, _("This issue is for: %(audience)s.") % {"audience": in_words(issue.program, chosen)})
    return redirect("community:issue_edit", slug, pk)


@require_POST
def issue_audience_use(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Take a saved audience for an issue."""
    issue, refusal = save_typed(request, access.get_issue_to_write(request.user, slug, pk))
    if refusal:
        return refusal
    wanted = request.POST.get("saved", "")
    number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 19 else 0
    saved = access.get_audience(request.user, slug, number)
    try:
        audience_services.choose_audience(issue, saved.audience, seen=request.POST.get("seen", ""), by=request.user)
    except ValidationError as error:
        warn(request, " ".join(error.messages))
    else:
        toast(request, _("This issue is for: %(audience)s.") % {"audience": saved.name})
    return redirect("community:issue_edit", slug, pk)


@require_POST
def audience_delete(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    saved = access.get_audience(request.user, slug, pk)
    audience_services.delete_audience(saved, by=request.user)
    undo = reverse("community:audience_restore", args=[slug, pk])
    toast(request, _("Audience deleted: %(name)s.") % {"name": saved.name}, undo=undo)
    return redirect("community:newsletters", slug)


@require_POST
def audience_restore(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    saved = access.get_audience(request.user, slug, pk, is_deleted=True)
    try:
        audience_services.restore_audience(saved, by=request.user)
    except ValidationError as error:
        warn(request, error.messages[0])
    return redirect("community:newsletters", slug)
