from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from community.events import access, agenda, queries
from core.people.requests import PersonRequest
from programs.membership.access import get_program
from programs.membership.tabs import tabs_of

MOST, MOST_PAST = 200, 60


@require_safe
def events(request: PersonRequest, slug: str) -> HttpResponse:
    """What comes, and on request what was."""
    program = get_program(request.user, slug)
    edits, today = access.can_edit(request.user, program), timezone.localdate()
    dates = queries.dates_of(program)
    is_past = request.GET.get("when") == "past"
    rows = list(queries.past(dates, on=today)[:MOST_PAST] if is_past else queries.coming(dates, on=today)[:MOST])
    answers = queries.answers_of(request.user, [row.event.pk for row in rows if hasattr(row, "event")])
    first = today if is_past or not rows else max(today, rows[0].on)
    context = {
        "program": program,
        "tabs": tabs_of("events", request.user, program, "community:events"),
        "months": agenda.months(program, rows, answers, today=today, edits=edits),
        "small": agenda.small_month(rows, answers, of=first, today=today),
        "is_past": is_past,
        "edits": edits,
    }
    return render(request, "community/events/events.html", context)
