"""The concept of a program on one page, and the documents it needs."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from core.kit.form_pages import FormPage, form_page
from core.kit.toasts import toast
from core.once.sending import once
from core.people.requests import PersonRequest
from programs.charter import queries as charter
from programs.consents.models import today_in
from programs.guide import access, checks, experience, queries, services
from programs.guide.forms import ConceptForm, DocumentForm, ExperienceForm
from programs.library.opened import programs_led
from programs.membership.access import Ability, can, get_program
from programs.membership.queries import contacts_of
from programs.membership.tabs import tabs_of
from programs.readiness.queries import latest_result


@require_safe
def concept(request: PersonRequest, slug: str) -> HttpResponse:
    """Everything that was decided at the start, as it is now; to read and to print."""
    program = get_program(request.user, slug)
    reads_readiness = can(request.user, Ability.WRITE_REVIEWS, program)
    written, may_change = queries.concept_of(program), access.can_change_concept(request.user, program)
    context = {
        "program": program,
        "concept": written,
        "charter": charter.charter_of(program),
        "goals": charter.goals_page(program),
        "commitments": list(charter.commitments_of(program)),
        "groups": list(charter.stakeholders_of(program)) if may_change else [],  # as on the charter's page
        "contacts": list(contacts_of(program)),
        "languages": queries.languages_named(written),
        "lists": queries.lists_of(program),
        "checks": checks.dated(program),
        "documents": list(queries.documents_of(program)),
        "tabs": tabs_of("program", request.user, program, "programs:concept"),
        "may_look": can(request.user, Ability.WORK_ON_CHECKLISTS, program),
        "may_read_readiness": reads_readiness,
        "readiness": latest_result(program) if reads_readiness else None,
        "may_change": may_change,
        "may_take_over": may_change and len(programs_led(request.user)) > 1,
        "today": today_in(program),
    }
    return render(request, "programs/guide/concept.html", context)


def concept_edit(request: PersonRequest, slug: str) -> HttpResponse:
    program = get_program(request.user, slug, Ability.MANAGE_PROGRAM)
    form = ConceptForm(request.POST if request.method == "POST" else None, concept=queries.concept_of(program))
    if request.method == "POST" and form.is_valid():
        services.change_concept(program, by=request.user, **form.changes())
        toast(request, _("The concept is saved."))
        return redirect("programs:concept", slug)
    lead = _("Phases, checklists and documents stay as they are; change them where they are.")
    page = FormPage(title=_("For whom and how many"), lead=lead, up=_up(slug))
    return form_page(request, form, page, program=program)


def experience_take(request: PersonRequest, slug: str) -> HttpResponse:
    """What another program of the same person has learned. Sent twice, nothing is added twice."""
    program = get_program(request.user, slug, Ability.MANAGE_PROGRAM)
    others = [each for each in programs_led(request.user) if each != program]
    if not others:
        return render(request, "programs/guide/no_experience.html", {"program": program})
    form = ExperienceForm(request.POST or None, programs=others)
    if request.method == "POST" and form.is_valid():
        count = experience.take_over(program, by=request.user, **form.cleaned_data)
        told = ngettext("%(count)s entry is taken over.", "%(count)s entries are taken over.", count)
        toast(request, told % {"count": count} if count else _("Everything is there already. Nothing was changed."))
        return redirect("programs:concept", slug)
    page = FormPage(
        title=_("Take over from another program"),
        lead=_(
            "Only what that program wrote about itself, nothing about people. Checklists come with a template, the "
            "onboarding path with a new generation."
        ),
        submit=_("Take over"),
        up=[(_("Concept"), reverse("programs:concept", args=[slug]))],
    )
    return form_page(request, form, page, program=program)


@once
def document_new(request: PersonRequest, slug: str) -> HttpResponse:
    program = get_program(request.user, slug, Ability.MANAGE_PROGRAM)
    form = DocumentForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.add_document(program, by=request.user, **form.cleaned_data)
        return redirect("programs:concept", slug)
    return form_page(request, form, FormPage(title=_("Add a document"), up=_up(slug)), program=program)


def document_edit(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    document = access.get_document(request.user, slug, pk)
    form = DocumentForm(request.POST if request.method == "POST" else None, document=document)
    if request.method == "POST" and form.is_valid():
        services.change_document(document, by=request.user, **form.changes())
        toast(request, _("Saved."))
        return redirect("programs:concept", slug)
    return form_page(request, form, FormPage(title=str(document), up=_up(slug)), program=document.program)


@require_POST
def document_turn(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """It is there, or is missing again; the button says which of them."""
    document = access.get_document(request.user, slug, pk)
    services.change_document(document, by=request.user, is_there=request.POST.get("there") == "1")
    return redirect("programs:concept", slug)


@require_POST
def document_delete(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    document = access.get_document(request.user, slug, pk, deleted=True)
    services.delete_document(document, by=request.user)
    undo = reverse("programs:document_restore", args=[slug, pk])
    toast(request, _("“%(title)s” is deleted.") % {"title": document}, undo=undo)
    return redirect("programs:concept", slug)


@require_POST
def document_restore(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    document = access.get_document(request.user, slug, pk, deleted=True)
    services.restore_document(document, by=request.user)
    return redirect("programs:concept", slug)


def _up(slug: str) -> list[tuple[str, str]]:
    return [(_("Concept"), reverse("programs:concept", args=[slug]))]
