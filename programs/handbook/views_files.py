"""Files below a page of the handbook, for those who write it."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from core.kit.form_pages import FormPage, form_page
from core.kit.toasts import toast
from core.once.sending import once
from core.people.requests import PersonRequest
from programs.handbook import access, queries, services
from programs.handbook.forms_files import PageFileForm


@once
def handbook_page_files(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """What hangs below it, each with a button that deletes it (with undo), and the form that adds another."""
    page = access.get_page_to_write(request.user, slug, pk)
    form = PageFileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_valid():
        try:
            services.add_file(page, file=form.cleaned_data["file"], by=request.user)
        except ValidationError as error:
            form.add_error("file", error)
        else:
            toast(request, _("The file is listed below the page."))
            return redirect("programs:handbook_page_files", slug, pk)
    up = [(_("Handbook"), reverse("programs:handbook", args=[slug]))]
    up += [(str(page.title), reverse("programs:handbook_page", args=[slug, pk]))]
    moderates = access.get_files_spot(request.user, page.pk).may_moderate
    files = queries.files_of([page.pk]).get(page.pk, [])
    context = {
        "program": page.program,
        "files": files,
        "deletable": {file.pk for file in files if moderates or file.by_id == request.user.pk},
    }
    about = FormPage(title=_("Files"), eyebrow=str(page.title), up=up, submit=_("Add"))
    return form_page(request, form, about, template="programs/handbook/handbook_page_files.html", **context)
