"""Calls and the shortlist, for who leads people."""

from datetime import timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from core.journal import services as journal
from core.kit.downloads import as_file
from core.kit.form_pages import FormPage, form_page
from core.kit.returning import go_back, go_to, way_back
from core.kit.toasts import toast, warn
from core.lists.views import show_list
from core.once.sending import once
from core.people.requests import PersonRequest
from programs.casting import access, lists, pages, poster, queries, services
from programs.casting.forms import AnswersForm, CallForm, FateForm, NewCallForm, SeveralForm
from programs.casting.models import Call
from programs.casting.tokens import fates_in, kept_fates, kept_key, key_in
from programs.casting.verbs import CastingVerb
from programs.consents.models import today_in
from programs.membership.access import Ability, get_program


@require_safe
def casting(request: PersonRequest, slug: str) -> HttpResponse:
    """The calls of the program."""
    program = get_program(request.user, slug, Ability.MANAGE_PEOPLE)
    return render(request, "programs/casting/casting.html", pages.calls(request.user, program))


@require_safe
def staying(request: PersonRequest, slug: str) -> HttpResponse:
    """How many of each generation stay, and how mixed those were who got a place."""
    program = get_program(request.user, slug, Ability.MANAGE_PEOPLE)
    return render(request, "programs/casting/staying.html", pages.staying(request.user, program))


@once
def call_new(request: PersonRequest, slug: str) -> HttpResponse:
    """Generation and dates; the texts come from the starter and are looked at next."""
    program = get_program(request.user, slug, Ability.MANAGE_PEOPLE)
    today = today_in(program)
    is_sent = request.method == "POST"
    form = NewCallForm(
        request.POST if is_sent else None,
        generations=queries.generations_to_call(program, also_called=is_sent),  # sent twice, it is there
        initial={"opens_on": today, "closes_on": today + timedelta(days=28)},
    )
    if request.method == "POST" and form.is_valid():
        generation = form.cleaned_data["generation"]
        generation.program = program
        days = {name: form.cleaned_data[name] for name in ("opens_on", "closes_on")}
        call = services.write_call(generation, by=request.user, **days)
        toast(request, _("The call has been created with suggested texts. Check them, then share the link."))
        return redirect("programs:call_edit", slug, call.pk)
    lead = _("The texts are there already, in German and English; you change them on the next page.")
    up = [(_("Open calls"), reverse("programs:casting", args=[slug]))]
    return form_page(request, form, FormPage(title=_("New call"), lead=lead, up=up), program=program)


