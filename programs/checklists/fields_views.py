"""A program's own fields of its items: defined by who leads it, filled in by who works on an item."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.kit.form_pages import FormPage, form_page
from core.kit.returning import go_back, way_back
from core.kit.toasts import toast, warn
from core.lists.views import show_cell
from core.once.sending import once
from core.people.requests import PersonRequest
from programs.checklists import access, filling, own_fields
from programs.checklists.forms_fields import FieldForm, ValuesForm
from programs.checklists.taking_back import undo_url
from programs.membership.access import Ability, get_program


@require_safe
def item_fields(request: PersonRequest, slug: str) -> HttpResponse:
    program = get_program(request.user, slug, Ability.MANAGE_PROGRAM)
    context = {"program": program, "fields": own_fields.fields_of(program), "most": own_fields.MOST_OWN_FIELDS}
    return render(request, "programs/checklists/item_fields.html", context)


@once
def item_field_new(request: PersonRequest, slug: str) -> HttpResponse:
    program = get_program(request.user, slug, Ability.MANAGE_PROGRAM)
    form = FieldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            field = own_fields.add_field(program, by=request.user, **form.cleaned_data)
        except own_fields.TooManyFields:
            return _too_many(request, slug)
        toast(request, _("The field “%(field)s” is added.") % {"field": field.title})
        return redirect("programs:item_fields", slug)
    page = FormPage(title=_("New field"), submit=_("Add"), up=_up(slug))
    return form_page(request, form, page, program=program)


def item_field_edit(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    field = access.get_item_field(request.user, slug, pk)
    form = FieldForm(request.POST or None, field=field)
    if request.method == "POST" and form.is_valid():
        field = own_fields.edit_field(field, by=request.user, **form.changes())
        toast(request, _("The field “%(field)s” is saved.") % {"field": field.title})
        return redirect("programs:item_fields", slug)
    page = FormPage(title=_("Edit the field"), lead=field.get_kind_display(), up=_up(slug))
    return form_page(request, form, page, program=field.program)


@require_POST
def item_field_delete(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    field = own_fields.delete_field(access.get_item_field(request.user, slug, pk), by=request.user)
    undo = reverse("programs:item_field_restore", args=[slug, pk])
    toast(request, _("The field “%(field)s” is deleted.") % {"field": field.title}, undo=undo)
    return redirect("programs:item_fields", slug)


@require_POST
def item_field_restore(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    field = access.get_item_field(request.user, slug, pk, deleted=True)
    try:
        own_fields.restore_field(field, by=request.user)
    except own_fields.TooManyFields:
        return _too_many(request, slug)
    toast(request, _("The field “%(field)s” is restored, with everything in it.") % {"field": field.title})
    return redirect("programs:item_fields", slug)


def item_values(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """What stands in the own fields of an item; `pk` is the item's."""
    item = access.get_workable_item(request.user, slug, pk)
    form = ValuesForm(
        request.POST if request.method == "POST" else None, item=item, fields=own_fields.fields_of(item.program)
    )
    if request.method == "POST" and form.is_valid():
        batch = filling.fill_items(item.program, [item], values=form.values, by=request.user)
        toast(request, _("“%(item)s” is saved.") % {"item": item.title}, undo=undo_url(request, slug, batch))
        return redirect("programs:item_detail", slug, pk)
    above = reverse("programs:item_detail", args=[slug, pk])
    page = FormPage(title=_("Own fields"), lead=item.title, up=[(item.title, above)])
    return form_page(request, form, page, program=item.program)


def item_own_cell(request: PersonRequest, slug: str, pk: int, key: str) -> HttpResponse:
    """One own field of an item in its place on the list; `pk` is the item's."""
    item, field = access.get_own_field_of_item(request.user, slug, pk, key)
    form = ValuesForm(request.POST if request.method == "POST" else None, item=item, fields=[field])
    form.auto_id = f"own-{pk}-%s"
    above = reverse("programs:checklists", args=[slug])
    if request.method == "POST" and form.is_valid():
        batch = filling.fill_items(item.program, [item], values=form.values, by=request.user)
        toast(request, _("“%(item)s” is saved.") % {"item": item.title}, undo=undo_url(request, slug, batch))
        return go_back(request, above)
    after = way_back(request)
    page = FormPage(
        title=str(field.title),
        lead=item.title,
        up=[(_("Checklists"), after or above)],
        action=f"{request.path}?{urlencode({'next': after})}" if after else "",
    )
    return show_cell(request, form, page, cell=f"{pk}-own-{key}", program=item.program)


def _too_many(request: PersonRequest, slug: str) -> HttpResponse:
    warn(request, _("A program has at most %(most)s fields of its own.") % {"most": own_fields.MOST_OWN_FIELDS})
    return redirect("programs:item_fields", slug)


def _up(slug: str) -> list[tuple[str, str]]:
    return [
        (_("Checklists"), reverse("programs:checklists", args=[slug])),
        (_("Own fields"), reverse("programs:item_fields", args=[slug])),
    ]
