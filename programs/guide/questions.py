"""The questions in their order, each with its words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from core.kit.languages import localised
from programs.guide import fitting, forms
from programs.guide.forms import QuestionForm
from programs.guide.models import CouncilState, Size
from programs.membership.models import Country


@dataclass(frozen=True)
class Prompt:
    name: str
    short: Promise
    title: Promise
    lead: Promise
    form: type[QuestionForm]
    may_wait: bool = True  # "I don't know yet" is an answer

    @property
    def url(self) -> str:
        return reverse("programs:program_question", args=[self.name])


QUESTIONS = (
    Prompt(
        "why",
        _("Why?"),
        _("What is the program for?"),
        _("At most three goals, the most important one first. What counts is what will be different in a year."),
        forms.WhyForm,
    ),
    Prompt(
        "whom",
        _("For whom?"),
        _("Whom should the program reach?"),
        _(
            "Fewer is clearer. Think of people who would learn from your colleagues "
            "what no advertisement could tell them."
        ),
        forms.WhomForm,
    ),
    Prompt(
        "people",
        _("How many?"),
        _("How many people take part?"),
        _("Taking part is always voluntary. A rough number is enough; the plan is tailored to it."),
        forms.ManyForm,
    ),
    Prompt(
        "where",
        _("Where?"),
        _("Where do they work?"),
        _("The country decides which rules belong in the plan, the languages what has to be translated."),
        forms.WhereForm,
    ),
    Prompt(
        "council",
        _("Works council?"),
        _("Is there a works council?"),
        _(
            "If so, involve it from the start: the plan puts the agreement before the open call, not after it. In "
            "Switzerland this means the employee representatives."
        ),
        forms.CouncilForm,
    ),
    Prompt(
        "sponsor",
        _("Backing?"),
        _("Who backs it in top management?"),
        _("A program needs somebody at the top who wants it, allows time for it and comes to the reviews."),
        forms.BackingForm,
    ),
    Prompt(
        "team",
        _("With whom?"),
        _("Who helps, and who has a say?"),
        _("They are added as stakeholders and to the duties. You lead the program; you can add people later."),
        forms.HelpersForm,
    ),
    Prompt(
        "start",
        _("When?"),
        _("What is it called, and when does it start?"),
        _("A working title is enough. The phases, due dates and the first 90 days count from this day."),
        forms.BeginForm,
        may_wait=False,
    ),
)
BY_NAME = {asked.name: asked for asked in QUESTIONS}


def after(asked: Prompt) -> Prompt | None:
    place = QUESTIONS.index(asked) + 1
    return QUESTIONS[place] if place < len(QUESTIONS) else None


def before(asked: Prompt) -> Prompt | None:
    place = QUESTIONS.index(asked)
    return QUESTIONS[place - 1] if place else None


def first_open(answers: Mapping[str, Any]) -> Prompt | None:
    return next((asked for asked in QUESTIONS if asked.name not in answers), None)


def in_words(name: str, said: Mapping[str, Any]) -> str:
    """An answer in one line, as it stands beside its question."""
    match name:
        case "why":
            return ", ".join(filter(None, (said.get(f"goal_{rank}") for rank in (1, 2, 3))))
        case "whom":
            return ", ".join([*said.get("audiences", []), *filter(None, [said.get("audience")])])
        case "people":
            pilot = gettext("with a pilot") if said.get("pilot") == "yes" else gettext("without a pilot")
            return f"{_label(Size, said.get('size'))}, {pilot}" if said.get("size") else ""
        case "where":
            number = len(said.get("languages", []))
            many = ngettext("%(count)s language", "%(count)s languages", number) % {"count": number}
            return ", ".join(filter(None, [_label(Country, said.get("country")), many if number else ""]))
        case "council":
            return _label(CouncilState, said.get("council"))
        case "sponsor":
            if said.get("backing") == "given":
                return str(said.get("given_by"))
            return gettext("still open") if said else ""
        case "team":
            named = {row["key"]: localised(row["title"]) for row in fitting.file()["helpers"]}
            return ", ".join(named[key] for key in said.get("helpers", []) if key in named)
    return str(said.get("name", ""))


def _label(choices: Any, value: Any) -> str:
    return str(choices(value).label) if value in choices.values else ""
