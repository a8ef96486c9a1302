from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.kit.exports import FORMATS, download
from core.kit.form_pages import FormPage, form_page
from core.kit.returning import go_to, way_back
from core.kit.toasts import toast
from core.lists import access, queries, services
from core.lists.declared import ListOf, Rows
from core.lists.forms import ViewForm
from core.lists.listing import Listing
from core.people.requests import PersonRequest


def show_list(
    request: PersonRequest,
    of: ListOf,
    rows: Rows,
    template: str,
    context: dict[str, Any],
    status: int = 200,
    total: int | None = None,
) -> HttpResponse:
    """A page with a declared list. An address with more in it than needed becomes the short one; `?format=csv` is the
    file, where the list has one. `total`: how many rows there are in all, where the page has counted them already."""
    listing = Listing(of, request.GET, rows, path=request.path, total=total)
    kind = request.GET.get("format")
    if of.name and kind in FORMATS:
        return download(listing.table(), kind)
    says_something = request.GET.keys() & {"q", "sort", "page", *listing.chosen}
    if says_something and not request.htmx and sorted(parse_qsl(listing.query())) != sorted(request.GET.items()):
        return go_to(listing.here)
    views = queries.views_of(request.user, request.path) if of.is_savable else []
    response = render(request, template, context | {"list": listing, "views": views}, status=status)
    if request.htmx and not (request.htmx.current_url or "").endswith(listing.here):
        response["HX-Push-Url"] = listing.here  # going back leads to what was chosen before
    return response


def show_cell(request: PersonRequest, form: BaseForm, page: FormPage, *, cell: str, **context: Any) -> HttpResponse:
    """One cell of a row as a form: in its place, or as a page of its own without scripts. `cell`: its id."""
    if not request.htmx:
        return form_page(request, form, page, **context)
    context |= {"form": form, "page": page, "cell": cell, "next": way_back(request)}
    response = render(request, "lists/_cell_form.html", context, status=422 if form.errors else 200)
    if form.errors:
        response["HX-Retarget"], response["HX-Reswap"] = f"#cell-{cell}", "innerHTML"
        response["HX-Reselect"] = f"#cellform-{cell}"
    return response


@require_POST
def view_save(request: PersonRequest) -> HttpResponse:
    """Keep the filters of a list under a name; with the values in the address it brings a deleted one back."""
    form = ViewForm({**request.GET.dict(), **request.POST.dict()})
    if not form.is_valid():
        page = FormPage(title=_("Save this view"), up=[(_("Home"), "/")], submit=_("Save the view"))
        return form_page(request, form, page)
    view = services.save_view(request.user, **form.cleaned_data)
    toast(request, _("The view “%(name)s” is saved, just for you.") % {"name": view.name})
    return go_to(view.url)


@require_POST
def view_delete(request: PersonRequest, pk: int) -> HttpResponse:
    view = access.get_view(request.user, pk)
    services.delete_view(view)
    again = urlencode({"path": view.path, "query": view.query, "name": view.name})
    undo = f"{reverse('lists:view_save')}?{again}"
    toast(request, _("The view “%(name)s” is deleted.") % {"name": view.name}, undo=undo)
    return go_to(view.path)
