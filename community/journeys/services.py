"""What changes about journeys. Sending is the worker's (`jobs`)."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from community.journeys import letters, queries
from community.journeys.letters import REASON
from community.journeys.models import Journey, JourneyLetter
from community.journeys.shipped import WELCOME, key_of, welcome
from community.journeys.verbs import JourneysVerb
from community.newsletters.schedule import today_in
from community.newsletters.services import end_after_complaint
from core.attachments import services as attachments
from core.journal import services as journal
from core.journal.changes import changes_of
from core.kit.words import Words
from core.notify.models import OutgoingMail
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

MOST_LETTERS = 20


class LetterConflict(Exception):
    """Somebody else saved the letter in the meantime; `stored` is what stands there now."""

    def __init__(self, stored: JourneyLetter) -> None:
        super().__init__()
        self.stored = stored


@transaction.atomic
def make_journey(program: Program, *, title: Mapping[str, str], start: str, by: "User", key: str = "") -> Journey:
    journey = Journey.objects.create(program=program, title=Words(title), start=start, key=key)
    journal.record(JourneysVerb.MADE, journey, by=by)
    return journey


@transaction.atomic
def make_welcome(program: Program, *, by: "User") -> Journey:
    """The journey that ships with the product, turned off, to be read and changed first. A program has one of them."""
    Program.objects.select_for_update().get(pk=program.pk)
    _require_none(program, WELCOME)
    ready = welcome()
    journey = make_journey(program, title=ready["title"], start=ready["start"], by=by, key=WELCOME)
    for row in ready["letters"]:
        JourneyLetter.objects.create(
            journey=journey,
            key=key_of(program.pk, row["key"]),
            days=row["days"],
            unless=row.get("unless", ""),
            subject=Words(row["subject"]),
            body=Words({language: text.strip() for language, text in row["body"].items()}),
        )
    return journey


def _require_none(program: Program, key: str) -> None:
    if key and Journey.objects.present().filter(program=program, key=key).exists():
        raise ValidationError(_("This program has a welcome journey already. Change that one."), code="there")


@transaction.atomic
def change_journey(journey: Journey, *, title: Mapping[str, str] | None = None, start: str = "", by: "User") -> None:
    """What is not given stays as it stands."""
    stored = Journey.objects.select_for_update().get(pk=journey.pk)
    stored.title = Words(title) if title is not None else stored.title
    stored.start = start or stored.start
    changed = changes_of(stored, ("title", "start"))
    stored.save(update_fields=["title", "start"])
    journal.record(JourneysVerb.CHANGED, stored, by=by, changes=changed)


@transaction.atomic
def turn_on(journey: Journey, *, by: "User") -> None:
    """Whoever has their day from today on sets off. ValidationError says which letter is not ready."""
    stored = Journey.objects.select_for_update(of=("self",)).select_related("program").get(pk=journey.pk)
    if stored.is_on:
        return
    ready = queries.letters_of(stored)
    if not ready:
        raise ValidationError(_("There is no letter yet. Write one first."))
    for letter in ready:
        letter.journey = stored
        for problem in letters.proof_of(letter).faults[:1]:
            raise ValidationError(
                _("“%(letter)s”, day %(days)s: %(problem)s")
                % {"letter": letter.subject, "days": letter.days, "problem": problem}
            )
    stored.is_on, stored.on_since = True, stored.on_since or today_in(stored.program)
    stored.save(update_fields=["is_on", "on_since"])
    journal.record(JourneysVerb.TURNED_ON, stored, by=by)


@transaction.atomic
def turn_off(journey: Journey, *, by: "User") -> None:
    """At once: what lies in the outbox stays here."""
    if Journey.objects.filter(pk=journey.pk, is_on=True).update(is_on=False):
        journal.record(JourneysVerb.TURNED_OFF, journey, by=by)


@transaction.atomic
def delete_journey(journey: Journey, *, by: "User") -> None:
    journey.put_away()
    journal.record(JourneysVerb.DELETED, journey, by=by)


@transaction.atomic
def restore_journey(journey: Journey, *, by: "User") -> None:
    """ValidationError when another one of the same kind is there by now."""
    Program.objects.select_for_update().get(pk=journey.program_id)
    _require_none(journey.program, journey.key)
    journey.take_back()
    journal.record(JourneysVerb.RESTORED, journey, by=by)


@transaction.atomic
def write_letter(
    journey: Journey, *, days: int, unless: str, subject: Mapping[str, str], body: Mapping[str, str], by: "User"
) -> JourneyLetter:
    Journey.objects.select_for_update().get(pk=journey.pk)
    if len(queries.letters_of(journey)) >= MOST_LETTERS:
        raise ValidationError(_("A journey has at most %(most)s letters.") % {"most": MOST_LETTERS})
    letter = JourneyLetter.objects.create(
        journey=journey, days=days, unless=unless, subject=Words(subject), body=Words(body)
    )
    journal.record(JourneysVerb.LETTER_MADE, letter, by=by)
    return letter


@transaction.atomic
def change_letter(
    letter: JourneyLetter,
    *,
    days: int,
    unless: str,
    subject: Mapping[str, str],
    body: Mapping[str, str],
    version: int,
    by: "User",
) -> JourneyLetter:
    """For who gets it from now on: nobody gets it again. LetterConflict when somebody else saved since `version`."""
    stored = JourneyLetter.objects.select_for_update(of=("self",)).select_related("journey__program").get(pk=letter.pk)
    if stored.version != version:
        raise LetterConflict(stored)
    stored.days, stored.unless, stored.subject, stored.body = days, unless, Words(subject), Words(body)
    if stored.journey.is_on:
        for problem in letters.proof_of(stored).faults[:1]:
            sentence = _("The journey is on, so a letter has to be complete. %(problem)s")
            raise ValidationError(sentence % {"problem": problem})
    changed = changes_of(stored, ("days", "unless", "subject", "body"))
    stored.version += 1
    stored.save()
    journal.record(JourneysVerb.LETTER_CHANGED, stored, by=by, changes=changed)
    return stored


@transaction.atomic
def delete_letter(letter: JourneyLetter, *, by: "User") -> None:
    letter.put_away()
    journal.record(JourneysVerb.LETTER_DELETED, letter, by=by)


@transaction.atomic
def restore_letter(letter: JourneyLetter, *, by: "User") -> None:
    letter.take_back()
    journal.record(JourneysVerb.LETTER_RESTORED, letter, by=by)


@transaction.atomic
def send_test(letter: JourneyLetter, *, language: str, by: "User") -> None:
    letters.post_test(letter, language=language, person=by, on=today_in(letter.journey.program))
    journal.record(JourneysVerb.TESTED, letter, by=by)


def forget_on_letters(letter_ids: Sequence[int]) -> int:
    """Before letters go for good: their pictures."""
    return attachments.forget(letters.LETTER, letter_ids)


def forget_on_journeys(journey_ids: Sequence[int]) -> int:
    return forget_on_letters(list(JourneyLetter.objects.filter(journey__in=journey_ids).values_list("pk", flat=True)))


def came_back(message_id: str, kind: str, code: str) -> str:
    """A complaint about a letter ends what it hangs on, as one about an issue does."""
    rows = OutgoingMail.objects.select_related("person").filter(message_id=message_id, reason=REASON)
    mail = rows.first() if kind == "complaint" else None
    if mail is None or mail.person is None or mail.program_id is None:
        return ""
    end_after_complaint(Program.objects.get(pk=mail.program_id), mail.person, mail.address)
    return mail.address
