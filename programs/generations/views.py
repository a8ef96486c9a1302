from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from core.kit.form_pages import FormPage, form_page
from core.kit.returning import go_back
from core.kit.toasts import toast, warn
from core.lists.views import show_list
from core.once.sending import once
from core.people.requests import PersonRequest
from programs.generations import access, invitation_services, lists, pages, queries, roster_services, services
from programs.generations.forms import GenerationForm, LanguageForm, NewGenerationForm, RosterForm
from programs.generations.models import Generation, Invitation
from programs.membership.access import Ability, get_program, roles_by_program
from programs.membership.models import Role
from programs.membership.tabs import tabs_of


def people(request: PersonRequest, slug: str) -> HttpResponse:
    """Every generation with its counts: places, people, invitations, onboarding."""
    program = get_program(request.user, slug, Ability.MANAGE_PEOPLE)
    context = pages.people(program) | {"tabs": tabs_of("people", request.user, program, "programs:people")}
    return render(request, "programs/generations/people.html", context)


@once
def generation_new(request: PersonRequest, slug: str) -> HttpResponse:
    program = get_program(request.user, slug, Ability.MANAGE_PEOPLE)
    led = [each for each, roles in roles_by_program(request.user).items() if Role.MANAGER in roles and each != program]
    form = NewGenerationForm(_posted(request), program=program, led=led, initial=pages.next_generation(program))
    if request.method == "POST" and form.is_valid():
        path_of = form.cleaned_data.get("path_of")
        generation = services.start_generation(form.save(commit=False), by=request.user, path_of=path_of)
        toast(request, _("%(name)s is ready. Now invite the people who will take part.") % {"name": generation.name})
        _point_out_namesake(request, generation)
        return redirect("programs:roster_new", slug, generation.pk)
    page = FormPage(
        title=_("New generation"),
        lead=_("People who start together. They get an onboarding path of their own."),
        submit=_("Create and invite people"),
        up=_above(slug),
    )
    return form_page(request, form, page, program=program)


