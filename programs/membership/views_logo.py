"""The program's logo."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from core.kit.form_pages import FormPage, form_page
from core.kit.toasts import toast
from core.people.requests import PersonRequest
from programs.membership import access, logo_services
from programs.membership.access import Ability
from programs.membership.forms_logo import LogoForm
from programs.membership.sender import logo_path


def logo(request: PersonRequest, slug: str) -> HttpResponse:
    program = access.get_program(request.user, slug, Ability.MANAGE_PROGRAM)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = LogoForm(*given, has_logo=program.logo_id is not None)
    if form.is_valid():
        picture = form.cleaned_data["picture"]
        try:
            logo_services.set_logo(program, picture=picture, by=request.user)
        except ValidationError as error:
            form.add_error("picture", error)
        else:
            toast(request, _("The logo is saved.") if picture else _("The logo is removed."))
            return redirect("programs:logo", slug)
    page = FormPage(
        title=_("Logo of the program"),
        lead=_("It appears next to the program's name, in emails and on reports, minutes and posters."),
        up=[(_("Settings and team"), reverse("programs:program_settings", args=[slug]))],
    )
    template = "programs/membership/logo.html"
    return form_page(request, form, page, template=template, program=program, logo=logo_path(program))
