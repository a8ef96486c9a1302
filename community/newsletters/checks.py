"""What is looked at before an issue goes out. A fault that would reach readers stops it; a remark does not."""

from dataclasses import dataclass, field
from textwrap import shorten

from django.utils.translation import gettext as _

from community.newsletters import (
    audiences,
    blocks,
    envelopes,
    letters,
    proofs,
    queries,
    sections,
    tried_links,
)
from community.newsletters.models import Issue
from community.newsletters.models_audiences import WHOLE
from community.newsletters.proofs import Proof, Texts, Whereabouts
from community.newsletters.reach import reach_of
from community.newsletters.schedule import today_in
from core.attachments.files import picture_names_on
from core.disclosure import gate
from core.disclosure.gate import People
from core.kit import languages, markdown
from core.kit.templatetags.ui import people
from programs.membership.access import ABILITIES_OF, ROLE_ORDER
from programs.membership.models import Role
from programs.membership.standing import Counts

FIRST_WORDS = 140  # characters
LARGEST = 100_000  # bytes; larger mails are cut off by common mail programs


@dataclass(frozen=True)
class FirstWords:
    """How an issue begins for the readers of a language, and how many they are: what is said before it goes out. Of an
    audience that was chosen only the whole is said."""

    name: str
    written: str  # the language they get
    readers: People | None
    subject: str
    words: str


@dataclass
class Findings(Proof):
    """The list before sending, in the order of the page."""

    audience: str = ""
    recipients: People | None = field(default_factory=lambda: gate.people(0))  # None: it is not said
    first_words: list[FirstWords] = field(default_factory=list)


def look_at(issue: Issue) -> Findings:
    """Every check of an issue as it stands now."""
    report = Findings()
    readers = queries.readers(issue.program)
    people_there = audiences.belonging(issue.program, WHOLE)
    report.audience = audiences.in_words(issue.program, issue.audience)
    if issue.audience.is_everybody:
        _recipients(report, readers, has_any=people_there.exclude(pk=issue.created_by_id or 0).exists())
    else:
        _chosen(report, issue)
    texts = _texts_of(issue)
    _languages(report, issue, texts, readers)
    _locked_parts(report, issue)
    _readers_of_blocks(report, issue)
    some_are_nameless = people_there.filter(name="").exists()
    proofs.look_at_texts(report, texts, looks=tried_links.found_of(issue), some_are_nameless=some_are_nameless)
    _letters(report, issue, texts)
    _approval(report, issue)
    if issue.written_in:
        report.first_words = [
            _first_words(issue, code, readers[code] if issue.audience.is_everybody else None)
            for code in spoken_to(issue)
        ]
    return report


def spoken_to(issue: Issue) -> list[str]:
    """The languages of those an issue is for."""
    return [code for code in languages.codes() if code in (issue.to_languages or languages.codes())]


def _first_words(issue: Issue, code: str, readers: People | None) -> FirstWords:
    written = letters.language_for(issue, code)
    text = markdown.plain_text(blocks.LINE.sub("", issue.body.texts[written]))
    text = letters.PLACEHOLDER.sub(_("[first name]"), text)
    words = shorten(text, FIRST_WORDS, placeholder=" …")
    return FirstWords(languages.name_of(code), written, readers, issue.subject.texts[written], words)


def _recipients(report: Findings, readers: Counts, *, has_any: bool) -> None:
    """How many get it is said as the gate lets it out: one who unsubscribes is not seen in it. Nor is it said that
    nobody subscribed, which would tell about each one."""
    report.recipients = readers[""]
    if not has_any:
        report.fault(_("Nobody would get it: nobody else is in the program yet."))
        return
    said = ", ".join(f"{languages.name_of(code)}: {people(readers[code])}" for code in languages.codes())
    report.good(
        _("Goes to %(people)s people (%(languages)s, as last counted); nobody who has unsubscribed is included.")
        % {"people": people(report.recipients), "languages": said}
    )


