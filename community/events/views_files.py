"""What hangs on an event for who plans it: picture, files, and tasks that are ticked."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.events import access, file_services, queries, services
from community.events.forms_files import FilesForm, TickForm
from core.kit.form_pages import FormPage, form_page
from core.kit.toasts import toast, warn
from core.once.sending import once
from core.people.requests import PersonRequest
from programs.membership.access import Ability


@once
def event_files(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Picture and files of an event; of a series all dates share the picture."""
    event = access.get_event(request.user, slug, pk, Ability.EDIT_EVENTS)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = FilesForm(*given, has_picture=event.picture_id is not None)
    if form.is_valid():
        wanted, field = form.cleaned_data, "picture"
        try:
            if wanted["picture"] or wanted.get("without"):
                file_services.set_picture(event, picture=wanted["picture"], by=request.user)
            field = "file"
            if wanted["file"]:
                file_services.add_file(event, file=wanted["file"], by=request.user)
        except ValidationError as error:
            form.add_error(field, error)
        else:
            toast(request, _("It is on the event's page."))
            return redirect("community:event_files", slug, pk)
    up = [(_("Events"), reverse("community:events", args=[slug]))]
    up += [(str(event.milestone.title), reverse("community:event_detail", args=[slug, pk]))]
    page = FormPage(title=_("Picture and files"), up=up, submit=_("Add"))
    template = "community/events/event_files.html"
    context = {"program": event.milestone.program, "event": event, "files": queries.files_of(event)}
    return form_page(request, form, page, template=template, **context)


@require_POST
def event_tick(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    event = access.get_event(request.user, slug, pk, Ability.EDIT_EVENTS)
    form = TickForm(request.POST)
    if not form.is_valid() or not services.tick(event, **form.cleaned_data):
        warn(request, _("This task was changed in the meantime. Please look at the list again."))
    return redirect("community:event_detail", slug, pk)
