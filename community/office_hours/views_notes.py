"""Notes after an hour: one's own, and what a host may read and write."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.office_hours import access, notes
from community.office_hours.forms_notes import AllowForm, HostNoteForm, HourNoteForm
from core.kit.form_pages import FormPage, form_page
from core.kit.forms import Form
from core.kit.toasts import toast, warn
from core.once.sending import once
from core.people.requests import PersonRequest


@require_safe
def hours_notes(request: PersonRequest, slug: str) -> HttpResponse:
    program = access.get_bookable(request.user, slug)
    context: dict[str, Any] = {"program": program, "notes": notes.notes_of(request.user, program)}
    context |= {"hosts": notes.hosts_for(request.user, program), "today": timezone.localdate()}
    return render(request, "community/office_hours/hours_notes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def hours_note_new(request: PersonRequest, slug: str) -> HttpResponse:
    program = access.get_bookable(request.user, slug)
    hosts = notes.hosts_for(request.user, program)
    form = HourNoteForm(request.POST or None, hosts=hosts, initial={"host": request.GET.get("host", "")})
    if request.method == "POST" and form.is_valid():
        notes.write(program, by=request.user, **form.cleaned_data)
        toast(request, _("Saved."))
        return redirect("community:hours_notes", slug)
    return form_page(request, form, _page(slug, _("Write a note")))


@require_http_methods(["GET", "HEAD", "POST"])
def hours_note_edit(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    note = access.get_own_note(request.user, slug, pk)
    initial = {"text": note.text, "host": note.host_id, "shared_until": note.shared_until, "follow_up": note.follow_up}
    hosts = notes.hosts_for(request.user, note.program, of=note.host)
    form = HourNoteForm(request.POST or None, initial=initial, hosts=hosts)
    if note.is_by_host:
        for name in ("text", "host", "shared_until"):
            form.fields[name].disabled = True
    if request.method == "POST" and form.is_valid():
        notes.change(note, **form.cleaned_data)
        toast(request, _("Saved."))
        return redirect("community:hours_notes", slug)
    return form_page(request, form, _page(slug, _("Change the note")))


@require_http_methods(["GET", "HEAD", "POST"])
def hours_note_remove(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Asks first: a note that is gone is gone for everybody."""
    note = access.get_own_note(request.user, slug, pk)
    form = Form(request.POST or None)
    if request.method == "POST":
        notes.delete_note(note)
        toast(request, _("The note is deleted."))
        return redirect("community:hours_notes", slug)
    page = FormPage(
        title=_("Delete the note"), up=_up(slug), submit=_("Delete"),
        lead=_("It is deleted for you and everybody you shared it with, and cannot be restored."),
    )  # fmt: skip
    return form_page(request, form, page)


@require_POST
def hours_notes_allow(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """A host may keep notes, or may no more. The button says which: pressed twice, or on a page of yesterday, "No
    longer" never allows anything."""
    host = access.get_host_of_notes(request.user, slug, pk)
    form = AllowForm(request.POST if "allow" in request.POST else request.GET)
    allows = form.is_valid() and form.cleaned_data["allow"] == "yes"
    undo = reverse("community:hours_notes_allow", args=[slug, pk]) + f"?allow={'no' if allows else 'yes'}"
    if not allows:
        notes.allow_no_more(host, by=request.user)
        toast(
            request, _("From now on, %(name)s can neither read nor write notes about you.") % {"name": host}, undo=undo
        )
    else:
        notes.allow(host, by=request.user)
        toast(
            request, _("%(name)s may now keep notes. You can read every one of them here.") % {"name": host}, undo=undo
        )
    return redirect("community:hours_notes", slug)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def booking_notes(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """For the host of an hour: what the person shares, and own notes if the person agreed."""
    booking = access.get_hosted_booking(request.user, slug, pk)
    host, person = booking.slot.host, booking.person
    allowed = notes.is_allowed(host, person)
    form = HostNoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            notes.write_as_host(host, about=person, **form.cleaned_data)
        except notes.NotAllowed:
            warn(request, _("%(name)s has not agreed to notes, or has withdrawn their agreement. Nothing was saved.")
                 % {"name": person})  # fmt: skip
        else:
            toast(request, _("Saved."))
        return redirect("community:booking_notes", slug, pk)
    context: dict[str, Any] = {"program": booking.program, "booking": booking, "person": person, "form": form}
    context |= {"allowed": allowed, "notes": list(notes.readable_by(host, person))}
    status = 422 if form.errors else 200
    return render(request, "community/office_hours/booking_notes.html", context, status=status)


def _up(slug: str) -> list[tuple[str, str]]:
    hours = reverse("community:office_hours", args=[slug])
    return [(_("Office hours"), hours), (_("My notes"), reverse("community:hours_notes", args=[slug]))]


def _page(slug: str, title: str) -> FormPage:
    shield = _("It belongs to you. Only people you choose can read it, and only while you share it.")
    return FormPage(title=title, up=_up(slug), shield=shield)
