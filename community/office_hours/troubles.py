"""Why a host's calendar could not be read, in sentences with a way on."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.office_hours.models import CalendarKind, HoursHost

ODD = gettext_lazy("Your calendar's server sent something that we cannot read.")
NO_CALENDAR = gettext_lazy("What came from this address is not a calendar. Check the address (it often ends in .ics).")
NO_COLLECTION = gettext_lazy("There is no single calendar at this address. Copy the address of the calendar itself.")
NEW_ADDRESS = gettext_lazy("Your calendar's server refuses access. Create a new address there.")
ENDED = gettext_lazy("Microsoft no longer lets us read your calendar. Connect it again.")
NOT_REGISTERED = gettext_lazy("Microsoft does not know this site any more. Please tell its operator.")
TROUBLES: dict[str, str | Promise] = {
    "too_slow": gettext_lazy("Your calendar's server took too long to respond."),
    "too_large": gettext_lazy("Your calendar is larger than 5 MB. Choose one with fewer events."),
    "cut_off": gettext_lazy("The connection to your calendar's server broke off."),
    "not_a_calendar": ODD,
    "type": ODD,
    "odd": ODD,
    "url_not_allowed": gettext_lazy("The address points to an internal network, which we do not read."),
    "redirects": gettext_lazy("The address redirects too often."),
    "elsewhere": gettext_lazy("The address redirects to another server. Enter the address there."),
    "downgrade": gettext_lazy("The address redirects to an unencrypted one, which we do not read."),
    "not_listed": gettext_lazy("The address points to a server that the operator of this site has not allowed."),
    "off": gettext_lazy("The operator of this site has not allowed any calendars."),
    "denied": gettext_lazy("Your calendar's server does not accept the user name and app password. Enter them again."),
    "forbidden": gettext_lazy("Your calendar's server does not let this user read this calendar."),
    "gone": gettext_lazy("There is no calendar at this address any more. Enter the new address."),
    "busy": gettext_lazy("Your calendar's server asked us to wait. We try again as soon as it allows."),
    "broken": gettext_lazy("Your calendar's server has a problem of its own. We try again."),
    "no_calendar_here": NO_COLLECTION,
    "sealed": gettext_lazy("What your calendar is read with can no longer be decrypted. Enter it again."),
}  # fmt: skip
OF_KIND: dict[str, dict[str, str | Promise]] = {
    CalendarKind.ICS: {
        "not_a_calendar": NO_CALENDAR, "type": NO_CALENDAR,
        "status": NEW_ADDRESS, "denied": NEW_ADDRESS, "forbidden": NEW_ADDRESS,
    },
    CalendarKind.MICROSOFT: {"denied": ENDED, "forbidden": ENDED, "ended": ENDED, "not_registered": NOT_REGISTERED},
    CalendarKind.CALDAV: {"type": NO_COLLECTION},
}  # fmt: skip


def trouble_of(hours: HoursHost) -> str:
    """Nothing when all is well."""
    code = hours.calendar_trouble
    if not code:
        return ""
    usual = TROUBLES.get(code, gettext_lazy("Your calendar could not be read."))
    words = OF_KIND.get(hours.calendar_kind, {}).get(code, usual)
    still = _("Busy times read earlier still block bookings.")
    return f"{words} {still}"
