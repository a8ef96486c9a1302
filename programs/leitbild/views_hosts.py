"""Leading the workshop: open it, take it from step to step, write and publish the text."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.kit.form_pages import FormPage, form_page
from core.kit.refusals import given_back
from core.kit.toasts import toast, warn
from core.once.sending import once
from core.people.requests import PersonRequest
from programs.consents.models import today_in
from programs.leitbild import access, counting, sentences, services, steps, text_services
from programs.leitbild.forms import StatementForm, WorkshopChangeForm, WorkshopForm
from programs.leitbild.models import LeitbildState


@once
def leitbild_open(request: PersonRequest, slug: str) -> HttpResponse:
    program = access.get_program_to_host(request.user, slug)
    data = request.POST if request.method == "POST" else None
    form = WorkshopForm(data, program=program, today=today_in(program))
    if request.method == "POST" and form.is_valid():
        try:
            services.open_workshop(program, by=request.user, **form.cleaned_data)
        except services.WorkshopIsOpen:
            warn(request, _("A workshop is under way already. Publish its result or discard it first."))
        else:
            toast(request, _("The workshop is open. Show the code to the others."))
        return redirect("programs:leitbild", slug)
    page = FormPage(
        title=_("Open a workshop"),
        lead=_("People write sentences on their phones, without names. You sort them, everybody votes, you agree."),
        submit=_("Open the workshop"),
        up=_up(slug),
    )
    return form_page(request, form, page, program=program)


def leitbild_change(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """The question, until people vote on the answers, and the date."""
    workshop = access.get_workshop_to_host(request.user, slug, pk)
    data = request.POST if request.method == "POST" else None
    form = WorkshopChangeForm(data, workshop=workshop, today=today_in(workshop.program))
    if request.method == "POST" and form.is_valid():
        try:
            services.change_workshop(workshop, by=request.user, **form.changes())
        except services.NotNow:
            told = _("Voting has started in the meantime: the question stays as it is.")
            return given_back(request, told, redirect("programs:leitbild", slug), form)
        toast(request, _("Saved."))
        return redirect("programs:leitbild", slug)
    lead = _("What people have written stays. Open pages are told that the question is a new one.")
    page = FormPage(title=_("Change the workshop"), lead=lead if "question" in form.fields else "", up=_up(slug))
    return form_page(request, form, page, program=workshop.program)


@require_POST
def leitbild_close(request: PersonRequest, slug: str, pk: int, to: str) -> HttpResponse:
    """Ends a step with the next one; undo leads back, until the result is shown."""
    workshop = access.get_workshop_to_host(request.user, slug, pk)
    try:
        steps.go(workshop, to=to, by=request.user)
    except services.NotNow:
        warn(request, _("The workshop has moved on in the meantime. Nothing was changed."))
    except steps.NothingToChoose:
        warn(request, _("There is nothing to choose from yet. At least two sentences or headings are needed."))
    except steps.TooFewSentences:
        told = _("Sentences are only shown when at least %(count)s people have written, so collecting continues.")
        warn(request, told % {"count": sentences.fewest(workshop.program.group_minimum)})
    else:
        back = steps.back_from(to) if request.GET.get("back") != "yes" else ""
        undo = f"{reverse('programs:leitbild_close', args=[slug, pk, back])}?back=yes" if back else ""
        toast(request, _said(to), undo=undo)
    return redirect("programs:leitbild", slug)


def _said(to: str) -> str:
    return {
        LeitbildState.COLLECTING.value: _("Collecting is open again."),
        LeitbildState.SORTING.value: _("Nobody can add sentences or vote now."),
        LeitbildState.VOTING.value: _("Voting is open."),
        LeitbildState.COUNTING.value: _("Voting has ended. Nobody sees the result yet."),
    }.get(to, _("The votes are counted. Who voted for what is deleted."))


@require_POST
def leitbild_discard(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    workshop = access.get_workshop_to_host(request.user, slug, pk, also_discarded=True)
    if request.GET.get("back") == "yes":
        try:
            services.restore(workshop, by=request.user)
        except services.WorkshopIsOpen:
            warn(request, _("Another workshop is under way. Discard that one first."))
        else:
            toast(request, _("The workshop is restored. Votes are not."))
    else:
        services.discard(workshop, by=request.user)
        toast(request, _("The workshop is discarded."), undo=f"{request.path}?back=yes")
    return redirect("programs:leitbild", slug)


def leitbild_write(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """The draft of the text, beside what people wrote and voted for."""
    workshop = access.get_workshop_to_host(request.user, slug, pk)
    rows = counting.rows(workshop)
    form = StatementForm(request.POST if request.method == "POST" else None, workshop=workshop, rows=rows)
    if request.method == "POST" and form.is_valid():
        text_services.write(workshop, text=form.cleaned_data["text"], by=request.user)
        toast(request, _("Saved. The others see it when you publish it."))
        return redirect("programs:leitbild", slug)
    page = FormPage(
        title=_("Write the statement"),
        lead=_(
            "Take over words that many can live with, and leave out the rest. Five sentences are plenty. You can use "
            "Markdown: **bold**, lists with dashes, links."
        ),
        up=_up(slug),
    )
    more = {"program": workshop.program, "workshop": workshop, "rows": rows}
    return form_page(request, form, page, template="programs/leitbild/leitbild_write.html", **more)


@require_POST
def leitbild_publish(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    workshop = access.get_workshop_to_host(request.user, slug, pk)
    try:
        version = text_services.publish(workshop, by=request.user)
    except services.NotNow:
        warn(request, _("Vote first: the text is published when the votes are counted."))
    except text_services.NothingToPublish:
        warn(request, _("There is no new text yet. Write it first."))
    else:
        toast(request, _("Version %(number)s is published.") % {"number": version.number})
    return redirect("programs:leitbild", slug)


def _up(slug: str) -> list[tuple[str, str]]:
    return [(_("Guiding statement"), reverse("programs:leitbild", args=[slug]))]
