"""Who reads a calendar: whoever has its address. There is no sign-in, since calendar programs cannot do one."""

from django.http import Http404

from influencer.calendar.models import CalendarAddress
from influencer.calendar.tokens import hash_of_address


def get_address(token: str) -> CalendarAddress:
    """404 alike for one that never was, one that was ended, and one of somebody whose account is closed."""
    rows = CalendarAddress.objects.filter(token_hash=hash_of_address(token), person__is_active=True)
    found = rows.select_related("person").first()
    if found is None:
        raise Http404
    return found
