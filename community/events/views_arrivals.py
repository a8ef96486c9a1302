"""Arriving without a connection: what the phone kept comes later, from a script (`static/js/offline.js`)."""

from datetime import timedelta

from django.http import JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.events import access, attending, wall
from community.events.forms_after import KeptArrivalForm
from community.events.views_after import TOO_MANY, may_try
from core.people.device import mark_on_device
from core.people.requests import PersonRequest

OLDEST = timedelta(days=1)


@require_POST
def event_here_sync(request: PersonRequest, slug: str, pk: int) -> JsonResponse:
    """“I am here”, said without a connection a day ago at the most. The code is looked at as of when it was scanned.
    How long ago that was is the phone's word, and is not kept; so a code that anybody may have passed on counts only
    until shortly after the event, and longer where the page of this very person was open in time."""
    event = access.get_event_to_answer(request.user, slug, pk)
    form = KeptArrivalForm(request.POST)
    if not form.is_valid():
        return _refused(_("This could not be read. Nothing has changed."))
    kept, now = form.cleaned_data, timezone.now()
    if kept["whose"] != mark_on_device(request.user):
        says = _("Somebody else is signed in here now. The entry waits for the person who typed it.")
        return JsonResponse({"says": says}, status=409)
    ago = timedelta(seconds=kept["ago"])
    if ago > OLDEST:
        return _refused(
            _(
                "This is more than a day old, so it no longer counts. Where no code is needed, you can say it on the "
                "page."
            )
        )
    at, with_code = now - ago, bool(kept["code"] or kept["arrived"])
    if with_code and not may_try(request):
        return JsonResponse({"says": str(TOO_MANY)}, status=429)  # the phone keeps it and asks again
    if with_code and not kept["arrived"] and not wall.counts_later(event, now):
        return _refused(
            _("A code counts until two hours after the event. Where no code is needed, you can say it on the page.")
        )
    if kept["arrived"]:
        is_good = wall.code_of_arrival(kept["arrived"], event, request.user.pk, now, within=OLDEST)
    else:
        is_good = not with_code or wall.was_good(kept["code"], event.pk, at)
    if not is_good:
        return _refused(_("This was not the code on the wall at that time."))
    try:
        attending.attend(event, person=request.user, with_code=with_code, at=at)
    except attending.NotNowError:
        return _refused(_("You can say this from shortly before the start until a week after the end."))
    except attending.NeedsCodeError:
        return _refused(_("For this event, it only works with the code in the room."))
    title = event.milestone.title
    return JsonResponse({"says": _("“%(title)s” is added to your own record: you were there.") % {"title": title}})


def _refused(says: str) -> JsonResponse:
    return JsonResponse({"says": says}, status=422)
