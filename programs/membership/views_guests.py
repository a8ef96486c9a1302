"""Guests of the program: people from outside who see what they are invited to."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from core.kit.form_pages import FormPage, form_page
from core.kit.toasts import toast
from core.once.sending import once
from core.people.requests import PersonRequest
from programs.membership import access, services, team_services
from programs.membership.access import Ability
from programs.membership.forms_guests import GuestInvitationForm, LastDayForm
from programs.membership.models import Membership, Role
from programs.membership.words import about


@once
def guest_new(request: PersonRequest, slug: str) -> HttpResponse:
    """Invite an agency or a trainer; they decide, as everybody does."""
    program = access.get_program(request.user, slug, Ability.MANAGE_PROGRAM)
    form = GuestInvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("email", "name", "language", "until_on")}
        try:
            team_services.invite(program, by=request.user, role=Role.GUEST, **values)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            toast(request, _("An email is on its way to %(address)s.") % {"address": form.data.get("email", "")})
            return redirect("programs:program_settings", slug)
    page = FormPage(title=_("Invite a guest"), lead=about(Role.GUEST), submit=_("Invite"), up=_above(slug))
    return form_page(request, form, page, program=program)


def edit_guest(request: PersonRequest, membership: Membership) -> HttpResponse:
    """Until when a guest has access; for who leads the program (`views.member_edit`)."""
    slug = membership.program.slug
    form = LastDayForm(request.POST or None, membership=membership)
    if request.method == "POST" and form.is_valid():
        services.set_last_day(membership, until_on=form.cleaned_data["until_on"], by=request.user)
        toast(request, _("Saved."))
        return redirect("programs:program_settings", slug)
    page = FormPage(title=str(membership.user), lead=about(Role.GUEST), up=_above(slug))
    return form_page(request, form, page, program=membership.program)


def _above(slug: str) -> list[tuple[str, str]]:
    return [(_("Settings and team"), reverse("programs:program_settings", args=[slug]))]
