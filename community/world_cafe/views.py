"""The tables for who is invited: read what was said, and note down more."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.events.models import Event
from community.world_cafe import access, cafe_page, services
from community.world_cafe.forms import CafeNoteForm, CafeSeenForm
from core.kit.form_pages import FormPage, form_page
from core.kit.returning import go_to
from core.kit.toasts import toast
from core.once.sending import once
from core.people.requests import PersonRequest


@require_safe
def cafe(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    event = access.get_cafe(request.user, slug, pk)
    return render(request, "community/world_cafe/cafe.html", cafe_page.of(event, request.user))


@require_safe
def cafe_live(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """What others wrote, on an open page; nothing where nothing has changed."""
    event = access.get_cafe(request.user, slug, pk)
    form = CafeSeenForm(request.GET)
    context = cafe_page.of(event, request.user)
    if form.is_valid() and form.cleaned_data["seen"] == context["version"]:
        return HttpResponse(status=204)
    return render(request, "community/world_cafe/_tables.html", context)


def above(event: Event, slug: str) -> list[tuple[str, str]]:
    return [
        (_("Events"), reverse("community:events", args=[slug])),
        (str(event.milestone.title), reverse("community:cafe", args=[slug, event.pk])),
    ]


@once
def cafe_note_new(request: PersonRequest, slug: str, pk: int, number: int) -> HttpResponse:
    """A page of its own, large on the phone; after each note the form is there again for the next."""
    table = access.get_table(request.user, slug, pk, number)
    form = CafeNoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            note = services.write_note(table, by=request.user, **form.cleaned_data)
        except services.TablesClosedError:
            form.add_error(None, _("Notes are possible from the announcement until a day after the event."))
        except services.CafeFullError:
            form.add_error(None, _("There is no room for more notes."))
        else:
            undo = reverse("community:cafe_note_remove", args=[slug, pk, note.pk])
            toast(request, _("Saved. Add another note if you like."), undo=undo)
            return redirect("community:cafe_note_new", slug, pk, number)
    page = FormPage(
        title=table.question,
        lead=_("One thought per note: several people can write at once."),
        up=above(table.event, slug),
        submit=_("Note it down"),
        shield=_(
            "Everybody invited reads the notes, and people who write the handbook can copy them to a page there, "
            "always without names. You can remove your own here."
        ),
    )
    return form_page(request, form, page, program=table.event.milestone.program)


@require_POST
def cafe_note_remove(request: PersonRequest, slug: str, pk: int, number: int) -> HttpResponse:
    """One's own, or any by a host; undo brings it back."""
    here = reverse("community:cafe", args=[slug, pk])
    if request.GET.get("back") == "yes":
        note = access.get_note_to_bring_back(request.user, slug, pk, number)
        services.restore_note(note)
        toast(request, _("The note is back."))
    else:
        note = access.get_note_to_remove(request.user, slug, pk, number)
        services.remove_note(note, by=request.user)
        undo = reverse("community:cafe_note_remove", args=[slug, pk, number]) + "?back=yes"
        toast(request, _("The note is removed."), undo=undo)
    return go_to(f"{here}#table-{note.table_id}")
