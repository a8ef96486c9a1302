"""Events that are open to people who left and stay in touch: one email, a line on their page, and a yes as a guest."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.events import guest_letters, guest_services, queries
from community.events.answering import EventOverError, can_answer, forget_shown, locked, seat
from community.events.guest_tokens import token_of
from community.events.models import Choice, Event
from community.events.models_guests import LONGEST_GUEST_NAME, Guest
from core.kit.alumni import OpenToAlumni
from core.kit.markdown import plain_text, render
from core.notify import letters
from core.notify.models import OutgoingMail
from core.notify.services import draft_mail, queue_mails
from programs.alumni import access as alumni
from programs.alumni.queries import people_in_touch
from programs.consents.models import today_in
from programs.membership.models import Program
from programs.membership.sender import sender_of

if TYPE_CHECKING:
    from core.people.models import User

REASON = "events.alumni_invited"


def tell(events: Iterable[Event]) -> None:
    """Whoever stays in touch gets one email about each event, and about a series one; whoever plans it learns nothing
    of how many they are."""
    open_ones = [each for each in events if each.for_alumni and each.alumni_told_at is None and can_answer(each)]
    Event.objects.filter(pk__in=[each.pk for each in open_ones]).update(alumni_told_at=timezone.now())
    first = {
        each.series or each.pk: each for each in sorted(open_ones, key=lambda each: each.milestone.on, reverse=True)
    }
    mails = []
    for event in first.values():
        mails += [_mail(event, person) for person in people_in_touch(event.milestone.program)]
    queue_mails(mails)


def is_withheld(mail: OutgoingMail) -> bool:
    """Whoever ended it meanwhile, or takes part again, gets none; nor anybody once the event is not open any more."""
    event = Event.objects.select_related("milestone__program").filter(pk=mail.reference or 0, for_alumni=True).first()
    if event is None or not can_answer(event):
        return True
    people = people_in_touch(event.milestone.program).filter(email__iexact=mail.address)
    return not any(alumni.is_alumnus(person, event.milestone.program) for person in people)


def open_to(person: "User", program: Program) -> Iterator[OpenToAlumni]:
    """The coming ones, with the way to the own guest page for who said yes."""
    mine = {each.event_id: each for each in Guest.objects.named().filter(email__iexact=person.email)}
    for event in queries.announced_ahead(program, on=today_in(program)).filter(for_alumni=True):
        event.milestone.program = program
        if can_answer(event):
            guest = mine.get(event.pk)
            yield OpenToAlumni(
                title=str(event.milestone.title),
                when=guest_letters.when(event),
                place=event.milestone.place,
                text=render(str(event.invitation)),
                accept=reverse("community:event_alumni", args=[program.slug, event.pk]),
                url=reverse("community:guest", args=[token_of(guest.key)]) if guest and guest.invited_at else "",
                said=str(SAID.get(Choice(guest.choice) if guest.choice else Choice.NO, _("Open my invitation")))
                if guest
                else "",
            )


@transaction.atomic
def come(event: Event, *, person: "User") -> Guest:
    """A yes, as a guest: a place, or one in the waiting list. From then on whoever plans the event knows the name."""
    event = locked(event)
    if not can_answer(event):
        raise EventOverError
    guest = Guest.objects.present().filter(event=event, email__iexact=person.email).first()
    if guest is not None:
        guest_services.answer_as_guest(guest, choice=Choice.YES)
        return guest
    fields = {"name": person.name[:LONGEST_GUEST_NAME], "email": person.email, "language": person.language}
    now, choice = timezone.now(), seat(event, "")
    guest = Guest.objects.create(event=event, choice=choice, since=now, invited_at=now, is_alumnus=True, **fields)
    forget_shown(event.milestone.program_id)
    return guest


def end(user: "User", program: Program) -> None:
    """Who no longer stays in touch comes to nothing that was open to alumni, and the place is free. Whom a host put on
    the list stays there, as somebody who says no: a line that vanished would tell that host who stayed in touch."""
    rows = Guest.objects.present().filter(event__milestone__program=program, email__iexact=user.email)
    rows = rows.filter(event__alumni_told_at__isnull=False)  # also where it is open to alumni no more
    for guest in rows.select_related("event__milestone__program").order_by("event", "pk"):
        if guest.is_alumnus:
            guest_services.forget_guest(guest)
        elif guest.choice in SAID and can_answer(guest.event):
            guest_services.answer_as_guest(guest, choice=Choice.NO)


def _mail(event: Event, person: "User") -> OutgoingMail:
    program = event.milestone.program
    with translation.override(person.language):
        names = {"title": event.milestone.title, "program": program.name, "name": person.name}
        why = _(
            "You are receiving this email because you chose to stay in touch with %(program)s. You can end that on the "
            "page it links to."
        )
        parts = [
            _("Hello %(name)s,") % names if person.name else _("Hello,"),
            _("“%(title)s”, an event of the program %(program)s, is open to alumni.") % names,
            ", ".join(filter(None, (guest_letters.when(event), event.milestone.place))),
            plain_text(str(event.invitation)),
        ]
        letter = letters.compose(
            _("Open to alumni: %(title)s") % names,
            why % names,
            [part for part in parts if part],
            button=_("Open the event"),
            url=settings.SITE_URL + reverse("programs:alumni", args=[program.slug]),
            sender=sender_of(program),
        )
    return draft_mail(
        person.email, letter.subject, letter.text, letter.html, reason=REASON, reference=event.pk, program_id=program.pk
    )


SAID = {Choice.YES: gettext_lazy("You are coming"), Choice.WAITING: gettext_lazy("You are on the waiting list")}
