"""Tables, rounds, cards and the file, for who plans the event."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.events.models import Event
from community.world_cafe import access, cafe_page, services, write_up
from community.world_cafe.forms import CafeRoundsForm, CafeTableForm
from community.world_cafe.models import MOST_TABLES
from community.world_cafe.views import above
from core.kit.downloads import as_file
from core.kit.form_pages import FormPage, form_page
from core.kit.forms import Form
from core.kit.toasts import toast, warn
from core.once.sending import once
from core.people.requests import PersonRequest


def cafe_setup(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    event = access.get_cafe_to_host(request.user, slug, pk)
    form = _rounds(event, request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        services.arrange(event, by=request.user, **form.cleaned_data)
        toast(request, _("Saved."))
        return redirect("community:cafe_setup", slug, pk)
    return _page(request, event, rounds=form)


def _rounds(event: Event, sent: Any = None) -> CafeRoundsForm:
    cafe = cafe_page.cafe_of(event)
    return CafeRoundsForm(sent, initial={"rounds": cafe.rounds, "guests": cafe.guests})


def _page(
    request: PersonRequest, event: Event, *, table: Form | None = None, rounds: Form | None = None
) -> HttpResponse:
    context: dict[str, Any] = cafe_page.of(event, request.user) | {
        "table_form": table or CafeTableForm(event=event),
        "rounds_form": rounds or _rounds(event),
    }
    has_errors = bool((table and table.errors) or (rounds and rounds.errors))
    return render(request, "community/world_cafe/cafe_setup.html", context, status=422 if has_errors else 200)


@require_POST
@once
def cafe_table_new(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    event = access.get_cafe_to_host(request.user, slug, pk)
    form = CafeTableForm(request.POST, event=event)
    if form.is_valid():
        try:
            services.add_table(event, by=request.user, **form.cleaned_data)
        except services.CafeFullError:
            form.add_error(None, too_many())
        else:
            return redirect("community:cafe_setup", slug, pk)
    return _page(request, event, table=form)


def too_many() -> str:
    return _("A World Café has at most %(most)s tables.") % {"most": MOST_TABLES}


def cafe_table_edit(request: PersonRequest, slug: str, pk: int, number: int) -> HttpResponse:
    table = access.get_table_to_arrange(request.user, slug, pk, number)
    said = {"question": table.question, "host": table.host_id}
    form = CafeTableForm(request.POST or None, initial=said, event=table.event)
    if request.method == "POST" and form.is_valid():
        services.edit_table(table, by=request.user, **form.cleaned_data)
        toast(request, _("Saved."))
        return redirect("community:cafe_setup", slug, pk)
    setup = (_("Tables and rounds"), reverse("community:cafe_setup", args=[slug, pk]))
    page = FormPage(title=_("Change the table"), up=[*above(table.event, slug), setup])
    return form_page(request, form, page, program=table.event.milestone.program)


@require_POST
def cafe_table_remove(request: PersonRequest, slug: str, pk: int, number: int) -> HttpResponse:
    """Undo brings it back with its notes."""
    table = access.get_table_to_arrange(request.user, slug, pk, number, also_removed=True)
    if request.GET.get("back") == "yes":
        try:
            services.restore_table(table, by=request.user)
        except services.CafeFullError:
            warn(request, too_many())
        else:
            toast(request, _("The table is back, with its notes."))
    else:
        services.remove_table(table, by=request.user)
        toast(request, _("The table and its notes are removed."), undo=f"{request.path}?back=yes")
    return redirect("community:cafe_setup", slug, pk)


@require_safe
def cafe_cards(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Numbered cards for the rounds and a sheet for each table, to print."""
    event = access.get_cafe_to_host(request.user, slug, pk)
    context = cafe_page.of(event, request.user) | {"cards": cafe_page.cards_of(event)}
    return render(request, "community/world_cafe/cafe_cards.html", context)


@require_safe
def cafe_file(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    event = access.get_cafe_to_host(request.user, slug, pk)
    response = HttpResponse(cafe_page.markdown(event, request.user), content_type="text/markdown; charset=utf-8")
    return as_file(response, f"{event.milestone.title}.md")


@require_POST
def cafe_to_handbook(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """The notes as a draft in the handbook. The second press leads to what the first one made."""
    event = access.get_cafe_to_write_up(request.user, slug, pk)
    try:
        page, is_new = write_up.to_handbook(event, by=request.user)
    except write_up.NothingNotedError:
        warn(request, _("There are no notes yet."))
    except write_up.NotesTooLongError:
        warn(request, _("There are more notes than a handbook page can hold. Please save them as a Markdown file."))
    else:
        if is_new:
            undo = reverse("programs:handbook_page_delete", args=[slug, page.pk])
            toast(request, _("The notes are a draft in the handbook. Publish it when it is ready."), undo=undo)
        return redirect("programs:handbook_page", slug, page.pk)
    return redirect("community:cafe", slug, pk)
