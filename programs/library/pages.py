"""What the pages of the library show."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from core.kit.languages import localised
from programs.checklists.models_uses import TemplateUse
from programs.consents.models import today_in
from programs.library import queries, services, shape
from programs.library.comparing import PlanChange, compare
from programs.library.forms import NEW, TakeForm
from programs.library.models import PlanTemplate
from programs.library.opened import Opened
from programs.library.shape import Content
from programs.library.shipped import shipped
from programs.library.taking import Intake, plan
from programs.membership.models import Program

if TYPE_CHECKING:
    from django.http import QueryDict

    from core.people.models import User


def supplied() -> list[dict[str, Any]]:
    return [
        {
            "ref": row["key"],
            "name": localised(row["name"]),
            "about": localised(row["about"]),
            "phases": len(row["phases"]),
            "items": shape.item_count(row),
        }
        for row in shipped().values()
    ]


def usual(opened: Opened) -> dict[str, Any]:
    """What the form begins with: everything, behind the last phase, not before tomorrow."""
    tomorrow = today_in(opened.program) + timedelta(days=1)
    last = queries.last_day(opened.program)
    start = max(tomorrow, last + timedelta(days=1)) if last else tomorrow
    return {
        "into": NEW,
        "start_on": _monday(start).isoformat(),
        "parts": [part.key for part in opened.parts],
        "dates": "on",
    }


def _monday(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


def take_form(opened: Opened, said: "QueryDict | None") -> TakeForm:
    """From the address, or from what was sent; an address that says nothing asks for the usual."""
    phases = queries.open_phases(opened.program)
    data: Any = said if said and "into" in said else usual(opened)
    return TakeForm(data, opened=opened, phases=phases)


def intake_of(form: TakeForm, content: Content) -> Intake:
    said = form.cleaned_data
    into = form.into_phase
    start = into.start_on if into else said["start_on"]
    return plan(content, start_on=start, keys=said["parts"], into=into, with_dates=said.get("dates", False))


def imported(program: Program, content: Content) -> dict[str, Any]:
    """What an import would make."""
    namesake = queries.namesake(program, content)
    changes = compare(services.latest(namesake), content) if namesake else []
    return {"opened": Opened(program, content), "namesake": namesake, "changes": changes}


VERSIONS = 30  # on a page


def versions(row: PlanTemplate, before: str, after: str, page: str) -> dict[str, Any]:
    """The versions of a template, and what changed between two: the last two where the address names none."""
    numbers = list(queries.versions_of(row).values_list("number", flat=True))
    newer = _named(after, numbers) or numbers[0]
    older = _named(before, numbers) or next((each for each in numbers if each < newer), newer)
    found = {number: queries.version_of(row, number) for number in {older, newer}}
    old, new = found[older], found[newer]
    shown, before_of = Paginator(queries.versions_of(row), VERSIONS).get_page(page), dict(pairwise(numbers))
    return {
        "page": shown,
        "rows": [(each, before_of.get(each.number)) for each in shown],
        "numbers": numbers,
        "choices": [("before", older, _("from version")), ("after", newer, _("to version"))],
        "older": older,
        "newer": newer,
        "changes": compare(old.content, new.content) if old and new else [],
    }


def _named(text: str, numbers: list[int]) -> int | None:
    return next((number for number in numbers if str(number) == text), None)


def above(program: Program, opened: Opened | None = None) -> list[tuple[str, str]]:
    """The way down to a page."""
    steps = [(_("Program"), reverse("programs:timeline", args=[program.slug]))]
    steps.append((_("Templates"), reverse("programs:library", args=[program.slug])))
    if opened is not None:
        steps.append((opened.name, reverse("programs:template_detail", args=[program.slug, opened.ref])))
    return steps


@dataclass(frozen=True)
class Used:
    """A template that a program was made from, and whether there is a newer version."""

    use: TemplateUse
    current: Opened | None  # nothing where it was deleted, or is not for this reader

    @property
    def name(self) -> str:
        return localised(self.use.content["name"])

    @property
    def is_behind(self) -> bool:
        return self.current is not None and self.current.version > self.use.version


def used(user: "User", use: TemplateUse) -> Used:
    return _used(user, use.program, [use])[0]


def uses(user: "User", program: Program) -> list[Used]:
    return _used(user, program, queries.uses_of(program))


def changes_for(used: Used) -> list[PlanChange]:
    """In the phases that were taken, and in those that came since."""
    if used.current is None:
        return []
    left = {phase["key"] for phase in used.use.content["phases"]} - set(used.use.parts) if used.use.parts else set()
    before, after = (
        content | {"phases": [phase for phase in content["phases"] if phase["key"] not in left]}
        for content in (used.use.content, used.current.content)
    )
    return compare(before, after)


def _used(user: "User", program: Program, rows: list[TemplateUse]) -> list[Used]:
    own = queries.latest_of(user, {row.template_pk for row in rows if row.template_pk})
    found = []
    for use in rows:
        if use.template_pk is None:
            content = shipped().get(use.key)
            found.append(Used(use, Opened(program, content) if content else None))
        else:
            known = own.get(use.template_pk)
            found.append(Used(use, Opened(program, known[1], known[0]) if known else None))
    return found
