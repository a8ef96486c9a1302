"""Weeks in the reader's language, as they stand under a curve."""

from datetime import date

from django.utils.translation import gettext as _


def week_label(monday: date) -> str:
    return _("CW %(week)s") % {"week": monday.isocalendar().week}
