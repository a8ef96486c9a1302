"""A host cannot be there: whole days in three taps, a single hour, a time that nobody shall book."""

from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from community.office_hours import access, away, host_day, queries, services, services_hosts, tokens
from community.office_hours.forms_away import CANCEL, AwayForm, OffForm
from community.office_hours.models import Booking, HoursHost
from community.office_hours.views_hosts import rules_first, way_up
from core.kit.form_pages import FormPage, form_page
from core.kit.moments import day_asked, moment_asked
from core.kit.templatetags.ui import clock, day
from core.kit.toasts import toast, warn
from core.once.sending import once
from core.people.requests import PersonRequest


@require_http_methods(["GET", "HEAD", "POST"])
@once
def hours_away(request: PersonRequest, slug: str) -> HttpResponse:
    """Not there: today in three taps, or any days. Everybody concerned is told what becomes of their hour."""
    hours = access.get_own_hours(request.user, slug)
    if hours is None:
        return rules_first(request, slug)
    first, last = _days_asked(request, host_day.today_of(hours))
    concerned = away.concerned(hours, first, last)
    others = queries.hosts_of(hours.program, but=request.user)
    begun = {"first": first, "last": last if last != first else None}
    form = AwayForm(request.POST or None, initial=begun, zone=hours.zone, with_others=bool(others))
    if request.method == "POST" and form.is_valid():
        done = away.be_away(hours, **form.cleaned_data, by=request.user)
        undo = reverse("community:hours_back", args=[slug, done.absence.pk]) if done.is_new else ""
        toast(request, _("You are away on these days."), more=_what_came(done), undo=undo)
        return redirect("community:hours_day", slug)
    page = FormPage(
        title=_("Away"), up=way_up(slug), submit=_("Notify everybody") if concerned else _("I am away"),
        lead=_("You don't have to call anybody. Everybody who has booked is notified at once."),
        shield=_("Nobody sees why. It is not stored anywhere."),
    )  # fmt: skip
    return form_page(
        request, form, page, template="community/office_hours/hours_away.html", first=first, last=last,
        program=hours.program, shifts=_shifts(hours, first, last, with_others=bool(others)), **_spans(hours),
    )  # fmt: skip


def _days_asked(request: PersonRequest, today: date) -> tuple[date, date]:
    """The days that the page shows beforehand: today, unless its address names others."""

    first = max(today, day_asked(request.GET.get("first", "")) or today)
    return first, max(first, day_asked(request.GET.get("last", "")) or first)


def _spans(hours: HoursHost) -> dict[str, Any]:
    today = host_day.today_of(hours)
    return {"today": today, "tomorrow": today + timedelta(days=1)}


def _shifts(hours: HoursHost, first: date, last: date, *, with_others: bool) -> list[dict[str, Any]]:
    """What would become of each hour, in each of the ways."""
    later = away.plan(hours, away.Way.LATER, first=first, last=last)
    others = away.plan(hours, away.Way.OTHERS, first=first, last=last) if with_others else later
    return [
        {"booking": one.booking, "later": one.to, "others": other.to} for one, other in zip(later, others, strict=True)
    ]


def _what_came(done: away.Away) -> str:
    parts = []
    if done.moved:
        words = ngettext("%(count)s appointment is moved.", "%(count)s appointments are moved.", done.moved)
        parts.append(words % {"count": done.moved})
    if done.cancelled:
        words = ngettext("%(count)s appointment is cancelled.", "%(count)s appointments are cancelled.", done.cancelled)
        parts.append(words % {"count": done.cancelled})
    if done.people:
        words = ngettext("%(count)s person is notified.", "%(count)s people are notified.", done.people)
        parts.append(words % {"count": done.people})
    return " ".join(parts)


