"""Mails to guests: one each through the outbox, in the guest's language, with the personal link, a calendar part, the
reason, and the way to be forgotten."""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from community.events import calendar, moments, news
from community.events.guest_tokens import token_of
from community.events.models import Choice, Event, EventState
from community.events.models_guests import Guest
from core.kit import cldr, two_clocks
from core.kit.markdown import plain_text
from core.kit.templatetags.ui import clock
from core.notify import letters
from core.notify.models import MailState, OutgoingMail
from core.notify.services import draft_mail, queue_mails
from programs.membership.sender import sender_of

INVITED, CHANGED, CANCELLED = "events.guest_invited", "events.guest_changed", "events.guest_cancelled"
MOVED_UP, REMINDER, REMOVED = "events.guest_moved_up", "events.guest_reminder", "events.guest_removed"
NO_PLACE = "events.guest_no_place"
REASONS = (INVITED, CHANGED, CANCELLED, MOVED_UP, REMINDER, NO_PLACE, REMOVED)


def page_of(guest: Guest, what: str = "") -> str:
    """The guest's own address."""
    return settings.SITE_URL + reverse(f"community:guest{what}", args=[token_of(guest.key)])


def tell_invited(guests: Iterable[Guest]) -> None:
    _tell(INVITED, guests)


def tell_changed(event: Event) -> None:
    _tell(CHANGED, _written_to(event))


def tell_cancelled(event: Event) -> None:
    _tell(CANCELLED, _written_to(event))


def tell_reminder(event: Event) -> None:
    _tell(REMINDER, _written_to(event).filter(choice=Choice.YES))


def tell_moved_up(guests: Iterable[Guest]) -> None:
    _tell(MOVED_UP, guests)


def tell_no_place(guest: Guest) -> None:
    """To who said yes in the calendar program, where it now says that they come."""
    _tell(NO_PLACE, [guest])


def tell_removed(guest: Guest) -> None:
    _tell(REMOVED, [guest])


def is_withheld(mail: OutgoingMail) -> bool:
    """Who is forgotten, removed or said no gets no mail that still waits; what is on again is not cancelled."""
    rows = Guest.objects.written_to().filter(pk=mail.reference or 0)
    if mail.reason == CANCELLED:
        rows = rows.filter(event__state=EventState.CANCELLED)
    elif mail.reason in (CHANGED, MOVED_UP, REMINDER, NO_PLACE):
        rows = rows.filter(event__state=EventState.ANNOUNCED)
    return not rows.exists()


def failed(guests: Iterable[int]) -> set[int]:
    """Guests whose address took no mail."""
    rows = OutgoingMail.objects.filter(reason__in=REASONS, reference__in=list(guests), state=MailState.FAILED)
    return set(rows.values_list("reference", flat=True))  # type: ignore[arg-type]  # theirs have one


def _written_to(event: Event) -> Any:
    return Guest.objects.written_to().filter(event=event)


def _tell(reason: str, guests: Iterable[Guest]) -> None:
    queue_mails([_mail(reason, guest) for guest in guests])


def _mail(reason: str, guest: Guest) -> OutgoingMail:
    event = guest.event
    program = event.milestone.program
    with translation.override(guest.language):
        names = {"title": event.milestone.title, "program": program.name, "company": program.company_name}
        url = "" if reason == REMOVED else page_of(guest)
        letter = letters.compose(
            SUBJECTS[reason](names),
            _("You are receiving this email because %(company)s invites you to this event as a guest.") % names,
            [part for part in _parts(reason, guest, names) if part],
            button=_("Say whether you are coming") if reason == INVITED else _("Open the event") if url else "",
            url=url,
            sender=sender_of(program),
        )
        file = calendar.file_for_guest(event, guest, is_off=reason == REMOVED)
    return draft_mail(
        guest.email,
        letter.subject,
        letter.text,
        letter.html,
        reason=reason,
        reference=guest.pk,
        program_id=program.pk,
        calendar="" if reason == REMINDER else file,
    )


def _parts(reason: str, guest: Guest, names: dict[str, Any]) -> Iterable[str]:
    event = guest.event
    yield _("Hello %(name)s,") % {"name": guest.name} if guest.name else _("Hello,")
    yield WORDS[reason](names)
    yield "\n".join(filter(None, (when(event), event.milestone.place)))
    if reason in (INVITED, REMINDER):
        yield plain_text(str(event.invitation if reason == INVITED else event.reminder))
    if reason in (INVITED, CHANGED):
        yield news.where_to_answer()
    if reason == REMOVED:
        yield _("Your name, your address and your answer are deleted here.")
        return
    yield _(
        "You need no account. Your name and your address are used for this event only and deleted 30 days after it. "
        "To have them deleted at once: %(url)s"
    ) % {"url": page_of(guest, "_forget")}


def when(event: Event) -> str:
    """Day and hours in words on the clocks of the program, with the name of their zone."""
    milestone = event.milestone
    parts = [cldr.written(milestone.on, "day")]
    if milestone.last_day > milestone.on:
        parts = [f"{parts[0]} – {cldr.written(milestone.last_day, 'day')}"]
    if milestone.at:
        with timezone.override(milestone.program.time_zone):
            begins = moments.begins(milestone)
            hours = f"{begins:%-H:%M} – {clock(moments.ends(milestone))}" if milestone.until_at else clock(begins)
        parts.append(_("%(hours)s (time in %(city)s)") % {"hours": hours, "city": zone_of(event)})
    return ", ".join(parts)


def zone_of(event: Event) -> str:
    return two_clocks.place_of(event.milestone.program.time_zone)


Says = Callable[[dict[str, Any]], str]
SUBJECTS: dict[str, Says] = {
    INVITED: lambda names: _("Invitation: %(title)s") % names,
    CHANGED: lambda names: _("Changed: %(title)s") % names,
    CANCELLED: lambda names: _("Cancelled: %(title)s") % names,
    MOVED_UP: lambda names: _("You have a place now: %(title)s") % names,
    REMINDER: lambda names: _("Coming up: %(title)s") % names,
    NO_PLACE: lambda names: _("No free place: %(title)s") % names,
    REMOVED: lambda names: _("No longer on the guest list: %(title)s") % names,
}
WORDS: dict[str, Says] = {
    INVITED: lambda names: _("%(company)s invites you to “%(title)s”, an event of the program %(program)s.") % names,
    CHANGED: lambda names: _("“%(title)s” has changed. The current details:") % names,
    CANCELLED: lambda names: _("“%(title)s” is cancelled.") % names,
    MOVED_UP: lambda names: _("A place has become free: you can come to “%(title)s”.") % names,
    REMINDER: lambda names: _("“%(title)s” is coming up, and you said yes:") % names,
    NO_PLACE: lambda names: (
        _("All places of “%(title)s” are taken. Your page says whether you are waiting for one.") % names
    ),
    REMOVED: lambda names: _("The invitation to “%(title)s” has been withdrawn.") % names,
}
