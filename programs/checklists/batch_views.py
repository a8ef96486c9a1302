"""Working on the list: a cell in its place, several items at once, a new one in one line, and all of it taken back."""

from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from core.kit import languages
from core.kit.form_pages import FormPage, form_page
from core.kit.returning import go_back, way_back
from core.kit.toasts import toast, warn
from core.lists.views import show_cell
from core.once.sending import once
from core.people.requests import PersonRequest
from programs.checklists import access, batch_services, filling, gate, own_fields, queries, services, shifting
from programs.checklists.forms import CELLS, BulkForm, QuickForm
from programs.checklists.forms_fields import FillForm
from programs.checklists.models import Item
from programs.checklists.taking_back import undo_url
from programs.membership.access import Ability, get_program
from programs.membership.models import Program
from programs.phases.models import NO_LONGER_FINISHED
from programs.phases.services import PhaseWasRemoved


def item_cell(request: PersonRequest, slug: str, pk: int, name: str) -> HttpResponse:
    """Who, until when or how far: one cell of one item."""
    item = access.get_item(request.user, slug, pk, Ability.MANAGE_PROGRAM)
    program = item.program
    if name not in CELLS:
        raise Http404
    form = CELLS[name](request.POST or None, program=program, item=item, auto_id=f"{name}-{pk}-%s")
    if request.method == "POST" and form.is_valid():
        batch = batch_services.change_items(program, [item], by=request.user, **form.cleaned_data)
        if batch.before:
            toast(request, _("“%(item)s” is saved.") % {"item": item.title}, undo=undo_url(request, slug, batch))
        return go_back(request, _list(slug))
    after = way_back(request)
    page = FormPage(
        title=str(next(iter(form.fields.values())).label),
        lead=item.title,
        up=[(_("Checklists"), after or _list(slug))],
        action=f"{request.path}?{urlencode({'next': after})}" if after else "",
    )
    return show_cell(request, form, page, cell=f"{pk}-{name}", program=program)


@require_POST
def items_change(request: PersonRequest, slug: str) -> HttpResponse:
    """The same for all chosen items. What was wrong with the choice is said; nothing is changed then."""
    program = get_program(request.user, slug, Ability.MANAGE_PROGRAM)
    items = queries.chosen_items(program, request.POST.getlist("pk"))
    own = FillForm.pressed(request.POST, own_fields.fields_of(program))
    form: FillForm | BulkForm = own or BulkForm(request.POST, program=program)
    if not items:
        warn(request, _("Nothing was selected. Please choose items first."))
    elif not form.is_valid():
        warn(request, str(next(iter(form.errors.values()))[0]))
    elif isinstance(form, BulkForm) and form.do == "shift":
        _shift(request, program, items, form)
    else:
        if isinstance(form, FillForm):
            batch = filling.fill_items(program, items, values=form.values, by=request.user)
        else:
            batch = batch_services.change_items(program, items, by=request.user, **form.wanted)
        number = len(batch.before)
        told = ngettext("%(count)s item is changed.", "%(count)s items are changed.", number) % {"count": number}
        toast(request, told, undo=undo_url(request, slug, batch))
    return go_back(request, _list(slug))


def _shift(request: PersonRequest, program: Program, items: list[Item], form: BulkForm) -> None:
    """Says what moved, and why the rest did not."""
    shifted = shifting.shift_items(program, items, distance=form.distance, by=request.user)
    number = len(shifted.batch.before)
    if not number:
        warn(request, shifted.stay)
        return
    told = ngettext("%(count)s item is moved.", "%(count)s items are moved.", number) % {"count": number}
    toast(request, told, more=shifted.stay, undo=undo_url(request, program.slug, shifted.batch))


@require_POST
def batch_undo(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    batch = access.get_batch(request.user, slug, pk)
    try:
        number = gate.take_back(batch, reason=NO_LONGER_FINISHED, by=request.user)
    except gate.DecidedAnew:
        warn(request, _("This phase was finished again since. Only the last decision can be undone."))
        return go_back(request, _list(slug))
    if batch.finished_id:
        toast(request, _("“%(phase)s” is open again.") % {"phase": batch.finished})
        return redirect("programs:phase_detail", slug, batch.finished_id)
    told = ngettext("%(count)s item is as it was.", "%(count)s items are as they were.", number) % {"count": number}
    toast(request, told)
    return go_back(request, _list(slug))


@require_POST
@once
def item_add(request: PersonRequest, slug: str) -> HttpResponse:
    """A new item in one line."""
    program = get_program(request.user, slug, Ability.MANAGE_PROGRAM)
    form = QuickForm(request.POST, program=program)
    if not form.is_valid() and request.htmx:
        warn(request, str(next(iter(form.errors.values()))[0]))
        return go_back(request, _list(slug))
    if not form.is_valid():
        page = FormPage(title=_("New item"), submit=_("Add"), up=[(_("Checklists"), way_back(request) or _list(slug))])
        return form_page(request, form, page, program=program)
    title = {languages.current(): form.cleaned_data["title"]}
    try:
        item = services.add_item(form.cleaned_data["phase"], title=title, by=request.user)
    except PhaseWasRemoved:
        warn(request, _("The phase was removed in the meantime. The item was not added."))
        return go_back(request, _list(slug))
    toast(request, _("“%(item)s” is on the list.") % {"item": item.title})
    return go_back(request, _list(slug))


def _list(slug: str) -> str:
    return reverse("programs:checklists", args=[slug])
