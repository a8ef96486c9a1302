"""Pages of the handbook that guests of the program read."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.kit.toasts import toast
from core.people.requests import PersonRequest
from programs.handbook import access, pages, services


@require_safe
def handbook_for_guests(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """The text alone: no tree, no names, no comments. Everybody in the program may look what guests see."""
    page = access.get_page_for_guests(request.user, slug, pk)
    return render(request, "programs/handbook/handbook_for_guests.html", pages.reading_as_guest(page))


@require_POST
def handbook_show_guests(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    page = access.get_page_to_share(request.user, slug, pk)
    was_shown = page.is_for_guests
    services.show_to_guests(page, on=True, by=request.user)
    undo = "" if was_shown else reverse("programs:handbook_hide_guests", args=[slug, pk])
    said = (
        _("Guests of the program can now read “%(title)s”. It still waits for its approval.")
        if page.approved_through and not page.is_approved
        else _("Guests of the program can now read “%(title)s”.")
    )
    toast(request, said % {"title": page.title}, undo=undo)
    return redirect("programs:handbook_page", slug, pk)


@require_POST
def handbook_hide_guests(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    page = access.get_page_to_share(request.user, slug, pk)
    services.show_to_guests(page, on=False, by=request.user)
    undo = reverse("programs:handbook_show_guests", args=[slug, pk])
    toast(request, _("Guests can no longer read “%(title)s”.") % {"title": page.title}, undo=undo)
    return redirect("programs:handbook_page", slug, pk)