@require_POST
def hours_back(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """There after all."""
    came = away.come_back(access.get_absence(request.user, slug, pk))
    parts = []
    if came.back:
        words = ngettext("%(count)s appointment is back on.", "%(count)s appointments are back on.", came.back)
        parts.append(words % {"count": came.back})
    if came.told:
        words = ngettext(
            "%(count)s person had already been notified and is notified again.",
            "%(count)s people had already been notified and are notified again.",
            came.told,
        )
        parts.append(words % {"count": came.told})
    elif came.back:
        parts.append(_("Nobody had been notified yet."))
    if came.lost:
        words = ngettext(
            "%(count)s appointment stays changed: the time is taken, or the person has chosen differently.",
            "%(count)s appointments stay changed: the times are taken, or the people have chosen differently.",
            came.lost,
        )
        parts.append(words % {"count": came.lost})
    toast(request, _still(came) or _("These days can be booked again."), more=" ".join(parts))
    return redirect("community:hours_day", slug)


def _still(came: away.Back) -> str:
    if came.still_away is None:
        return ""
    words = _("Another entry still covers some of these days: %(first)s to %(last)s.")
    return words % {"first": day(came.still_away.first, "weekday"), "last": day(came.still_away.last, "weekday")}


@require_http_methods(["GET", "HEAD", "POST"])
def booking_off(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """The host cannot be there at this one: the next times at hand, or none; whether others may book the old one."""
    booking = access.get_hosted_booking(request.user, slug, pk)
    if not booking.is_booked or not booking.is_ahead:
        over = _("This appointment is over.")
        warn(request, over if booking.is_booked else _("This appointment is cancelled already."))
        return redirect("community:booking_detail", slug, pk)
    offers = away.next_for(booking) if booking.starts_at > timezone.now() else []
    first = next((each.slot.start.isoformat() for each in offers), CANCEL)
    form = OffForm(request.POST or None, offers=offers, initial={"to": first})
    if request.method == "POST" and form.is_valid() and _call_off(request, booking, **form.cleaned_data):
        return redirect("community:booking_detail", slug, pk)
    who = {"name": booking.person, "day": day(booking.starts_at, "weekday"), "time": clock(booking.starts_at)}
    page = FormPage(
        title=_("Move or cancel"), submit=_("Notify the person"),
        up=[*way_up(slug), (str(booking.person), reverse("community:booking_detail", args=[slug, pk]))],
        lead=_("%(name)s, %(day)s, %(time)s. These are your next free times. "
            "The person can change it with one tap.")
        % who,
        shield=_("Nobody is told why."),
    )  # fmt: skip
    return form_page(request, form, page)


def _call_off(request: PersonRequest, booking: Booking, *, to: datetime | None, is_blocked: bool) -> bool:
    try:
        booking = services_hosts.call_off(booking, by=request.user, to=to, is_blocked=is_blocked)
    except (services.SlotGone, services.Overlapping):
        warn(request, _("This time has just been taken. Please choose another one."))
        return False
    except services.TooLate:
        warn(request, _("This appointment is over."))
        return True
    again = reverse("community:booking_again", args=[booking.program.slug, booking.pk])
    moved = _("Moved. You both get the new time for your calendars.")
    words = moved if to else _("Cancelled. The other person is notified, without a reason.")
    toast(request, words, undo=f"{again}?back={tokens.undo_of(booking, request.user)}")
    return True


@require_POST
def hours_unblock(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    blocked = access.get_blocked(request.user, slug, pk)
    span = {"start": blocked.starts_at.isoformat(), "end": blocked.ends_at.isoformat()}
    services_hosts.unblock(blocked)
    undo = f"{reverse('community:hours_block', args=[slug])}?{urlencode(span)}"
    toast(request, _("This time can be booked again."), undo=undo)
    return redirect("community:hours_day", slug)


@require_POST
def hours_block(request: PersonRequest, slug: str) -> HttpResponse:
    """Undo of freeing a time."""
    hours = access.get_own_hours(request.user, slug)
    since, until = (moment_asked(request.GET.get(name, "")) for name in ("start", "end"))
    if hours is not None and since and until and since < until:
        services_hosts.block(hours, start=since, end=until)
        toast(request, _("This time is blocked."))
    return redirect("community:hours_day", slug)