def call_edit(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    call = access.get_call(request.user, slug, pk)
    form = CallForm(request.POST if request.method == "POST" else None, call=call)
    if request.method == "POST" and form.is_valid():
        services.change_call(call, by=request.user, **form.changes())
        toast(request, _("Saved."))
        return redirect("programs:casting_list", slug, pk)
    page = FormPage(title=_("Texts of the call"), eyebrow=call.generation.name, up=_up(call))
    return form_page(request, form, page, program=call.program)


@require_safe
def casting_list(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Who has shown interest, in drawn order, beside the mix of who is thought of. Every look is in the log."""
    call = access.get_call(request.user, slug, pk)
    journal.record_view(CastingVerb.VIEWED, call, by=request.user)
    context = pages.shortlist(call)
    of, template = lists.interests(call, context.pop("found")), "programs/casting/casting_list.html"
    return show_list(request, of, queries.drawn(call), template, context, total=context["interested"])


@require_POST
def interest_fate(request: PersonRequest, slug: str, key: UUID) -> HttpResponse:
    """What the team has in mind; the person hears of it with the answers."""
    interest = access.get_interest(request.user, slug, key)
    form = FateForm(request.POST)
    if form.is_valid():
        services.think_of(interest, fate=form.cleaned_data["fate"])
    else:
        warn(request, _("Please choose place, waiting list or not this time."))
    back = reverse("programs:casting_list", args=[slug, interest.call_id])
    return go_to(f"{back}?{request.GET.urlencode()}#interest-{interest.key}")


@require_POST
def interests_decide(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """The same for all who are chosen, and back to what was thought of each before."""
    call = access.get_call(request.user, slug, pk)
    here = reverse("programs:casting_list", args=[slug, pk])
    if kept := request.GET.get("back", ""):
        before = fates_in(kept, call.pk)
        for fate, keys in before.items():
            services.think_of_several(call, keys=keys, fate=fate)
        if before:
            toast(request, _("The decisions are as they were."))
        else:
            warn(request, _("It is too late to undo this. The decisions are as they are."))
        return go_back(request, here)
    form = SeveralForm(request.POST)
    if not form.is_valid():
        warn(request, str(next(iter(form.errors.values()))[0]))
        return go_back(request, here)
    before = services.think_of_several(call, keys=form.cleaned_data["pk"], fate=form.fate)
    number = sum(len(keys) for keys in before.values())
    told = ngettext("%(count)s decision is changed.", "%(count)s decisions are changed.", number) % {"count": number}
    query = urlencode({"back": kept_fates(call.pk, before), "next": way_back(request)})
    toast(request, told, undo=f"{request.path}?{query}" if before else "")
    return go_back(request, here)


@require_POST
@once
def call_link(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Make a public link, a new one, or none. Undo brings the one before back: it is on posters."""
    call = access.get_call(request.user, slug, pk)
    kept, back = request.GET.get("back", ""), key_in(request.GET.get("back", ""), call.pk)
    if kept and not back:
        warn(request, _("It is too late to undo this. The public link is as it was."))
        return redirect("programs:casting_list", slug, pk)
    is_on = bool(back) or request.POST.get("link") == "on"
    before = services.switch_link(call, is_on=is_on, by=request.user, key=back)
    here = reverse("programs:call_link", args=[slug, pk])
    undo = f"{here}?{urlencode({'back': kept_key(call.pk, before)})}" if before and not back else ""
    told = _("The public link is ready.") if is_on else _("The public link no longer works.")
    toast(request, told, undo=undo)
    return redirect("programs:casting_list", slug, pk)


@require_safe
def call_poster(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    call = access.get_call(request.user, slug, pk)
    if not call.key:
        warn(request, _("Make the public link first: the code on the poster leads there."))
        return redirect("programs:casting_list", slug, pk)
    return as_file(HttpResponse(poster.as_pdf(call), content_type="application/pdf"), f"{call.title}.pdf")


def casting_answers(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """All answers on one day: what goes out to how many, the words, one button. It cannot be taken back."""
    call = access.get_call(request.user, slug, pk)
    form = AnswersForm(request.POST if request.method == "POST" else None, call=call)
    mark = queries.mark_of(call)
    is_sent = request.POST.get("do") == "send"
    if request.method == "POST" and form.is_valid() and is_sent and request.POST.get("mark") != mark:
        form.add_error(
            None, _("Somebody changed a decision or a text in the meantime. Please review what it says now.")
        )
    if request.method == "POST" and form.is_valid():
        if changes := form.changes():
            services.change_call(call, by=request.user, **changes)
        if not is_sent:
            toast(request, _("Saved."))
            return redirect("programs:casting_answers", slug, pk)
        try:
            number = services.answer(call, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            said = ngettext("%(count)s answer is on its way.", "%(count)s answers are on their way.", number)
            toast(request, said % {"count": number})
            return redirect("programs:casting_list", slug, pk)
    context = pages.answers(call) | {"form": form, "mark": mark}
    status = 422 if form.errors else 200
    return render(request, "programs/casting/casting_answers.html", context, status=status)


def _up(call: Call) -> list[tuple[str, str]]:
    slug = call.program.slug
    return [
        (_("Open calls"), reverse("programs:casting", args=[slug])),
        (str(call.generation), reverse("programs:casting_list", args=[slug, call.pk])),
    ]