def generation_detail(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """The people of a generation."""
    generation = access.get_generation(request.user, slug, pk)
    context = pages.generation(generation)
    context["tabs"] = lists.tabs(generation, context["row"], "people")
    of = lists.people(generation, context["progress"], context["goals"])
    rows, there = queries.with_moves(queries.people_in(generation)), context["row"].people
    return show_list(request, of, rows, "programs/generations/generation_detail.html", context, total=there)


def invitations(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """The invitations of a generation that wait for an answer."""
    generation = access.get_generation(request.user, slug, pk)
    context = pages.generation(generation)
    context["tabs"] = lists.tabs(generation, context["row"], "invitations")
    of, rows = lists.invitations(generation), queries.invitations_of(generation)
    return show_list(request, of, rows, "programs/generations/generation_detail.html", context)


@require_POST
def invitations_change(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Send the chosen invitations again, or withdraw them."""
    generation = access.get_generation(request.user, slug, pk)
    chosen = queries.chosen_invitations(generation, request.POST.getlist("pk"))
    here = reverse("programs:invitations", args=[slug, pk])
    if request.POST.get("do") == "revoke":
        for invitation in chosen:
            invitation_services.revoke_invitation(invitation, by=request.user)
        told = ngettext("%(count)s invitation is withdrawn.", "%(count)s invitations are withdrawn.", len(chosen))
        toast(request, told % {"count": len(chosen)}, undo=_renewing(slug, pk, chosen))
        return go_back(request, here)
    sent, refused = 0, ""
    for invitation in chosen:
        try:
            invitation_services.resend_invitation(invitation, by=request.user)
            sent += 1
        except ValidationError as error:
            refused = error.messages[0]
    if refused:
        warn(request, refused)
    if sent or not refused:
        told = ngettext(
            "%(count)s invitation is being sent again.", "%(count)s invitations are being sent again.", sent
        )
        toast(request, told % {"count": sent})
    return go_back(request, here)


@require_POST
def invitations_restore(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Undo of withdrawing one or several."""
    generation = access.get_generation(request.user, slug, pk)
    chosen = queries.withdrawn_invitations(generation, request.GET.get("rows", "").split("-"))
    number = invitation_services.restore_invitations(chosen, by=request.user)
    told = ngettext("%(count)s invitation is valid again.", "%(count)s invitations are valid again.", number)
    toast(request, told % {"count": number})
    return go_back(request, reverse("programs:invitations", args=[slug, pk]))


def _renewing(slug: str, pk: int, invitations: list[Invitation]) -> str:
    rows = "-".join(str(invitation.pk) for invitation in invitations)
    return f"{reverse('programs:invitations_restore', args=[slug, pk])}?rows={rows}"


def _point_out_namesake(request: PersonRequest, generation: Generation) -> None:
    if queries.has_namesake(generation):
        told = _("Another generation has the same name. Change one of the two so that nobody confuses them.")
        warn(request, told)


def generation_edit(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    generation = access.get_generation(request.user, slug, pk)
    form = GenerationForm(_posted(request), program=generation.program, instance=generation)
    if request.method == "POST" and form.is_valid():
        services.change_generation(form.save(commit=False), by=request.user)
        toast(request, _("Saved."))
        _point_out_namesake(request, generation)
        return redirect("programs:generation_detail", slug, pk)
    page = FormPage(title=_("Change %(name)s") % {"name": generation.name}, up=_above(slug, generation))
    return form_page(request, form, page, program=generation.program)


@require_POST
def generation_close(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Close, or with `?undo=1` open again."""
    generation = access.get_generation(request.user, slug, pk)
    if "undo" in request.GET:
        services.reopen_generation(generation, by=request.user)
        toast(request, _("%(name)s is open again.") % {"name": generation.name})
    else:
        services.close_generation(generation, by=request.user)
        undo = reverse("programs:generation_close", args=[slug, pk]) + "?undo=1"
        toast(request, _("%(name)s is closed. Nobody can join any more.") % {"name": generation.name}, undo=undo)
    return redirect("programs:generation_detail", slug, pk)


@once
def roster_new(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Paste addresses or choose a file; the next page shows what becomes of each line."""
    generation = access.get_generation(request.user, slug, pk)
    form = RosterForm(_posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        listed = form.cleaned_data["listed"]
        roster = roster_services.read_roster(generation, listed, source=form.source, by=request.user)
        return redirect("programs:roster_detail", slug, roster.pk)
    context = {"program": generation.program, "generation": generation, "form": form}
    return render(request, "programs/generations/roster_new.html", context, status=_status(form))


def roster_detail(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """The preview: what becomes of each line and why."""
    roster = access.get_roster(request.user, slug, pk)
    if roster.applied_at is not None:
        return redirect("programs:generation_detail", slug, roster.generation_id)
    context = pages.roster(roster)
    context["language_form"] = LanguageForm(initial={"language": request.user.language})
    of = lists.roster(roster.generation, context["counts"])
    return show_list(request, of, roster.lines, "programs/generations/roster_detail.html", context)


@require_POST
def roster_apply(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    roster = access.get_roster(request.user, slug, pk)
    form = LanguageForm(request.POST)
    language = form.cleaned_data["language"] if form.is_valid() else ""
    number = roster_services.apply_roster(roster, by=request.user, language=language)
    if number:
        told = ngettext("%(count)s invitation is on its way.", "%(count)s invitations are on their way.", number)
        toast(request, told % {"count": number})
    else:
        toast(request, _("There was nobody new to invite."))
    return redirect("programs:generation_detail", slug, roster.generation_id)


@require_POST
def invitation_resend(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    invitation = access.get_invitation(request.user, slug, pk)
    try:
        invitation_services.resend_invitation(invitation, by=request.user)
        toast(request, _("The invitation to %(address)s is being sent again.") % {"address": invitation.email})
    except ValidationError as error:
        warn(request, error.messages[0])
    return go_back(request, reverse("programs:invitations", args=[slug, invitation.generation_id]))


@require_POST
def invitation_revoke(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    invitation = access.get_invitation(request.user, slug, pk)
    invitation_services.revoke_invitation(invitation, by=request.user)
    undo = _renewing(slug, invitation.generation_id, [invitation])
    toast(request, _("The invitation to %(address)s is withdrawn.") % {"address": invitation.email}, undo=undo)
    return go_back(request, reverse("programs:invitations", args=[slug, invitation.generation_id]))


def _posted(request: PersonRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _above(slug: str, generation: Generation | None = None) -> list[tuple[str, str]]:
    rows = [(_("People"), reverse("programs:people", args=[slug]))]
    if generation is not None:
        rows.append((generation.name, reverse("programs:generation_detail", args=[slug, generation.pk])))
    return rows


def _status(form: RosterForm) -> int:
    return 422 if form.is_bound and form.errors else 200
