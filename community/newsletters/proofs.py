"""What is looked at in texts before they go out, of an issue or of a letter of a journey: language by language, and
each fault with the place where it stands."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.newsletters import blocks, letters, templates, tried_links
from core.kit import languages, markdown

SUBJECT, BODY = "subject", "body"
HEADING = re.compile(r"#{1,6}\s+(\S.*)")
LONGEST_HEADING = 40  # characters
NO_LOOKS: Mapping[str, str] = {}


@dataclass(frozen=True)
class Whereabouts:
    """Where something stands that is wrong: in which language and line (from 1; 0 is none), under what heading."""

    language: str
    part: str = BODY
    line: int = 0
    heading: str = ""

    @property
    def words(self) -> str:
        values = {"language": languages.name_of(self.language), "line": self.line, "heading": self.heading}
        if self.part == SUBJECT:
            return _("%(language)s, subject") % values
        if self.heading:
            return _("%(language)s, under “%(heading)s”") % values
        return _("%(language)s, line %(line)s") % values if self.line else str(values["language"])

    @property
    def field(self) -> str:
        """The field it stands in, as its form calls it."""
        return f"id_{self.part}_{self.language}"


@dataclass(frozen=True)
class Check:
    text: str
    is_ok: bool = True
    is_blocking: bool = False
    place: Whereabouts | None = None

    @property
    def said(self) -> str:
        """With its place before it."""
        return f"{self.place.words}: {self.text}" if self.place else self.text


@dataclass
class Proof:
    """What was found, in the order of the page. A fault would reach readers and stops it; a remark does not."""

    checks: list[Check] = field(default_factory=list)

    def good(self, text: str) -> None:
        self.checks.append(Check(text))

    def remark(self, text: str, place: Whereabouts | None = None) -> None:
        self.checks.append(Check(text, is_ok=False, place=place))

    def fault(self, text: str, place: Whereabouts | None = None) -> None:
        self.checks.append(Check(text, is_ok=False, is_blocking=True, place=place))

    @property
    def faults(self) -> list[str]:
        return [check.said for check in self.checks if check.is_blocking]

    @property
    def ok_count(self) -> int:
        return sum(check.is_ok for check in self.checks)

    @property
    def missing(self) -> dict[str, int]:
        """How much is left to mend in each language."""
        places = [check.place for check in self.checks if check.is_blocking and check.place]
        return {code: sum(place.language == code for place in places) for code in languages.codes()}


@dataclass(frozen=True)
class Texts:
    """What goes out, by language; `names` are those of the pictures that hang on it, by id."""

    subject: Mapping[str, str]
    body: Mapping[str, str]
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def written_in(self) -> list[str]:
        return [code for code in languages.codes() if code in self.subject and code in self.body]

    def each(self) -> Iterator[tuple[str, str]]:
        yield from ((code, self.body[code]) for code in self.written_in)

    def place(self, language: str, words: str) -> Whereabouts:
        """The first place where these words stand."""
        if words in self.subject.get(language, ""):
            return Whereabouts(language, SUBJECT)
        return self.place_where(language, lambda line: words in line)

    def place_where(self, language: str, fits: Callable[[str], bool]) -> Whereabouts:
        heading = ""
        for number, line in enumerate(self.body.get(language, "").splitlines(), 1):
            found = HEADING.match(line)
            heading = found[1].strip()[:LONGEST_HEADING] if found else heading
            if fits(line):
                return Whereabouts(language, BODY, number, heading)
        return Whereabouts(language)

    def place_anywhere(self, words: str) -> Whereabouts | None:
        places = (self.place(code, words) for code in self.written_in)
        return next((place for place in places if place.line), None)


def look_at_texts(
    report: Proof, texts: Texts, *, looks: Mapping[str, str] = NO_LOOKS, some_are_nameless: bool = False
) -> None:
    """What would reach readers in any language that goes out. `looks`: what came of trying the links."""
    look_for_gaps(report, texts)
    _placeholders(report, texts, some_are_nameless)
    _links(report, texts, looks)
    _pictures(report, texts)


def look_for_missing(report: Proof, texts: Texts, spoken: list[str], counts: Mapping[str, str]) -> None:
    """The languages of readers that are not written; `counts` says how many read them, where that is said."""
    written = texts.written_in
    missing = [code for code in spoken if code not in written]
    if not missing:
        names = [languages.name_of(code) for code in written]
        report.good(_("Every language is covered: %(languages)s.") % {"languages": ", ".join(names)})
    for code in missing:
        has_subject = code in texts.subject
        values = {
            "lacks": _("the text is missing") if has_subject else _("the subject is missing"),
            "count": counts.get(code, ""),
            "other": languages.name_of(letters.one_of(written, code)),
        }
        words = _("%(lacks)s; %(count)s people get it in %(other)s.") if code in counts else ""
        place = Whereabouts(code)
        report.remark((words or _("%(lacks)s; its readers get it in %(other)s.")) % values, place)


def look_for_gaps(report: Proof, texts: Texts) -> None:
    """What a template asks the writer to write never reaches a reader, in no language."""
    for language, body in texts.each():
        text = f"{texts.subject[language]}\n{body}"
        left = blocks.gaps_in(text)
        copied = sorted(each for each in templates.instructions() if each in templates.plain(text))
        for gap in dict.fromkeys([*left, *([] if left else copied)]):
            place = texts.place(language, gap)
            report.fault(
                _("“%(gap)s” still waits for your own text. Write it there, or remove the line.") % {"gap": gap[:80]},
                place,
            )


def _placeholders(report: Proof, texts: Texts, some_are_nameless: bool) -> None:
    known, is_good, is_personal = letters.FIRST_NAME, True, False
    for language, body in texts.each():
        in_subject = letters.PLACEHOLDER.findall(texts.subject[language])
        found = letters.PLACEHOLDER.findall(body)
        wrong = [each for each in found if each.replace(" ", "") != known]
        for each in wrong[:1]:
            words = _("Unknown placeholder %(found)s. You can use %(known)s.") % {"found": each[:60], "known": known}
            report.fault(words, texts.place(language, each))
        in_address = letters.IN_ADDRESS.findall(body)
        for each in in_address[:1]:  # whoever runs that server would see who of the readers opened it
            words = _("An address cannot contain a placeholder: %(found)s.") % {"found": each[:60]}
            report.fault(words, texts.place(language, each))
        for each in in_subject[:1]:
            words = _("A subject cannot contain a placeholder: %(found)s.") % {"found": each[:60]}
            report.fault(words, Whereabouts(language, SUBJECT))
        is_good = is_good and not wrong and not in_subject and not in_address
        is_personal = is_personal or bool(found)
    if is_good and is_personal and some_are_nameless:
        report.remark(_("We do not know everybody's name; without one, the greeting leaves it out."))
    elif is_good:
        report.good(_("Every placeholder can be filled in."))


def _links(report: Proof, texts: Texts, looks: Mapping[str, str]) -> None:
    is_good = True
    for language, body in texts.each():
        refused = markdown.refused_links(body)
        if refused:
            is_good = False
            words = _("This kind of link is not allowed: %(links)s. Only https and mailto links are allowed.")
            said = words % {"links": ", ".join(link[:60] for link in refused[:3])}
            report.fault(said, texts.place(language, refused[0]))
    if not is_good:
        return
    found = tried_links.look_at("\n\n".join(body for _language, body in texts.each()), looks)
    for address in found.dead:
        words = _("Nothing is at this link: %(link)s. Correct it or remove it.") % {"link": address[:90]}
        report.fault(words, texts.place_anywhere(address))
    for address in found.silent:
        words = _("This link does not answer at the moment: %(link)s") % {"link": address[:90]}
        report.remark(words, texts.place_anywhere(address))
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


def _pictures(report: Proof, texts: Texts) -> None:
    """Each has words for who cannot see it, or is said to decorate only; the name of a file says nothing."""
    pictures, is_good = [], True
    for language, body in texts.each():
        pictures += markdown.images_of(body)
        if markdown.undescribed(body, texts.names):
            is_good = False
            words = _(
                "A picture has no alternative text. Describe what it shows between the brackets: ![text](address)."
            )
            place = texts.place_where(language, lambda line: bool(markdown.undescribed(line, texts.names)))
            report.fault(words, place)
        for gone in sorted(markdown.attachments_of(body) - texts.names.keys())[:1]:
            report.fault(_("A picture is no longer there. Please add it again."), texts.place(language, gone))
    if pictures and is_good:
        report.good(_("Every picture has an alternative text."))
    site = urlsplit(settings.SITE_URL).hostname
    hosts = sorted({urlsplit(source).hostname or "" for source, _alternative in pictures} - {site, ""})
    if hosts:
        words = _("A picture is loaded from %(host)s when the email is opened: the owner of that site can see this.")
        report.remark(words % {"host": hosts[0]}, texts.place_anywhere(hosts[0]))
