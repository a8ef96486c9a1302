"""What the pages of the guideline show."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.kit.rooms import Act
from core.kit.words import Words
from programs.consents.models import today_in
from programs.guidelines import access, labelling, may_i, queries
from programs.guidelines.documents import Answer, Change, changes, document_of, parts_of, unanswered
from programs.guidelines.models import Guideline, GuidelineVersion
from programs.guidelines.quiz import asked_of
from programs.membership import queries as membership
from programs.membership.models import Country, Program

if TYPE_CHECKING:
    from core.people.models import User

LONGEST_QUESTION = 200
VERSIONS_ON_A_PAGE = 10


@dataclass(frozen=True)
class Seal:
    """How fresh the last check is: the ring empties until the day of the next one, then it fades."""

    checked_on: date
    recheck_on: date
    today: date
    owner: str
    approver: str

    @property
    def is_old(self) -> bool:
        return self.today > self.recheck_on

    @property
    def left(self) -> int:
        """Percent of the time until the next check."""
        whole = max((self.recheck_on - self.checked_on).days, 1)
        return min(max(100 * (self.recheck_on - self.today).days // whole, 0), 100)


def seal_of(guideline: Guideline) -> Seal:
    owner, approver = (str(each.user) if each else "" for each in (guideline.owner, guideline.approver))
    return Seal(guideline.checked_on, guideline.recheck_on, today_in(guideline.program), owner, approver)


def reading(user: "User", program: Program, asked: str) -> dict[str, Any]:
    """The newest version, what is new in it since one agreed, and the answers to "May I?"."""
    version, working = queries.latest(program), queries.working_copy(program)
    may_write = access.can_write(user, program)
    context: dict[str, Any] = {"program": program, "version": version, "may_write": may_write, "working": working}
    if version is None:
        return context | {"contacts": membership.contacts_of(program)}
    if working is not None:
        working.program = program
        context["seal"] = seal_of(working)
    parts = parts_of(version.content)
    asked = asked[:LONGEST_QUESTION].strip()
    context |= {"parts": parts, "lead": Words(version.content["lead"]), "asked": asked}
    context["has_quiz"] = bool(asked_of(parts))
    context["hits"] = may_i.search(parts, asked) if asked else []
    if access.can_accept(user, program):
        context |= _own(user, program, version)
    if may_write:
        context["agreed"] = queries.agreed(version, program)
    return context


def _own(user: "User", program: Program, version: GuidelineVersion) -> dict[str, Any]:
    """Whether one agreed; if only to an older one, what is new since then."""
    own = queries.accepted_by(user, program)
    if own is None or own.version == version:
        return {"may_accept": True, "accepted": own, "changes": [], "is_current": own is not None}
    found = changes(own.version.content, version.content)
    return {
        "may_accept": True,
        "accepted": own,
        "changes": found,
        "is_current": False,
        "changed": {change.number for change in found},
    }


def helper(program: Program, country: str, said: str) -> dict[str, Any]:
    """The labelling helper after these answers."""
    version = queries.latest(program)
    return {
        "program": program,
        "country": Country(country),
        "countries": Country.choices,
        "way": labelling.way(said),
        "law": labelling.law_of(country),
        "house_rule": Words(version.content["house_rule"]) if version else "",
    }


@dataclass(frozen=True)
class VersionRow:
    version: GuidelineVersion
    changes: list[Change]


def history(program: Program, number: str | None) -> dict[str, Any]:
    """Every version, the newest first, with what changed in it; as many at once as are compared in a moment."""
    versions = queries.versions(program)
    page = Paginator(versions, VERSIONS_ON_A_PAGE).get_page(number)
    begins = (page.number - 1) * VERSIONS_ON_A_PAGE
    rows = list(versions[begins : begins + VERSIONS_ON_A_PAGE + 1])
    compared = [
        VersionRow(row, changes(older.content, row.content) if older else [])
        for row, older in zip_longest(rows[:VERSIONS_ON_A_PAGE], rows[1:])
        if row is not None
    ]
    return {"program": program, "page": page, "rows": compared}


def one(version: GuidelineVersion) -> dict[str, Any]:
    """An older or the newest version as it stood."""
    parts: list[Answer] = parts_of(version.content)
    return {
        "program": version.program,
        "version": version,
        "parts": parts,
        "lead": Words(version.content["lead"]),
        "is_latest": queries.latest(version.program) == version,
    }


def workshop(guideline: Guideline) -> dict[str, Any]:
    """For who writes it: the questions with their answers and cases, and what publishing would change."""
    document, latest = document_of(guideline), queries.latest(guideline.program)
    sections = {section.question: section for section in guideline.sections.prefetch_related("cases")}
    rows = [
        (
            number,
            sections[row["question"]],
            [case for case in sections[row["question"]].cases.all() if not case.deleted_at],
        )
        for number, row in enumerate(document["sections"], start=1)
    ]
    return {
        "program": guideline.program,
        "guideline": guideline,
        "seal": seal_of(guideline),
        "rows": rows,
        "unanswered": unanswered(document),
        "latest": latest,
        "changes": changes(latest.content, document) if latest else [],
        "is_new": latest is None or latest.content != document,
    }


def acts(user: "User", program: Program) -> Iterator[Act]:
    """The quiz, while there is one."""
    version = queries.latest(program)
    if version is not None and asked_of(parts_of(version.content)):
        url = reverse("programs:guideline_quiz", args=[program.slug])
        yield Act(_("Quiz: may I?"), url, 30, _("quiz questions guidelines examples"), "list-check")
