from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from analytics.connectors import messages
from analytics.listening import access, services
from analytics.listening.forms import CompanyForm, MentionsFileForm, SearchForm
from analytics.listening.queries import KEPT, MOST_NAMES, MOST_SEARCHES
from analytics.listening.share_of_voice import voice_of
from analytics.metrics.tabs import tabs_of
from core.kit.exports import download
from core.kit.form_pages import FormPage, form_page
from core.kit.toasts import toast
from core.once.sending import once
from core.people.requests import PersonRequest
from programs.membership.access import Ability, can
from programs.membership.models import Program


@require_safe
def listening(request: PersonRequest, slug: str) -> HttpResponse:
    """Who is spoken of how often, and where that comes from. `?figure=` is a chart's file."""
    program = access.get_listening(request.user, slug)
    voice = voice_of(program)
    chart = next((each for each in voice.charts if each.id == request.GET.get("figure")), None)
    if chart is not None:
        return download(chart.table(f"{slug}-{chart.id}"), request.GET.get("format"))
    context = {
        "program": program,
        "tabs": tabs_of(request, program, "listening"),
        "voice": voice,
        "searches": [(each, messages.of(each.trouble) if each.trouble else "") for each in voice.searches],
        "leads": can(request.user, Ability.MANAGE_PROGRAM, program),
        "may_add_name": len(voice.names) < MOST_NAMES,
        "may_add_search": len(voice.searches) < MOST_SEARCHES,
        "months_kept": KEPT.days // 30,
        "here": reverse("analytics:listening", args=[slug]),
    }
    return render(request, "analytics/listening/listening.html", context)


@once
def listening_search_new(request: PersonRequest, slug: str) -> HttpResponse:
    program = access.get_listening_lead(request.user, slug)
    form = SearchForm(request.POST or None, program=program)
    if request.method == "POST" and form.is_valid():
        services.add_search(program, by=request.user, **form.cleaned_data)
        toast(request, _("The feed is read once a day from now on."))
        return redirect("analytics:listening", slug)
    return _page(request, program, form, _("Add a feed"))


@require_POST
def listening_search_remove(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    search = services.remove_search(access.get_search(request.user, slug, pk), by=request.user)
    undo = reverse("analytics:listening_search_restore", args=[slug, pk])
    toast(request, _("“%(search)s” is no longer read. What it brought stays.") % {"search": search}, undo=undo)
    return redirect("analytics:listening", slug)


@require_POST
def listening_search_restore(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    search = services.restore_search(access.get_search(request.user, slug, pk, is_deleted=True), by=request.user)
    toast(request, _("“%(search)s” is read again.") % {"search": search})
    return redirect("analytics:listening", slug)


@once
def listening_name_new(request: PersonRequest, slug: str) -> HttpResponse:
    program = access.get_listening_lead(request.user, slug)
    form = CompanyForm(request.POST or None, program=program)
    if request.method == "POST" and form.is_valid():
        services.add_name(program, by=request.user, **form.cleaned_data)
        return redirect("analytics:listening", slug)
    return _page(request, program, form, _("Add a company"))


@require_POST
def listening_name_remove(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    name = services.remove_name(access.get_name(request.user, slug, pk), by=request.user)
    undo = reverse("analytics:listening_name_restore", args=[slug, pk])
    toast(request, _("“%(name)s” is no longer counted.") % {"name": name}, undo=undo)
    return redirect("analytics:listening", slug)


@require_POST
def listening_name_restore(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    name = services.restore_name(access.get_name(request.user, slug, pk, is_deleted=True), by=request.user)
    toast(request, _("“%(name)s” is counted again.") % {"name": name})
    return redirect("analytics:listening", slug)


@once
def mentions_import(request: PersonRequest, slug: str) -> HttpResponse:
    """A list as a file: what is new is added, what is here stays as it is."""
    program = access.get_listening_lead(request.user, slug)
    form = MentionsFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        new = services.add_mentions(program, form.rows, by=request.user)
        told = ngettext("%(count)s mention is new.", "%(count)s mentions are new.", new) % {"count": new}
        if form.left_out:
            left = ngettext(
                "%(count)s line had no link, title or usable date.",
                "%(count)s lines had no link, title or usable date.",
                form.left_out,
            )
            told = f"{told} {left % {'count': form.left_out}}"
        toast(request, told)
        return redirect("analytics:mentions", slug)
    return _page(request, program, form, _("Add mentions from a file"))


def _page(
    request: PersonRequest, program: Program, form: SearchForm | CompanyForm | MentionsFileForm, title: str
) -> HttpResponse:
    up = [(_("Listening"), reverse("analytics:listening", args=[program.slug]))]
    lead = _("The works council reads in the log what is listened to.")
    return form_page(request, form, FormPage(title=title, up=up, lead=lead), program=program)
