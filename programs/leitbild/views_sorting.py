"""Sorting what came: headings, sentences under them, and what is hidden."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.kit.returning import go_to
from core.kit.toasts import toast, warn
from core.people.requests import PersonRequest
from programs.leitbild import access, pages, services
from programs.leitbild.forms import HeadingForm, PutForm
from programs.leitbild.models import LeitbildWorkshop


@require_safe
def leitbild_sort(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    workshop = access.get_workshop_to_host(request.user, slug, pk)
    context = pages.to_sort(workshop) | {"form": HeadingForm()}
    return render(request, "programs/leitbild/leitbild_sort.html", context)


@require_POST
def leitbild_heading(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """A new one."""
    return _entitled(request, access.get_workshop_to_host(request.user, slug, pk), "")


@require_POST
def leitbild_retitle(request: PersonRequest, slug: str, pk: int, key: str) -> HttpResponse:
    return _entitled(request, access.get_workshop_headed(request.user, slug, pk, key), key)


def _entitled(request: PersonRequest, workshop: LeitbildWorkshop, key: str) -> HttpResponse:
    form = HeadingForm(request.POST)
    if workshop.state not in services.SORTED:
        warn(request, _not_now())
    elif not form.is_valid():
        context = pages.to_sort(workshop) | {"form": HeadingForm() if key else form, "refused": form if key else None}
        context["retitled"] = key
        return render(request, "programs/leitbild/leitbild_sort.html", context, status=422)
    else:
        try:
            services.entitle(workshop, title=form.cleaned_data["title"], key=key, by=request.user)
        except services.NotNow:
            warn(request, _not_now())
        except services.WorkshopIsFull:
            warn(request, _("There are as many headings as fit."))
    return redirect("programs:leitbild_sort", workshop.program.slug, workshop.pk)


@require_POST
def leitbild_unhead(request: PersonRequest, slug: str, pk: int, key: str) -> HttpResponse:
    """A heading goes, its sentences stay; undo restores it."""
    workshop = access.get_workshop_headed(request.user, slug, pk, key, also_removed=True)
    is_removed = request.GET.get("back") != "yes"
    try:
        services.remove_heading(workshop, key=key, is_removed=is_removed, by=request.user)
    except services.NotNow:
        warn(request, _not_now())
    except services.TitleIsTaken:
        warn(request, _("Another heading has these words now. The sentences are without a heading."))
    else:
        if is_removed:
            told = _("The heading is removed. Its sentences are listed without a heading.")
            toast(request, told, undo=f"{request.path}?back=yes")
        else:
            toast(request, _("The heading is restored, with its sentences."))
    return redirect("programs:leitbild_sort", slug, pk)


@require_POST
def leitbild_put(request: PersonRequest, slug: str, pk: int, key: str) -> HttpResponse:
    """A sentence under a heading."""
    workshop = access.get_workshop_with(request.user, slug, pk, key)
    form = PutForm(request.POST, workshop=workshop)
    try:
        if form.is_valid():
            services.put(workshop, key=key, group=form.cleaned_data["group"], by=request.user)
        else:
            warn(request, _("This heading does not exist. The sentence is where it was."))
    except services.NotNow:
        warn(request, _not_now())
    return go_to(f"{reverse('programs:leitbild_sort', args=[slug, pk])}#s-{key}")


@require_POST
def leitbild_hide(request: PersonRequest, slug: str, pk: int, key: str) -> HttpResponse:
    """Undo, or a button below, shows it again."""
    workshop = access.get_workshop_with(request.user, slug, pk, key)
    is_hidden = request.GET.get("back") != "yes"
    try:
        services.hide(workshop, key=key, is_hidden=is_hidden, by=request.user)
    except services.NotNow:
        warn(request, _not_now())
    else:
        if is_hidden:
            toast(request, _("The sentence is hidden."), undo=f"{request.path}?back=yes")
        else:
            toast(request, _("The sentence is shown again."))
    return redirect("programs:leitbild_sort", slug, pk)


def _not_now() -> str:
    return _("The workshop has moved on in the meantime. Nothing was changed.")
