from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.kit.form_pages import FormPage, form_page
from core.kit.toasts import toast
from core.once.sending import once
from core.people.requests import PersonRequest
from programs.membership.access import Ability, get_program
from programs.membership.tabs import tabs_of
from programs.support import access, queries, services
from programs.support.forms import HelperForm


@require_safe
def help_now(request: PersonRequest, slug: str) -> HttpResponse:
    """The crisis button leads here: one call, what to do now, what one can say. It works without scripts."""
    program = get_program(request.user, slug)
    return render(request, "programs/support/help_now.html", queries.help_page(request.user, program))


@require_safe
def support(request: PersonRequest, slug: str) -> HttpResponse:
    """Who helps with what, and who can be reached now."""
    program = get_program(request.user, slug)
    context = queries.support_page(request.user, program)
    context["tabs"] = tabs_of("program", request.user, program, "programs:support")
    return render(request, "programs/support/support.html", context)


@once
def helper_new(request: PersonRequest, slug: str) -> HttpResponse:
    program = get_program(request.user, slug, Ability.MANAGE_PROGRAM)
    form = HelperForm(request.POST if request.method == "POST" else None, program=program)
    if request.method == "POST" and form.is_valid():
        services.add_helper(program, by=request.user, **form.cleaned_data)
        return redirect("programs:support", slug)
    return form_page(request, form, FormPage(title=_("Add somebody who helps"), up=_up(slug)), program=program)


def helper_edit(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    helper = access.get_helper(request.user, slug, pk, deleted=False)
    form = HelperForm(request.POST if request.method == "POST" else None, program=helper.program, helper=helper)
    if request.method == "POST" and form.is_valid():
        services.change_helper(helper, by=request.user, **form.cleaned_data)
        toast(request, _("Saved."))
        return redirect("programs:support", slug)
    return form_page(request, form, FormPage(title=helper.name, up=_up(slug)), program=helper.program)


@require_POST
def helper_delete(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    helper = access.get_helper(request.user, slug, pk)
    services.delete_helper(helper, by=request.user)
    undo = reverse("programs:helper_restore", args=[slug, pk])
    toast(request, _("%(name)s is removed from the list.") % {"name": helper.name}, undo=undo)
    return redirect("programs:support", slug)


@require_POST
def helper_restore(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    services.restore_helper(access.get_helper(request.user, slug, pk), by=request.user)
    return redirect("programs:support", slug)


def _up(slug: str) -> list[tuple[str, str]]:
    return [(_("Who helps when"), reverse("programs:support", args=[slug]))]
