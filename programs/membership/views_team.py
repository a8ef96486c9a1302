"""Invitations to the team: the page behind the link of the mail, the second yes, and taking one back."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.kit import limits
from core.kit.returning import with_way_back
from core.kit.toasts import toast, warn
from core.people import queries
from core.people.forms import WelcomeForm
from core.people.requests import PersonRequest
from core.people.services import HasBegun
from core.people.signing_in import sign_in
from programs.membership import access, team_letters, team_services
from programs.membership.models import Role
from programs.membership.words import about

LOOKS_A_MINUTE = 60


@login_not_required
def team_invitation(request: PersonRequest, token: str) -> HttpResponse:
    """Take a role in the team, or not. Saying no changes nothing anywhere: until the invitation ends, this page lets
    one think again."""
    within = limits.is_within(f"team:{limits.address_of(request)}", LOOKS_A_MINUTE, 60)
    invitation = team_letters.invitation_of(token) if within else None
    if invitation is None or not invitation.is_open:
        return render(request, "programs/membership/team_over.html", status=410)
    person = queries.person_at(invitation.email)
    is_new = person is None or not person.has_begun
    form = WelcomeForm(request.POST or None, initial={"name": invitation.name}) if is_new else None
    context = {
        "invitation": invitation,
        "program": invitation.program,
        "role_about": about(invitation.role),
        "is_guest": invitation.role == Role.GUEST,
        "access_ends": team_letters.access_ends(invitation) if invitation.until_on else "",
        "form": form,
        "is_me": request.user.is_authenticated and request.user == person,
        "is_other": request.user.is_authenticated and request.user != person,
        "sign_in_url": with_way_back(reverse("account_login"), request.path),
    }
    if request.method == "POST" and request.POST.get("answer") == "decline":
        return render(request, "programs/membership/team_declined.html", context)
    if request.method == "POST" and not context["is_other"]:
        home = reverse("home:program", args=[invitation.program.slug])
        try:
            if form and form.is_valid():
                values = {name: form.cleaned_data[name] for name in ("name", "password")}
                return sign_in(request, team_services.accept_as_new_person(invitation, **values), then=home)
            if context["is_me"]:
                team_services.accept(invitation, user=request.user)
                toast(request, _("Welcome.") if context["is_guest"] else _("Welcome to the team."))
                return redirect("home:program", invitation.program.slug)
        except ValidationError as error:
            context["problem"] = error.messages[0]
        except (team_services.TeamInvitationIsOver, HasBegun):
            return render(request, "programs/membership/team_over.html", status=410)
    status = 422 if request.method == "POST" else 200
    return render(request, "programs/membership/team_invitation.html", context, status=status)


def team_agree(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """The second yes to a works council role, by somebody else than who invited."""
    invitation = access.get_waiting_invitation(request.user, slug, pk)
    if request.method == "POST":
        try:
            team_services.agree(invitation, by=request.user)
        except ValidationError as error:
            warn(request, error.messages[0])
        except team_services.TeamInvitationIsOver:
            warn(request, _("This invitation was withdrawn in the meantime, or it has expired."))
        else:
            toast(request, _("An email is on its way to %(address)s.") % {"address": invitation.email})
        return redirect("home:start")
    context = {"invitation": invitation, "program": invitation.program}
    return render(request, "programs/membership/team_agree.html", context)


@require_POST
def team_withdraw(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    invitation = access.get_team_invitation(request.user, slug, pk)
    team_services.withdraw(invitation, by=request.user)
    undo = reverse("programs:team_restore", args=[slug, pk])
    toast(request, _("The invitation to %(address)s has been withdrawn.") % {"address": invitation.email}, undo=undo)
    return redirect("programs:program_settings", slug)


@require_POST
def team_restore(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    team_services.restore(access.get_team_invitation(request.user, slug, pk), by=request.user)
    toast(request, _("Everything is as it was."))
    return redirect("programs:program_settings", slug)
