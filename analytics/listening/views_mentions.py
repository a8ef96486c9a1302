from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from analytics.activities.queries import topics_of
from analytics.listening import access, lists, queries, services
from analytics.listening.forms import MentionForm, ToneForm
from core.kit.form_pages import FormPage, form_page
from core.kit.returning import go_to, way_back
from core.kit.toasts import toast
from core.lists.views import show_list
from core.people.requests import PersonRequest
from programs.membership.access import Ability, can


@require_safe
def mentions(request: PersonRequest, slug: str) -> HttpResponse:
    """What was published; `?format=csv` is the file."""
    program = access.get_listening(request.user, slug)
    of = lists.mentions(program, queries.names_of(program), topics_of(program))
    context = {"program": program, "leads": can(request.user, Ability.MANAGE_PROGRAM, program)}
    return show_list(request, of, queries.mentions_of(program), "analytics/listening/mentions.html", context)


def mention_edit(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Tone and topic of one."""
    mention = access.get_mention(request.user, slug, pk)
    program = access.get_listening_lead(request.user, slug)
    form = MentionForm(request.POST if request.method == "POST" else None, mention=mention, program=program)
    if request.method == "POST" and form.is_valid():
        services.mark_mention(mention, by=request.user, **form.changes())
        toast(request, _("Saved."))
        return redirect("analytics:mentions", slug)
    page = FormPage(
        title=mention.title,
        up=[
            (_("Listening"), reverse("analytics:listening", args=[slug])),
            (_("Mentions"), reverse("analytics:mentions", args=[slug])),
        ],
    )
    return form_page(
        request, form, page, template="analytics/listening/mention_edit.html", program=program, mention=mention
    )


@require_POST
def mention_tone(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """One press in the list; a second one on another tone changes it."""
    mention = access.get_mention(request.user, slug, pk)
    form = ToneForm(request.POST)
    if form.is_valid():
        services.mark_mention(mention, by=request.user, tone=form.cleaned_data["tone"])
    return go_to(way_back(request) or reverse("analytics:mentions", args=[slug]))


@require_POST
def mention_remove(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    services.remove_mention(access.get_mention(request.user, slug, pk), by=request.user)
    undo = reverse("analytics:mention_restore", args=[slug, pk])
    toast(request, _("The mention is removed and counts no more."), undo=undo)
    return redirect("analytics:mentions", slug)


@require_POST
def mention_restore(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    services.restore_mention(access.get_mention(request.user, slug, pk, is_deleted=True), by=request.user)
    toast(request, _("The mention is restored."))
    return redirect("analytics:mentions", slug)
