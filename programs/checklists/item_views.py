"""One item: read it, tick it, say that it does not apply, change it, prove it."""

from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.attachments import files
from core.comments.thread import thread_on
from core.kit.form_pages import FormPage, form_page
from core.kit.returning import go_back, way_back, with_way_back
from core.kit.toasts import toast, warn
from core.once.sending import once
from core.people.requests import PersonRequest
from programs.checklists import access, asking, own_fields, queries, rows, services, things
from programs.checklists.forms import EvidenceForm, ItemForm, NotApplicableForm, ScoreForm
from programs.checklists.history import history_of
from programs.checklists.models import ItemState
from programs.consents.models import today_in
from programs.membership.access import Ability, can
from programs.phases.access import get_phase
from programs.phases.services import PhaseWasRemoved


def item_detail(
    request: PersonRequest,
    slug: str,
    pk: int,
    *,
    form: EvidenceForm | None = None,
    score_form: ScoreForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Everybody in the program reads the item; its evidence is for those who work on it."""
    item = access.get_item(request.user, slug, pk)
    program = item.program
    may_work = access.can_work_on(request.user, program, item)
    is_team = can(request.user, Ability.WORK_ON_CHECKLISTS, program)
    evidence = queries.evidence_of(item) if may_work else []
    found = things.looked_up(request.user, program, evidence)
    context = {
        "program": program,
        "item": item,
        "row": rows.row(item, request.user, program, on=today_in(program)),
        "proofs": [(each, rows.proof(each, program, found)) for each in evidence],
        "form": (form or EvidenceForm(offered=things.offered(request.user, program))) if may_work else None,
        "own": own_fields.shown_of(item, own_fields.fields_known(program)),
        "again": asking.asked_again(item, was_asked=score_form is not None),
        "score_form": score_form or ScoreForm(auto_id="score_%s"),
        "comments": thread_on(request.user, "item", pk) if is_team else None,
        "history": history_of(item) if is_team else [],
        "may_work": may_work,
        "may_manage": can(request.user, Ability.MANAGE_PROGRAM, program),
        "here": reverse("programs:item_detail", args=[slug, pk]),
    }
    return render(request, "programs/checklists/item_detail.html", context, status=status)


@require_POST
def item_tick(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    item = services.tick_item(access.get_workable_item(request.user, slug, pk), by=request.user)
    toast(request, _("“%(item)s” is done.") % {"item": item.title}, undo=_undo(request, "item_untick", slug, pk))
    return go_back(request, _page(slug, item.phase_id))


@require_POST
def item_untick(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Done or not applicable becomes open again."""
    item = access.get_workable_item(request.user, slug, pk)
    was_done = item.state == ItemState.DONE
    item = services.reopen_item(item, by=request.user)
    undo = _undo(request, "item_tick", slug, pk) if was_done else ""
    toast(request, _("“%(item)s” is open again.") % {"item": item.title}, undo=undo)
    return go_back(request, _page(slug, item.phase_id))


def item_na(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    item = access.get_item(request.user, slug, pk, Ability.MANAGE_PROGRAM)
    form = NotApplicableForm(request.POST or None, item=item)
    if request.method == "POST" and form.is_valid():
        services.mark_not_applicable(item, reason=form.cleaned_data["reason"], by=request.user)
        undo = _undo(request, "item_untick", slug, pk)
        toast(request, _("“%(item)s” does not apply.") % {"item": item.title}, undo=undo)
        return go_back(request, _page(slug, item.phase_id))
    after = way_back(request)
    page = FormPage(
        title=_("Not applicable"),
        lead=item.title,
        up=[
            (item.phase.title, _page(slug, item.phase_id)),
            (item.title, reverse("programs:item_detail", args=[slug, pk])),
        ],
        action=f"{request.path}?{urlencode({'next': after})}" if after else "",
    )
    return form_page(request, form, page, program=item.program)


@once
def item_new(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """`pk` is the phase's."""
    phase = get_phase(request.user, slug, pk)
    form = ItemForm(request.POST or None, program=phase.program)
    if request.method == "POST" and form.is_valid():
        try:
            item = services.add_item(phase, by=request.user, **form.cleaned_data)
        except PhaseWasRemoved:
            warn(request, _("The phase was removed in the meantime. The item was not added."))
            return redirect("programs:timeline", slug)
        toast(request, _("“%(item)s” is on the list.") % {"item": item.title})
        return redirect("programs:phase_detail", slug, pk)
    page = FormPage(title=_("New item"), lead=phase.title, submit=_("Add"), up=[(phase.title, _page(slug, pk))])
    return form_page(request, form, page, program=phase.program)


def item_edit(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    item = access.get_item(request.user, slug, pk, Ability.MANAGE_PROGRAM)
    form = ItemForm(request.POST or None, program=item.program, item=item)
    if request.method == "POST" and form.is_valid():
        services.edit_item(item, by=request.user, **form.cleaned_data)
        toast(request, _("“%(item)s” is saved.") % {"item": item.title})
        return redirect("programs:item_detail", slug, pk)
    above = reverse("programs:item_detail", args=[slug, pk])
    page = FormPage(title=_("Edit the item"), lead=item.title, up=[(item.title, above)])
    return form_page(request, form, page, program=item.program)


@require_POST
def item_delete(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    item = access.get_item(request.user, slug, pk, Ability.MANAGE_PROGRAM)
    item = services.delete_item(item, by=request.user)
    undo = reverse("programs:item_restore", args=[slug, pk])
    toast(request, _("“%(item)s” is deleted.") % {"item": item.title}, undo=undo)
    return redirect("programs:phase_detail", slug, item.phase_id)


@require_POST
def item_restore(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    item = services.restore_item(access.get_deleted_item(request.user, slug, pk), by=request.user)
    toast(request, _("“%(item)s” is restored.") % {"item": item.title})
    return redirect("programs:phase_detail", slug, item.phase_id)


@require_POST
@once
def evidence_add(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """`pk` is the item's."""
    item = access.get_workable_item(request.user, slug, pk)
    form = EvidenceForm(request.POST, request.FILES, offered=things.offered(request.user, item.program))
    if not form.is_valid():
        return item_detail(request, slug, pk, form=form, status=422)
    try:
        services.add_evidence(item, by=request.user, **form.cleaned_data)
    except ValidationError as full:
        form.add_error("file", full)
        return item_detail(request, slug, pk, form=form, status=422)
    toast(request, _("The evidence is added."))
    return redirect("programs:item_detail", slug, pk)


@require_safe
def evidence_file(request: PersonRequest, slug: str, pk: int) -> FileResponse:
    """Always a download, never shown by the browser: what was uploaded cannot act in our name."""
    evidence = access.get_evidence(request.user, slug, pk)
    if evidence.attachment is None:
        raise Http404
    return files.response(evidence.attachment)


@require_POST
def evidence_delete(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    evidence = services.delete_evidence(access.get_evidence(request.user, slug, pk), by=request.user)
    toast(request, _("The evidence is deleted."), undo=reverse("programs:evidence_restore", args=[slug, pk]))
    return redirect("programs:item_detail", slug, evidence.item_id)


@require_POST
def evidence_restore(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    evidence = access.get_evidence(request.user, slug, pk, deleted=True)
    services.restore_evidence(evidence, by=request.user)
    toast(request, _("The evidence is restored."))
    return redirect("programs:item_detail", slug, evidence.item_id)


def _page(slug: str, phase_id: int) -> str:
    return reverse("programs:phase_detail", args=[slug, phase_id])


def _undo(request: PersonRequest, name: str, slug: str, pk: int) -> str:
    """The address that takes it back and leads to the page somebody is on."""
    return with_way_back(reverse(f"programs:{name}", args=[slug, pk]), way_back(request))
