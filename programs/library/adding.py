"""A library that is full says so, whoever adds to it."""

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.translation import gettext as _

from core.kit.toasts import warn
from programs.library import services
from programs.library.models import PlanTemplate


def added(request: HttpRequest, make: Callable[[], PlanTemplate]) -> PlanTemplate | None:
    """Nothing where there is no room left."""
    try:
        return make()
    except services.LibraryIsFull:
        told = _("This program keeps %(most)s templates already. Please delete one that nobody uses.")
        warn(request, told % {"most": services.MOST_TEMPLATES})
        return None
