"""Changing a template of one's own. Each saving is a version, and undo is the version before."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.kit.toasts import toast, warn
from core.people.requests import PersonRequest
from programs.library import access, comparing, editing, forms_edit, services, shape
from programs.library.models import PlanTemplate
from programs.library.shape import Content
from programs.membership.access import Ability, get_program


def template_edit(request: PersonRequest, slug: str, ref: str) -> HttpResponse:
    row = access.get_own_template(request.user, slug, ref)
    content = services.latest(row)
    initial = {name: content[name] for name in ("name", "about", "attribution", "licence", "source")}
    form = forms_edit.HeadForm(request.POST or None, initial=initial | {"based_on": row.version})
    if request.method == "POST" and form.is_valid():
        new = form.changed(content)
        if _revised(request, slug, row, new, form.cleaned_data["based_on"]):
            return redirect("programs:template_detail", slug, ref)
        return _edit_page(request, slug, row, form, status=409)
    return _edit_page(request, slug, row, form)


def template_phase(request: PersonRequest, slug: str, ref: str, number: int) -> HttpResponse:
    """A phase with its items; the number behind the last one is a new phase."""
    row = access.get_own_template(request.user, slug, ref)
    content = services.latest(row)
    if not 1 <= number <= min(len(content["phases"]) + 1, shape.MOST_PHASES):
        raise Http404
    if request.method == "POST":  # another phase may have been removed in the meantime
        number = editing.place_of(content, request.POST.get("key", ""))
    part = content["phases"][number - 1] if number <= len(content["phases"]) else None
    initial = {
        "name": part["name"] if part else {},
        "aim": part["aim"] if part else {},
        "first_week": (part["offset_weeks"] if part else _last_week(content)) + 1,
        "weeks": part["weeks"] if part else 4,
        "based_on": row.version,
        "key": part["key"] if part else "",
    }
    moved = forms_edit.moved_rows(request.POST)
    form = forms_edit.PartForm(moved or request.POST or None, initial=initial)
    rows = forms_edit.item_rows(moved or request.POST or None, part)
    status = 200
    if request.method == "POST" and moved is None:
        status = 422
        if form.is_valid() and rows.is_valid():
            said = [each.cleaned_data for each in rows]
            new = editing.with_part(content, number, form.cleaned_data, said)
            if _revised(request, slug, row, new, form.cleaned_data["based_on"]):
                return redirect("programs:template_detail", slug, ref)
            status = 409
    more = {"rows": rows, "number": number, "is_new": part is None, "is_only": len(content["phases"]) == 1}
    return _edit_page(request, slug, row, form, status=status, template="template_phase", **more)


@require_POST
def template_phase_delete(request: PersonRequest, slug: str, ref: str, number: int) -> HttpResponse:
    row = access.get_own_template(request.user, slug, ref)
    content = services.latest(row)
    if "key" in request.POST:  # a second click, or another phase that was removed before: its number is another's now
        number = editing.place_of(content, request.POST["key"])
    if len(content["phases"]) > 1 and 1 <= number <= len(content["phases"]):
        _revised(request, slug, row, editing.without_part(content, number), row.version)
    return redirect("programs:template_detail", slug, ref)


@require_POST
def template_version_restore(request: PersonRequest, slug: str, ref: str, number: int) -> HttpResponse:
    """What an earlier version said becomes the next one; nothing in between is lost. Who does not say which version was
    read overwrites none."""
    version = access.get_version(request.user, slug, ref, number)
    row = access.get_own_template(request.user, slug, ref)
    seen = request.POST.get("based_on") or request.GET.get("based_on", "")
    based_on = int(seen) if seen.isdecimal() and len(seen) < 10 else -1
    try:
        services.revise(row, version.content, based_on=based_on, by=request.user)
    except services.VersionMoved:
        warn(
            request, _("Somebody else has changed the template since. Nothing was undone; look at the versions first.")
        )
        return redirect("programs:template_versions", slug, ref)
    toast(request, _("The template is as it was in version %(number)s.") % {"number": number})
    return redirect("programs:template_detail", slug, ref)


def _last_week(content: Content) -> int:
    end: int = max(phase["offset_weeks"] + phase["weeks"] for phase in content["phases"])
    return min(end, shape.MOST_WEEKS - 1)


def _revised(request: PersonRequest, slug: str, row: PlanTemplate, content: Content, based_on: int) -> bool:
    try:
        now = services.revise(row, content, based_on=based_on, by=request.user)
    except services.VersionMoved:
        warn(
            request,
            _("Somebody else changed the template. Your input is kept; compare, then save again."),
        )
        return False
    if now.version != based_on:
        undo = reverse("programs:template_version_restore", args=[slug, row.ref, based_on]) + f"?based_on={now.version}"
        toast(request, _("Saved as version %(number)s.") % {"number": now.version}, undo=undo)
    return True


def _edit_page(
    request: PersonRequest,
    slug: str,
    row: PlanTemplate,
    form: Any,
    *,
    status: int = 200,
    template: str = "",
    **more: Any,
) -> HttpResponse:
    """After a conflict with what the other one changed; sending it again then saves on top of that."""
    context = {"program": get_program(request.user, slug, Ability.MANAGE_PROGRAM), "row": row, "form": form, **more}
    if status == 409:
        seen = form.cleaned_data["based_on"]
        context["changes"] = comparing.compare(services.content_at(row, seen), services.latest(row))
        form.data = {**form.data.dict(), "based_on": row.version}
    name = template or "template_edit"
    return render(request, f"programs/library/{name}.html", context, status=422 if form.errors else status)
