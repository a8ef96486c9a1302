from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from community.events import access, agenda, answering, calendar, event_page, queries
from community.events.calendar_rows import booked
from community.events.forms import ChoiceForm, ShownForm
from community.events.invited import invited_to
from community.events.models import Choice, Event
from core.kit import calendars, two_clocks
from core.kit.toasts import toast, warn
from core.people.requests import PersonRequest
from programs.consents.models import today_in
from programs.membership.access import get_program
from programs.membership.models import Program
from programs.membership.tabs import tabs_of
from programs.phases.models import Milestone

MOST, MOST_PAST = 200, 60
AROUND, ONE_DAY = timedelta(days=366), timedelta(days=1)


@require_safe
def events(request: PersonRequest, slug: str) -> HttpResponse:
    """What comes, and on request what was; all of it, or what the person takes part in. Booked hours are among it."""
    program = get_program(request.user, slug)
    edits, today = access.can_edit(request.user, program), today_in(program)
    dates = queries.dates_of(program)
    is_past, is_mine = request.GET.get("when") == "past", request.GET.get("with") == "me"
    if is_mine:
        dates = queries.with_person(dates, request.user)
    rows = list(queries.past(dates, on=today)[:MOST_PAST] if is_past else queries.coming(dates, on=today)[:MOST])
    planned = [within(program, row) for row in rows if hasattr(row, "event")]
    answers = queries.answers_of(request.user, [event.pk for event in planned])
    invited = set() if is_past else invited_to(planned, request.user, program)
    shown = agenda.listed(program, rows, answers, edits=edits, invited=invited)
    days = (today - AROUND, today - ONE_DAY) if is_past else (today, today + AROUND)
    shown += [each.listed() for each in booked(request.user, program, *days)]
    shown.sort(key=lambda row: row.order, reverse=is_past)
    first = today if is_past or not shown else max(today, shown[0].on)
    context = {
        "program": program,
        "tabs": tabs_of("events", request.user, program, "community:events"),
        "months": agenda.months(shown, today=today),
        "small": agenda.small_month(shown, of=first, today=today),
        "zone": two_clocks.elsewhere(program.time_zone),
        "is_mine": is_mine,
        "is_past": is_past,
        "edits": edits,
    }
    return render(request, "community/events/events.html", context)


def within(program: Program, row: Milestone) -> Event:
    """The date's event, which finds its program without asking."""
    row.program = program
    row.event.milestone = row
    event: Event = row.event
    return event


@require_safe
def event_detail(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    event = access.get_event(request.user, slug, pk)
    form = ChoiceForm({"choice": request.GET.get("answer", "")})
    context = event_page.of(event, request.user, shows_all=request.GET.get("dates") == "all")
    if form.is_valid() and (chosen := form.cleaned_data["choice"]) in Choice.values[:3] and context["may_answer"]:
        context["chosen"] = chosen  # in a mail; it counts once it is pressed here
    return render(request, "community/events/event_detail.html", context)


@require_POST
def event_answer(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Yes, maybe or no; undo brings back what was said before. Where all places are taken, a yes waits for one."""
    event = access.get_event_to_answer(request.user, slug, pk)
    form = ChoiceForm(request.POST if "choice" in request.POST else request.GET)
    said, in_row = None, "row" in form.data
    if not form.is_valid():
        warn(request, _("Please choose yes, maybe or no."))
        return redirect("community:event_detail", slug, pk)
    try:
        before, said = answering.answer(event, choice=form.cleaned_data["choice"], person=request.user)
    except answering.EventOverError:
        warn(request, _("You can no longer answer: the event is over or was cancelled."))
    except answering.EventFullError:
        warn(request, _("The last place has just been taken, and there is no waiting list."))
    else:
        undo = reverse("community:event_answer", args=[slug, pk]) + f"?choice={before}" + ("&row=on" if in_row else "")
        toast(request, str(SAID[said.choice if said else answering.NOTHING]), undo=undo)
    if in_row and request.htmx:
        answer = queries.answers_of(request.user, [pk]).get(pk)
        context = {"program": event.milestone.program, "event": event, "answer": answer, "is_part": True}
        return render(request, "community/events/_row_answer.html", context | {"asks": answering.can_answer(event)})
    if in_row:
        return redirect("community:events", slug)
    return redirect("community:event_detail", slug, pk)


@require_POST
def event_shown(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    event = access.get_event_to_answer(request.user, slug, pk)
    form = ShownForm(request.POST)
    is_shown = form.is_valid() and form.cleaned_data["is_shown"]
    answering.show(event, person=request.user, is_shown=is_shown)
    toast(
        request,
        _("Others see that you are coming.") if is_shown else _("Only the people planning it see that you are coming."),
    )
    return redirect("community:event_detail", slug, pk)


@require_safe
def event_file(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """One event for one's own calendar."""
    event = access.get_event(request.user, slug, pk)
    return calendars.download([calendar.appointment(event)], name=str(event.milestone.title))


SAID = {
    Choice.YES: gettext_lazy("You are coming. Your place is reserved."),
    Choice.MAYBE: gettext_lazy("You said maybe."),
    Choice.NO: gettext_lazy("You declined. Nobody sees your name."),
    Choice.WAITING: gettext_lazy("All places are taken. You are on the waiting list."),
    answering.NOTHING: gettext_lazy("Your answer is withdrawn."),
}
