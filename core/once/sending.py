"""A form that makes something makes it once, however often it is sent: twice by an impatient finger, by a browser that
asks again after a broken connection, from two windows.

The page carries a key (`{% once_field %}`), the view says `@once`. The first one to come holds the key until it is
through; everybody after it waits, finds the row, and is led to what the first one made, with the same undo: a browser
shows the last answer only. Other words in the form are
another form, also after the browser's way back.
"""

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _

from core.kit.returning import go_to
from core.kit.templatetags.ui import ONCE
from core.kit.toasts import toast, undo_of
from core.once.models import Sending
from core.people.requests import PersonRequest

FAILED = 400  # from this status on nothing was made: the same may be sent again


def once(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Without a key (a script of one's own, a page of before) the view does as ever."""

    @wraps(view)
    def guarded(request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST" or not request.POST.get(ONCE):
            return view(request, *args, **kwargs)
        with transaction.atomic():
            sending, is_first = Sending.objects.get_or_create(digest=_digest(request))
            if is_first:
                response = view(request, *args, **kwargs)
                _note(sending, request, response)
                return response
        if request.htmx:  # the first one's answer shows what was made
            return HttpResponse(status=204)
        toast(request, _("This was sent twice and saved only once."), undo=sending.undo)
        return go_to(sending.leads_to)

    return guarded


def _note(sending: Sending, request: PersonRequest, response: HttpResponse) -> None:
    if response.status_code >= FAILED:
        sending.delete()
    else:
        sending.leads_to = response.get("Location", "")
        sending.undo = undo_of(request)
        sending.save(update_fields=["leads_to", "undo"])


def _digest(request: PersonRequest) -> str:
    fields = {name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"}
    files = [(name, file.name, file.size) for name, each in request.FILES.lists() for file in each]
    whole = json.dumps([request.user.pk, request.path, fields, files], sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()
