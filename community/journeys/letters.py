"""A letter of a journey as a mail: in the program's frame, as a newsletter is, with one click to end them all."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import override

from community.journeys.models import JourneyLetter, JourneySending
from community.newsletters import blocks, envelopes, proofs
from community.newsletters import letters as newsletters
from community.newsletters.letters import Letter
from community.newsletters.proofs import Proof, Texts
from core.attachments.files import picture_names_on, public_pictures_on
from core.kit import languages, markdown
from core.notify.services import queue_mail

if TYPE_CHECKING:
    from core.people.models import User

REASON, TEST = "journeys.letter", "journeys.test"
LETTER = "letter"  # what its pictures hang on


def language_for(letter: JourneyLetter, reader: str) -> str:
    """The language a reader gets: the own one, or else one that is written."""
    return newsletters.one_of(letter.written_in, reader)


def compose(letter: JourneyLetter, language: str, on: date, *, is_final: bool = False) -> Letter:
    """The letter in a language, with the blocks as they stand on a day."""
    subject, body = letter.subject.texts.get(language, ""), letter.body.texts.get(language, "")
    pictures = public_pictures_on(LETTER, letter.pk) if markdown.attachments_of(body) else {}
    return newsletters.set_letter(
        letter.journey.program, language, subject, body, on, is_final=is_final, pictures=pictures
    )


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


def proof_of(letter: JourneyLetter) -> Proof:
    """Every check of a letter, as of an issue; who writes it sees them, and no journey is turned on with a fault."""
    report, texts = Proof(), _texts_of(letter)
    if not texts.written_in:
        report.fault(_("It needs a subject and a text in at least one language."))
        return report
    proofs.look_for_missing(report, texts, languages.codes(), {})
    proofs.look_at_texts(report, texts)
    _look_at_blocks(report, letter, texts)
    return report


def held_back_by(letter: JourneyLetter) -> list[str]:
    """Why a letter does not go out, also of a journey that is on: it is not finished, or one of its blocks is not
    known."""
    report, texts = Proof(), _texts_of(letter, has_names=False)
    if not texts.written_in:
        return [_("It needs a subject and a text in at least one language.")]
    proofs.look_for_gaps(report, texts)
    _look_at_blocks(report, letter, texts)
    return report.faults


def _texts_of(letter: JourneyLetter, *, has_names: bool = True) -> Texts:
    bodies = letter.body.texts
    has_own = has_names and any(markdown.attachments_of(body) for body in bodies.values())
    return Texts(letter.subject.texts, bodies, picture_names_on(LETTER, letter.pk) if has_own else {})


def _look_at_blocks(report: Proof, letter: JourneyLetter, texts: Texts) -> None:
    for language, body in texts.each():
        parts = blocks.split(body)
        columns = blocks.columns_in(parts)
        names = dict.fromkeys(part for at, (kind, part) in enumerate(parts) if kind == "block" and at not in columns)
        for name in names:
            made = blocks.fill(name, letter.journey.program, language, date.today())
            if made.fault:
                report.fault(made.fault, texts.place(language, f"[[{name}]]"))


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
