"""What is looked at before an issue goes out. A fault that would reach readers stops it; a remark does not."""

from dataclasses import dataclass, field
from textwrap import shorten
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.newsletters import (
    audiences,
    blocks,
    envelopes,
    letters,
    queries,
    sections,
    templates,
    tried_links,
)
from community.newsletters.models import Issue
from community.newsletters.models_audiences import WHOLE
from community.newsletters.reach import reach_of
from community.newsletters.schedule import today_in
from core.attachments.files import pictures_on
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
class Check:
    text: str
    is_ok: bool = True
    is_blocking: bool = False


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
class Findings:
    """The list before sending, in the order of the page."""

    checks: list[Check] = field(default_factory=list)
    audience: str = ""
    recipients: People | None = field(default_factory=lambda: gate.people(0))  # None: it is not said
    first_words: list[FirstWords] = field(default_factory=list)

    def good(self, text: str) -> None:
        self.checks.append(Check(text))

    def remark(self, text: str) -> None:
        self.checks.append(Check(text, is_ok=False))

    def fault(self, text: str) -> None:
        self.checks.append(Check(text, is_ok=False, is_blocking=True))

    @property
    def faults(self) -> list[str]:
        return [check.text for check in self.checks if check.is_blocking]

    @property
    def ok_count(self) -> int:
        return sum(check.is_ok for check in self.checks)


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
    _languages(report, issue, readers)
    _gaps(report, issue)
    _locked_parts(report, issue)
    _readers_of_blocks(report, issue)
    text = "\n\n".join(issue.body.texts[language] for language in issue.written_in)
    _placeholders(report, issue, text, people_there.filter(name="").exists())
    _links(report, issue, text)
    _pictures(report, issue, text)
    _letters(report, issue)
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


def _languages(report: Findings, issue: Issue, readers: Counts) -> None:
    written = issue.written_in
    if not written:
        report.fault(_("The issue needs a subject and a text in at least one language."))
        return
    missing = [code for code in spoken_to(issue) if code not in written]
    if not missing:
        names = [languages.name_of(code) for code in written]
        report.good(_("Every language is covered: %(languages)s.") % {"languages": ", ".join(names)})
    for code in missing:
        lacks = _("the text is missing") if code in issue.subject.texts else _("the subject is missing")
        values = {
            "language": languages.name_of(code),
            "lacks": lacks,
            "count": people(readers[code]),
            "other": languages.name_of(letters.language_for(issue, code)),
        }
        if not issue.audience.is_everybody:
            report.remark(_("%(language)s: %(lacks)s; its readers get it in %(other)s.") % values)
            continue
        report.remark(_("%(language)s: %(lacks)s; %(count)s people get it in %(other)s.") % values)


def _gaps(report: Findings, issue: Issue) -> None:
    """What a template asks the writer to write never reaches a reader, in no language."""
    for language in issue.written_in:
        text = f"{issue.subject.texts[language]}\n{issue.body.texts[language]}"
        left = blocks.gaps_in(text)
        copied = sorted(each for each in templates.instructions() if each in templates.plain(text))
        for gap in dict.fromkeys([*left, *([] if left else copied)]):
            report.fault(
                _("%(language)s: “%(gap)s” still waits for your own text. Write it there, or remove the line.")
                % {"language": languages.name_of(language), "gap": gap[:80]}
            )


def _locked_parts(report: Findings, issue: Issue) -> None:
    """What the template locks is in it, in every language that is written."""
    for language in issue.written_in:
        if not sections.is_whole(issue.body.texts[language], issue.locked, language):
            report.fault(
                _("%(language)s: a part that the template locks is missing. Put it back: %(lines)s.")
                % {"language": languages.name_of(language), "lines": " ".join(sections.lines_of(issue.locked))}
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


def _placeholders(report: Findings, issue: Issue, text: str, nameless: bool) -> None:
    known = [letters.FIRST_NAME]
    found = letters.PLACEHOLDER.findall(text)
    wrong = [each for each in found if each.replace(" ", "") not in known]
    in_subject = [each for subject in issue.subject.texts.values() for each in letters.PLACEHOLDER.findall(subject)]
    if wrong:
        report.fault(
            _("Unknown placeholder %(found)s. You can use %(known)s.") % {"found": wrong[0][:60], "known": known[0]}
        )
    if in_subject:
        report.fault(_("A subject cannot contain a placeholder: %(found)s.") % {"found": in_subject[0][:60]})
    if found and nameless and not wrong:
        report.remark(_("We do not know everybody's name; without one, the greeting leaves it out."))
    elif not wrong and not in_subject:
        report.good(_("Every placeholder can be filled in."))


def _links(report: Findings, issue: Issue, text: str) -> None:
    refused = markdown.refused_links(text)
    if refused:
        report.fault(
            _("This kind of link is not allowed: %(links)s. Only https and mailto links are allowed.")
            % {"links": ", ".join(link[:60] for link in refused[:3])}
        )
        return
    found = tried_links.look_at(issue, text)
    for address in found.dead:
        report.fault(_("Nothing is at this link: %(link)s. Correct it or remove it.") % {"link": address[:90]})
    for address in found.silent:
        report.remark(_("This link does not answer at the moment: %(link)s") % {"link": address[:90]})
    if found.untried:
        report.good(
            ngettext(
                "%(count)s link has not been tried, or this site may not ask the server it leads to.",
                "%(count)s links have not been tried, or this site may not ask the servers they lead to.",
                found.untried,
            )
            % {"count": found.untried}
        )
    elif not found.dead and not found.silent:
        report.good(_("All links lead to https pages or email addresses."))


def _pictures(report: Findings, issue: Issue, text: str) -> None:
    pictures = markdown.images_of(text)
    if not pictures:
        return
    if any(not alternative for _source, alternative in pictures):
        report.fault(
            _("A picture has no alternative text. Describe what it shows between the brackets: ![text](address).")
        )
    else:
        report.good(_("Every picture has an alternative text."))
    if markdown.attachments_of(text) - pictures_on("issue", issue.pk).keys():
        report.fault(_("A picture is no longer there. Please add it again."))
    site = urlsplit(settings.SITE_URL).hostname
    hosts = sorted({urlsplit(source).hostname or "" for source, _alternative in pictures} - {site, ""})
    if hosts:
        report.remark(
            _("A picture is loaded from %(host)s when the email is opened: the owner of that site can see this.")
            % {"host": hosts[0]}
        )


def _letters(report: Findings, issue: Issue) -> None:
    """What can only be seen in the finished mail."""
    faults, empty = [], []
    can_leave, sizes = True, [0]
    for language in issue.written_in:
        letter = letters.compose(issue, language, today_in(issue.program))
        faults += [block.fault for block in letter.blocks if block.fault]
        empty += [block.name for block in letter.blocks if block.is_empty and not block.fault]
        html = letter.as_mail()
        can_leave = can_leave and letters.UNSUBSCRIBE in html and letters.UNSUBSCRIBE in letter.text
        sizes.append(envelopes.Skeleton(issue, letter.frozen()).size)
    for fault in dict.fromkeys(faults):
        report.fault(fault)
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
