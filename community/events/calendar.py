"""Events as appointments: in mails, as a file, in one's own calendar. The UID is the date's, wherever it stands."""

from collections.abc import Iterator
from dataclasses import replace
from email.utils import parseaddr
from functools import lru_cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from community.events import running_order
from community.events.models import Answer, Choice, Event, EventState
from community.events.models_guests import Guest
from community.events.reply_tokens import guest_key, is_on, person_key, reply_address
from core.kit import calendars
from core.kit.calendars import Appointment, uid_of
from core.kit.markdown import plain_text
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

NOT_IN_CALENDARS = ("materials", "invitation", "reminder", "guest_note", "tasks", "after_tasks", "follow_up")
MEANS = {Choice.YES: "ACCEPTED", Choice.MAYBE: "TENTATIVE", Choice.NO: "DECLINED"}


@lru_cache(maxsize=2_000)
def _plain(text: str) -> str:
    """Everybody's calendar holds the same descriptions, and is read every hour."""
    return plain_text(text)


def _agenda(event: Event) -> str:
    return running_order.in_words(str(event.running_order), event.milestone.at)


def appointment(event: Event, *, person: "User | Guest | None" = None, choice: str = "") -> Appointment:
    """`person`: whom a mail invites."""
    milestone = event.milestone
    program = milestone.program
    url = settings.SITE_URL + reverse("community:event_detail", args=[program.slug, event.pk])
    parts = [_plain(str(event.description)), _agenda(event), event.video]
    if person and not is_on():  # Outlook shows a text, but no address of an appointment
        parts.append(_("Please answer on this page: %(url)s") % {"url": url})
    return Appointment(
        uid=uid_of("milestone", milestone.pk),
        title=_("%(program)s: %(title)s") % {"program": program.name, "title": milestone.title},
        start=milestone.start(program.time_zone),
        end=milestone.end(program.time_zone),
        changed_at=milestone.changed_at,
        sequence=milestone.revision,
        place=milestone.place or (event.video and str(_("Video call"))),
        text="\n\n".join(part for part in parts if part),
        url=url,
        is_cancelled=event.state == EventState.CANCELLED or milestone.deleted_at is not None,
        organizer=_organizer(event, person) if person else "",
        organizer_name=program.name if person else "",
        attendee=person.email if person else "",
        answer=MEANS.get(Choice(choice), "") if choice else "",
        is_answered_by_mail=bool(person) and is_on(),
    )


def _organizer(event: Event, person: "User | Guest") -> str:
    """Where the calendar program sends an answer: the site's mailbox, if there is one; nobody reads it elsewhere."""
    if not is_on():
        return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    who = guest_key(person.pk) if isinstance(person, Guest) else person_key(person.pk)
    return reply_address(event.milestone_id, who)


def file_for(event: Event, person: "User", choice: str) -> str:
    """What a mail carries: an invitation, or what takes it out again. It asks for an answer by mail only where the site
    reads it."""
    one = appointment(event, person=person, choice=choice)
    method = calendars.CANCEL if one.is_cancelled else calendars.REQUEST
    return calendars.write([one], method=method).decode()


def file_for_guest(event: Event, guest: Guest, *, is_off: bool = False) -> str:
    """The same for a guest: with the call only after a yes, and without the personal link, since colleagues may look
    into a calendar. `is_off`: the guest is no longer invited."""
    one = for_guest(event, guest)
    method = calendars.CANCEL if one.is_cancelled or is_off else calendars.REQUEST
    return calendars.write([one], method=method).decode()


def for_guest(event: Event, guest: Guest) -> Appointment:
    comes = guest.choice == Choice.YES
    one = appointment(event, person=guest, choice=guest.choice if guest.choice in MEANS else "")
    parts = [_plain(str(event.description)), _agenda(event), event.video if comes else ""]
    return replace(one, url="", text="\n\n".join(part for part in parts if part))


def own(person: "User", program: Program) -> Iterator[Appointment]:
    """For the person's own calendar: what they said yes or maybe to."""
    said = Answer.objects.filter(person=person, choice__in=[Choice.YES, Choice.MAYBE], event=OuterRef("pk"))
    events = Event.objects.filter(Exists(said), milestone__program=program, milestone__deleted_at=None)
    events = events.exclude(state=EventState.DRAFT).select_related("milestone").order_by("milestone__on", "pk")
    for event in events.defer(*NOT_IN_CALENDARS):  # calendar programs ask every hour
        event.milestone.program = program
        yield appointment(event)