def _chosen(report: Findings, issue: Issue) -> None:
    """Who gets it of those chosen: a number only where it tells of nobody whether they subscribed."""
    reach = reach_of(issue.program, issue.audience)
    report.recipients = reach.people
    if not reach.can_be_sent and issue.audience.is_known_by_name:
        report.fault(_("Nobody is in the chosen audience."))
    elif not reach.can_be_sent:
        report.fault(
            _(
                "These people are too few, or nearly the same as another audience, so it would show who subscribed. "
                "Choose more languages or interests, a generation, a role or the whole program."
            )
        )
    elif reach.people is None:
        report.good(
            _(
                "Goes to those of “%(audience)s” who have subscribed. They are few, or nearly the same as another "
                "audience, so no number is shown."
            )
            % {"audience": report.audience}
        )
    else:
        report.good(
            _("Goes to %(people)s people of “%(audience)s” (as last counted); nobody who has unsubscribed is included.")
            % {"people": people(reach.people), "audience": report.audience}
        )


def _texts_of(issue: Issue) -> Texts:
    has_own = any(markdown.attachments_of(body) for body in issue.body.texts.values())
    names = picture_names_on("issue", issue.pk) if has_own else {}
    return Texts(issue.subject.texts, issue.body.texts, names)


def _languages(report: Findings, issue: Issue, texts: Texts, readers: Counts) -> None:
    if not texts.written_in:
        report.fault(_("The issue needs a subject and a text in at least one language."))
        return
    spoken = spoken_to(issue)
    counts = {code: people(readers[code]) for code in spoken} if issue.audience.is_everybody else {}
    proofs.look_for_missing(report, texts, spoken, counts)


def _locked_parts(report: Findings, issue: Issue) -> None:
    """What the template locks is in it, in every language that is written."""
    for language in issue.written_in:
        if not sections.is_whole(issue.body.texts[language], issue.locked, language):
            report.fault(
                _("A part that the template locks is missing. Put it back: %(lines)s.")
                % {"lines": " ".join(sections.lines_of(issue.locked))},
                Whereabouts(language),
            )


def _readers_of_blocks(report: Findings, issue: Issue) -> None:
    """What only some may see goes to nobody else."""
    for name, need in blocks.needed_by(sections.bodies_of(issue)).items():
        roles = {role for role, held in ABILITIES_OF.items() if need in held}
        if not issue.to_generations and (not issue.to_roles or set(issue.to_roles) - roles):
            names = ", ".join(str(Role(role).label) for role in ROLE_ORDER if role in roles)
            report.fault(
                _("The block [[%(name)s]] is not for everybody. Choose a generation or these roles: %(roles)s.")
                % {"name": name, "roles": names}
            )


def _letters(report: Findings, issue: Issue, texts: Texts) -> None:
    """What can only be seen in the finished mail."""
    empty = []
    can_leave, sizes = True, [0]
    for language in issue.written_in:
        letter = letters.compose(issue, language, today_in(issue.program))
        for block in {block.name: block for block in letter.blocks if block.fault}.values():
            report.fault(block.fault, texts.place(language, f"[[{block.name}]]"))
        empty += [block.name for block in letter.blocks if block.is_empty and not block.fault]
        html = letter.as_mail()
        can_leave = can_leave and letters.UNSUBSCRIBE in html and letters.UNSUBSCRIBE in letter.text
        sizes.append(envelopes.Skeleton(issue, letter.frozen()).size)
    for name in dict.fromkeys(empty):
        report.remark(_("The block [[%(name)s]] has nothing to show at the moment.") % {"name": name})
    if not can_leave:
        report.fault(_("The link to unsubscribe is missing."))
    elif issue.written_in:
        report.good(_("One click unsubscribes, including from within the email app."))
    if max(sizes) > LARGEST:
        report.fault(
            _("The email is %(size)s kB; email apps cut off anything above 100 kB. Please shorten it.")
            % {"size": max(sizes) // 1000}
        )


def _approval(report: Findings, issue: Issue) -> None:
    """A second person has read this version, where the program asks for it."""
    if not queries.needs_approval(issue.program):
        return
    if issue.is_approved:
        name = str(issue.approved_by) if issue.approved_by else _("somebody who has left")
        report.good(_("%(name)s has approved this version.") % {"name": name})
    elif issue.approved_version:
        report.fault(_("It has changed since it was approved. A second person has to approve it again."))
    else:
        report.fault(_("A second person has to approve this version."))
