"""Help with the beginning: a participant asks for it and takes it back."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from community.office_hours import access, helping
from community.office_hours.forms_help import HelpForm
from core.kit.form_pages import FormPage, form_page
from core.kit.toasts import toast
from core.people.requests import PersonRequest


@require_http_methods(["GET", "HEAD", "POST"])
def hours_help(request: PersonRequest, slug: str) -> HttpResponse:
    program = access.get_taking_part(request.user, slug)
    wanted = helping.wanted_by(request.user, program)
    sent = (request.POST if "wish" in request.POST else request.GET) if request.method == "POST" else None
    form = HelpForm(sent, initial={"wish": wanted.wish if wanted else ""})
    if sent is not None and form.is_valid():
        helping.want_help(program, by=request.user, **form.cleaned_data)
        toast(request, _("People who offer office hours can now see your next step, until you stop sharing it."))
        return redirect("community:office_hours", slug)
    page = FormPage(
        title=_("Help getting started"),
        up=[(_("Office hours"), reverse("community:office_hours", args=[slug]))],
        lead=_("People who offer office hours see which onboarding step is next for you and can offer help."),
        shield=_(
            "They see your name, the next step and what you write here. Nothing else, and only until you stop sharing."
        ),
        submit=_("I would like help"),
    )
    return form_page(request, form, page)


@require_POST
def hours_help_end(request: PersonRequest, slug: str) -> HttpResponse:
    program = access.get_taking_part(request.user, slug)
    wanted = helping.wanted_by(request.user, program)
    helping.want_no_help(program, by=request.user)
    undo = f"{reverse('community:hours_help', args=[slug])}?{urlencode({'wish': wanted.wish if wanted else ''})}"
    toast(request, _("From now on, nobody else sees your next step."), undo=undo if wanted else "")
    return redirect("community:office_hours", slug)
