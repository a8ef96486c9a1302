"""What the pages of the statement and of its workshop show."""

import hashlib
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from core.kit import codes
from core.kit.date_pages import pages_of_dates
from core.kit.markdown import render
from programs.leitbild import access, counting, queries, sentences, steps
from programs.leitbild.forms import BallotForm, SentenceForm
from programs.leitbild.models import LeitbildState, LeitbildVersion, LeitbildWorkshop
from programs.membership.models import Program
from programs.membership.tabs import tabs_of

if TYPE_CHECKING:
    from core.people.models import User

SENTENCES_COME = (LeitbildState.COLLECTING, LeitbildState.SORTING)
RESULT_STANDS = (LeitbildState.CLOSED, LeitbildState.PUBLISHED)
VERSIONS_ON_A_PAGE = 20


def of(program: Program, user: "User", **more: Any) -> dict[str, Any]:
    """The statement in force and the workshop under way. `more`: what was typed and came back."""
    version, workshop = queries.latest(program), queries.current(program)
    context: dict[str, Any] = {
        "program": program,
        "tabs": tabs_of("program", user, program, "programs:leitbild"),
        "version": version,
        "html": render(version.text) if version else "",
        "workshop": workshop,
        "joins": access.can_join(user, program),
        "hosts": access.can_host(user, program),
    }
    context["is_under_way"] = workshop is not None and workshop.state != LeitbildState.PUBLISHED
    context["is_in"] = context["joins"] and context["is_under_way"]
    context["has_new_text"] = bool(workshop and version and workshop.text.texts and workshop.text != version.text)
    if workshop and context["is_in"]:
        context |= _under_way(workshop, user)
    return context | more


def _under_way(workshop: LeitbildWorkshop, user: "User") -> dict[str, Any]:
    program, milestone = workshop.program, workshop.milestone
    context = live(workshop) | {
        "date_url": pages_of_dates(program, [milestone.pk], reader=user).get(milestone.pk, "") if milestone else "",
        "path": path_of(workshop.state),
        "next": steps.next_of(workshop.state),
        "back": steps.back_from(workshop.state),
    }
    if workshop.state == LeitbildState.COLLECTING:
        context["sentence_form"] = SentenceForm()
    elif workshop.state == LeitbildState.VOTING:
        context["form"] = BallotForm(workshop=workshop, initial={"items": queries.own_votes(workshop, user)})
        context["choices"] = sentences.choices_of(workshop)
    elif workshop.state in RESULT_STANDS:
        context["rows"], context["voters"] = counting.rows(workshop), counting.voters(workshop)
        context["draft"] = render(workshop.text)
    if context["is_shown_on_phones"]:
        context["link"] = settings.SITE_URL + reverse("programs:leitbild", args=[program.slug])
        context["code"] = codes.drawn(context["link"])
    return context


def live(workshop: LeitbildWorkshop) -> dict[str, Any]:
    """What an open page asks for again."""
    groups = [group for group in sentences.groups_of(workshop) if group.sentences]
    return {
        "program": workshop.program,
        "workshop": workshop,
        "least": counting.least(workshop.program),
        "fewest": sentences.fewest(workshop.program.group_minimum),
        "fewest_at_once": sentences.fewest_at_once(workshop.program.group_minimum),
        "groups": groups,
        "are_shown": workshop.state in SENTENCES_COME,
        "some_wait": workshop.state == LeitbildState.SORTING and bool(workshop.waiting),
        "is_shown_on_phones": workshop.state in (LeitbildState.COLLECTING, LeitbildState.VOTING),
        "seen": seen_of(workshop),
        "here": reverse("programs:leitbild", args=[workshop.program.slug]),
    }


def seen_of(workshop: LeitbildWorkshop) -> str:
    """A page that shows this one has nothing new to read."""
    told = [sentences.headings(workshop), [row for row in workshop.sentences if not row["is_hidden"]]]
    return f"{place_of(workshop)}-{_mark(told)}"


def place_of(workshop: LeitbildWorkshop) -> str:
    """Where the workshop is, and what it asks: when that changes, an open page has to be loaded again."""
    return f"{workshop.state}.{_mark(workshop.question.texts)}"


def _mark(told: Any) -> str:
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def path_of(state: str) -> list[dict[str, str]]:
    names = (_("Collect"), _("Sort"), _("Vote"), _("Agree on the text"))
    at = {LeitbildState.COLLECTING: 0, LeitbildState.SORTING: 1, LeitbildState.CLOSED: 3}.get(LeitbildState(state), 2)
    return [
        {"title": name, "state": "done" if place < at else "now" if place == at else "next"}
        for place, name in enumerate(names)
    ]


def to_sort(workshop: LeitbildWorkshop) -> dict[str, Any]:
    """For hosts: every heading with its sentences, and what is hidden."""
    return live(workshop) | {
        "groups": sentences.groups_of(workshop),
        "headings": sentences.headings(workshop),
        "hidden": sentences.hidden(workshop),
        "is_sorted": workshop.state in SENTENCES_COME,
    }


def history(program: Program, number: str | None) -> dict[str, Any]:
    return {"program": program, "page": Paginator(queries.versions(program), VERSIONS_ON_A_PAGE).get_page(number)}


def one(version: LeitbildVersion) -> dict[str, Any]:
    latest = queries.latest(version.program)
    return {
        "program": version.program,
        "version": version,
        "html": render(version.text),
        "is_latest": latest is not None and latest.pk == version.pk,
    }
