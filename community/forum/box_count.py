"""A fair share of the question box: the browser keeps the count, so that the site need not know who asked.

A signed cookie, for the address of the box alone, says how many questions went in today; everybody who opens the page
gets one, so that having it says nothing. Nothing is stored here. It keeps a hasty person from filling the box. It
cannot stop somebody who deletes cookies or takes another browser: then the limit for everybody together still holds.
"""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from community.forum.models_box import today
from core.kit.sent_numbers import whole

MOST = 3
NAME, SALT = "boxed", "community.forum.box"


def read(request: HttpRequest) -> int:
    """How many from this browser today; a cookie that is not ours, or of yesterday, counts nothing."""
    day, _mark, count = str(request.get_signed_cookie(NAME, "", salt=SALT)).partition(" ")
    return (whole(count) or 0) if day == today().isoformat() else 0


def write(response: HttpResponse, path: str, count: int) -> None:
    midnight = datetime.combine(today() + timedelta(days=1), time(), timezone.get_default_timezone())
    response.set_signed_cookie(
        NAME,
        f"{today().isoformat()} {count}",
        salt=SALT,
        max_age=max(1, int((midnight - timezone.now()).total_seconds())),
        path=path,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
