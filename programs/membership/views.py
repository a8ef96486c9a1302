from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.kit.form_pages import FormPage, form_page
from core.kit.toasts import toast, warn
from core.once.sending import once
from core.people.requests import PersonRequest
from programs.membership import access, queries, services, team_services
from programs.membership.access import Ability
from programs.membership.forms import ContactForm, MemberForm, SettingsForm
from programs.membership.models import Role
from programs.membership.tabs import tabs_of
from programs.membership.views_guests import edit_guest


@require_safe
def contacts(request: PersonRequest, slug: str) -> HttpResponse:
    program = access.get_program(request.user, slug)
    context = {
        "program": program,
        "contacts": queries.contacts_of(program),
        "tabs": tabs_of("program", request.user, program, "programs:contacts"),
        "may_manage": access.can(request.user, Ability.MANAGE_PROGRAM, program),
    }
    return render(request, "programs/membership/contacts.html", context)


@require_safe
def second_factor(request: PersonRequest) -> HttpResponse:
    """Why a second factor is needed here, and the two ways to one."""
    context = {"programs": access.programs_that_need_a_factor(request.user)}
    return render(request, "programs/membership/second_factor.html", context)


def program_settings(request: PersonRequest, slug: str) -> HttpResponse:
    """Program managers edit; the works council reads."""
    program = access.get_program(request.user, slug, Ability.SEE_CONFIGURATION)
    may_manage = access.can(request.user, Ability.MANAGE_PROGRAM, program)
    if request.method == "POST":
        program.refresh_from_db()  # it was looked up before it was this request's turn
    form = SettingsForm(request.POST or None, program=program)
    status = 200
    if request.method == "POST":
        access.require(request.user, Ability.MANAGE_PROGRAM, program)
        if form.is_valid():
            services.update_program(program, by=request.user, **form.cleaned_data)
            toast(request, _("The settings are saved."))
            return redirect("programs:program_settings", slug)
        status = 422
    invited = list(queries.invitations_of(program)) if may_manage else []
    context = {
        "program": program,
        "form": form,
        "team": queries.team_of(program),
        "guests": queries.guests_of(program),
        "invitations": [each for each in invited if each.role != Role.GUEST],
        "guests_invited": [each for each in invited if each.role == Role.GUEST],
        "tabs": tabs_of("program", request.user, program, "programs:program_settings"),
        "may_manage": may_manage,
    }
    return render(request, "programs/membership/program_settings.html", context, status=status)


@once
def member_new(request: PersonRequest, slug: str) -> HttpResponse:
    program = access.get_program(request.user, slug, Ability.MANAGE_PROGRAM)
    form = MemberForm(request.POST or None, program=program)
    if request.method == "POST" and form.is_valid():
        try:
            team_services.invite(program, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:  # the same words for every address: an account here or elsewhere is nobody's business
            toast(request, _("An email is on its way to %(address)s.") % {"address": form.data.get("email", "")})
            return redirect("programs:program_settings", slug)
    page = FormPage(
        title=_("Invite somebody to the team"),
        lead=_(
            "They get an email and decide for themselves; until they accept the role, nobody sees whether there is an "
            "account. Corporate influencers are invited to a generation instead."
        ),
        submit=_("Invite"),
        up=_above(slug),
    )
    return form_page(request, form, page, program=program)


def member_edit(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    membership = access.get_member(request.user, slug, pk)
    if membership.role == Role.GUEST:
        return edit_guest(request, membership)
    form = ContactForm(request.POST or None, membership=membership)
    if request.method == "POST" and form.is_valid():
        services.mark_contact(membership, by=request.user, **form.cleaned_data)
        toast(request, _("Saved."))
        return redirect("programs:program_settings", slug)
    role = _("Role: %(role)s") % {"role": membership.get_role_display()}
    page = FormPage(title=str(membership.user), lead=role, up=_above(slug))
    return form_page(request, form, page, program=membership.program)


@require_POST
def member_end(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    membership = access.get_member(request.user, slug, pk)
    try:
        services.end_membership(membership, by=request.user)
    except services.LastManager:
        warn(request, _("A program needs a program manager. Give the role to somebody else first, then end this one."))
        return redirect("programs:program_settings", slug)
    if membership.user_id == request.user.pk and not access.can(
        request.user, Ability.SEE_CONFIGURATION, membership.program
    ):
        return redirect("home:start")
    text = _("%(name)s is no longer %(role)s.") % {"name": membership.user, "role": membership.get_role_display()}
    toast(request, text, undo=reverse("programs:member_restore", args=[slug, pk]))
    return redirect("programs:program_settings", slug)


@require_POST
def member_welcome(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Send the link to choose a password once more."""
    membership = access.get_member(request.user, slug, pk)
    try:
        services.welcome_again(membership, by=request.user)
    except ValidationError as error:
        warn(request, error.messages[0])
    else:
        toast(request, _("A new link is on its way to %(name)s.") % {"name": membership.user})
    return redirect("programs:program_settings", slug)


@require_POST
def member_restore(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    membership = access.get_member(request.user, slug, pk)
    try:
        services.resume_membership(membership, by=request.user)
    except ValidationError as error:
        warn(request, error.messages[0])
    else:
        toast(request, _("Everything is as it was."))
    return redirect("programs:program_settings", slug)


def _above(slug: str) -> list[tuple[str, str]]:
    return [(_("Settings and team"), reverse("programs:program_settings", args=[slug]))]
