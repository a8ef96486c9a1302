"""A letter of a journey as a mail: in the program's frame, as a newsletter is, with one click to end them all."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import override

from community.journeys.models import JourneyLetter, JourneySending
from community.newsletters import blocks, envelopes
from community.newsletters import letters as newsletters
from community.newsletters.letters import Letter
from core.notify.services import queue_mail

if TYPE_CHECKING:
    from core.people.models import User

REASON, TEST = "journeys.letter", "journeys.test"


def language_for(letter: JourneyLetter, reader: str) -> str:
    """The language a reader gets: the own one, or else one that is written."""
    return newsletters.one_of(letter.written_in, reader)


def compose(letter: JourneyLetter, language: str, on: date, *, is_final: bool = False) -> Letter:
    """The letter in a language, with the blocks as they stand on a day."""
    subject, body = letter.subject.texts.get(language, ""), letter.body.texts.get(language, "")
    return newsletters.set_letter(letter.journey.program, language, subject, body, on, is_final=is_final)


def post(sending: JourneySending, *, person: "User", on: date) -> None:
    """Into the outbox, within the transaction that notes that it went."""
    letter = sending.letter
    made = compose(letter, language_for(letter, person.language), on, is_final=True)
    _queue(letter, made, person, REASON, sending.pk)


def post_test(letter: JourneyLetter, *, language: str, person: "User", on: date) -> None:
    """To the writer, as it would go now."""
    made = compose(letter, language_for(letter, language), on, is_final=True)
    with override(made.language):
        subject = _("Test: %(subject)s") % {"subject": made.subject or letter.journey.program.name}
    _queue(letter, made, person, TEST, letter.pk, subject=subject)


def problems_of(letter: JourneyLetter) -> list[str]:
    """What keeps a letter from going out, in words."""
    if not letter.written_in:
        return [_("It needs a subject and a text in at least one language.")]
    found = []
    for language in letter.written_in:
        text = f"{letter.subject.texts[language]}\n{letter.body.texts[language]}"
        found += [_("Still to be written: %(gap)s.") % {"gap": gap[:80]} for gap in blocks.gaps_in(text)]
        made = [blocks.fill(name, letter.journey.program, language, date.today()) for name in blocks.LINE.findall(text)]
        found += [block.fault for block in made if block.fault]
    return list(dict.fromkeys(found))


def _queue(
    letter: JourneyLetter, made: Letter, person: "User", reason: str, reference: int, *, subject: str = ""
) -> None:
    program = letter.journey.program
    url = envelopes.unsubscribe_url(program.pk, person.pk)
    queue_mail(
        person.email,
        subject or made.subject,
        newsletters.personal(made.text, person.first_name, url),
        newsletters.personal_html(made.as_mail(), person.first_name, url),
        reason=reason,
        reference=reference,
        person=person,
        program_id=program.pk,
        headers={"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )
