from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from community.events import access, moments, series, services
from community.events.forms import (
    FOLLOWING,
    ONE,
    BackForm,
    CancelForm,
    EventForm,
    NewEventForm,
    SeriesEventForm,
    of_date,
    of_template,
)
from community.events.kinds import kinds
from core.kit.form_pages import FormPage, form_page
from core.kit.toasts import toast, warn
from core.once.sending import once
from core.people.requests import PersonRequest
from programs.membership.access import Ability, get_program


@once
def event_new(request: PersonRequest, slug: str) -> HttpResponse:
    """First the kind, whose texts are brought along; then the form. A date of the timeline can become an event."""
    program = get_program(request.user, slug, Ability.EDIT_EVENTS)
    milestone = access.get_free_date(request.user, slug, request.GET.get("date"))
    template = kinds().get(request.GET.get("kind", ""))
    above = [(_("Events"), reverse("community:events", args=[slug]))]
    if template is None:
        context = {"program": program, "kinds": kinds().values(), "milestone": milestone}
        return render(request, "community/events/event_new.html", context)
    initial = of_template(template) | (of_date(milestone) if milestone else {})
    form = NewEventForm(request.POST or None, program=program, initial=initial)
    if request.method == "POST" and form.is_valid():
        dates = len(form.cleaned_data["days"])
        event = series.plan_series(program, milestone=milestone, by=request.user, **form.cleaned_data)
        says = ngettext(
            "“%(title)s” is planned. Nobody has been invited yet.",
            "“%(title)s” is planned on %(count)s dates. Nobody has been invited yet.",
            dates,
        )
        toast(request, says % {"title": event.milestone.title, "count": dates})
        return redirect("community:event_detail", slug, event.pk)
    page = FormPage(
        title=capfirst(template.label),
        lead=_(
            "The texts come from the template; you can change everything. The date appears on the timeline right away."
        ),
        submit=_("Plan it"),
        up=above,
        shield=_(
            "Until you announce it, everybody sees only its title, date and place on the timeline. "
            "People who plan events see the rest."
        ),
        action=request.get_full_path(),
    )
    return form_page(request, form, page, program=program)


def event_edit(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    event = access.get_event(request.user, slug, pk, Ability.EDIT_EVENTS)
    kind = SeriesEventForm if series.following(event) else EventForm
    form = kind(request.POST or None, program=event.milestone.program, event=event)
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        try:
            if fields.pop("scope", ONE) == FOLLOWING:
                names = form.changed_names() - {"scope"}
                saved = len(series.edit_following(event, by=request.user, names=names, **fields))
            else:
                services.edit_event(event, by=request.user, **fields)
                saved = 1
        except services.TooFewPlacesError as error:
            form.add_error("capacity", too_few(error.taken))
        else:
            says = _("“%(title)s” and the dates after it are saved.") if saved > 1 else _("“%(title)s” is saved.")
            toast(request, says % {"title": event.milestone.title})
            return redirect("community:event_detail", slug, pk)
    here = reverse("community:event_detail", args=[slug, pk])
    page = FormPage(
        title=_("Change the event"),
        up=[(_("Events"), reverse("community:events", args=[slug])), (str(event.milestone.title), here)],
        lead=_("If the day, time or place changes, everybody who is invited and has not declined is notified.")
        if event.is_open
        else "",
    )
    return form_page(request, form, page, program=event.milestone.program)


def too_few(taken: int) -> str:
    says = ngettext(
        "One person has said yes, so there cannot be fewer places.",
        "%(count)s people have said yes, so there cannot be fewer places.",
        taken,
    )
    return says % {"count": taken}


@require_POST
def event_announce(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    event = access.get_event(request.user, slug, pk, Ability.EDIT_EVENTS)
    series.announce(event, by=request.user)
    says = _("“%(title)s” is announced. The invitations are on their way.")
    if moments.is_over(event.milestone, timezone.now()):
        says = _("“%(title)s” is announced, although its date has passed.")
    toast(request, says % {"title": event.milestone.title})
    return redirect("community:event_detail", slug, pk)


@require_POST
def event_cancel(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    event = access.get_event(request.user, slug, pk, Ability.EDIT_EVENTS)
    form = CancelForm(request.POST)
    with_following = form.is_valid() and form.cleaned_data["scope"] == FOLLOWING
    cancelled = series.cancel_following(event, by=request.user) if with_following else []
    if not with_following:
        services.cancel_event(event, by=request.user)
    undo = reverse("community:event_reopen", args=[slug, pk])
    if also := ".".join(str(each.pk) for each in cancelled):
        undo += f"?also={also}"
    says = ngettext(
        "“%(title)s” is cancelled. Everybody invited is notified within ten minutes.",
        "“%(title)s” is cancelled on %(count)s dates. Everybody invited is notified within ten minutes.",
        max(len(cancelled), 1),
    )
    toast(request, says % {"title": event.milestone.title, "count": len(cancelled)}, undo=undo)
    return redirect("community:event_detail", slug, pk)


@require_POST
def event_reopen(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    event = access.get_event(request.user, slug, pk, Ability.EDIT_EVENTS)
    form = BackForm(request.GET)
    also = form.cleaned_data["also"] if form.is_valid() else ""
    services.reopen_event(event, by=request.user)
    series.reopen(event, pks=series.unpacked(also), by=request.user)
    toast(request, _("“%(title)s” is back on.") % {"title": event.milestone.title})
    return redirect("community:event_detail", slug, pk)


@require_POST
def event_discard(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    event = access.get_event(request.user, slug, pk, Ability.EDIT_EVENTS)
    try:
        gone = series.discard(event, by=request.user)
    except series.Announced:
        warn(request, _("It has been announced, so it cannot be discarded. You can cancel it."))
        return redirect("community:event_detail", slug, pk)
    undo = reverse("community:event_restore", args=[slug, pk])
    if len(gone) > 1:
        undo += f"?also={'.'.join(str(each.pk) for each in gone)}"
    says = ngettext(
        "“%(title)s” is discarded. Nobody had been invited.",
        "“%(title)s” is discarded on %(count)s dates. Nobody had been invited.",
        max(len(gone), 1),
    )
    toast(request, says % {"title": event.milestone.title, "count": len(gone)}, undo=undo)
    return redirect("community:events", slug)


@require_POST
def event_restore(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    event = access.get_planned(request.user, slug, pk)
    form = BackForm(request.GET)
    also = form.cleaned_data["also"] if form.is_valid() else ""
    series.restore(event, pks=series.unpacked(also), by=request.user)
    toast(request, _("“%(title)s” is planned again.") % {"title": event.milestone.title})
    return redirect("community:event_detail", slug, pk)
