"""What the answers make of the seven phases: pure, and for every combination of them."""

from datetime import date
from itertools import product

import pytest

from programs.guide import fitting
from programs.guide.answers import Answers, next_monday, read
from programs.guide.fitting import fit
from programs.guide.models import CouncilState, Size
from programs.membership.models import Country
from programs.phases.template import seven_phases
from tests.factories.guide import answered

START = date(2027, 1, 4)


def titles(said: Answers, language: str = "en") -> list[str]:
    return [item.title[language] for phase in fit(said).template.phases for item in phase.items]


@pytest.mark.parametrize(
    ("council", "size", "country", "has_pilot"),
    list(product(CouncilState.values, ["", *Size.values], Country.values, [True, False])),
)
def test_every_combination_makes_a_whole_plan(council: str, size: str, country: str, has_pilot: bool) -> None:
    said = Answers(council=council, size=size, country=country, has_pilot=has_pilot, helpers=["agency", "legal"])
    fitted = fit(said)
    assert [phase.number for phase in fitted.template.phases] == list(range(1, 8 if has_pilot else 7))
    for phase in fitted.template.phases:
        keys = [item.key for item in phase.items]
        assert len(keys) == len(set(keys)) > 4
        start, end = phase.start_on(START), phase.end_on(START)
        assert all(start <= phase.due_on(item, START) <= end for item in phase.items)
        assert all(start <= mark.on(START) for mark in phase.marks)
    assert fitted.documents
    there = {group["key"] for group in fitted.groups}
    assert all(set(duty["consulted"] + duty["informed"]) <= there for duty in fitted.duties)


def test_without_a_works_council_nothing_speaks_of_one() -> None:
    for language, word in (("en", "works council"), ("de", "betriebsrat")):
        said = Answers(council=CouncilState.NONE)
        rest = [text for text in titles(said, language) if word in text.lower() and "ohne" not in text.lower()]
        assert rest == []
    assert "Works agreement" not in [row["title"]["en"] for row in fit(Answers(council=CouncilState.NONE)).documents]
    marks = [mark.key for phase in fit(Answers(council=CouncilState.NONE)).template.phases for mark in phase.marks]
    assert "works_agreement" not in marks


@pytest.mark.parametrize(
    ("country", "council", "law"),
    [("DE", "knows", "Sec. 87"), ("AT", "knows", "96a ArbVG"), ("AT", "none", "AVRAG"), ("CH", "none", "ArGV 3")],
)
def test_each_country_has_its_rules(country: str, council: str, law: str) -> None:
    others = {"Sec. 87", "96a ArbVG", "AVRAG", "ArGV 3"} - {law}
    text = " ".join(titles(Answers(country=country, council=council)))
    assert law in text
    assert not [other for other in others if other in text]


def test_a_council_that_knows_nothing_yet_is_told_first() -> None:
    first = fit(Answers(council=CouncilState.UNAWARE)).template.phases[0]
    item = next(item for item in first.items if item.key == "council_first")
    assert first.due_on(item, START) == min(first.due_on(each, START) for each in first.items)
    assert "council_first" not in [
        item.key for item in fit(Answers(council=CouncilState.KNOWS)).template.phases[0].items
    ]


def test_without_a_pilot_the_rollout_begins_when_the_concept_is_ready() -> None:
    phases = {phase.key: phase for phase in fit(Answers(has_pilot=False)).template.phases}
    assert "pilot" not in phases
    assert (phases["rollout"].start_on(START) - phases["concept"].end_on(START)).days == 1
    usual = {phase.key: phase for phase in seven_phases().phases}
    assert phases["rollout"].weeks == usual["rollout"].weeks
    by_key = {mark.key: mark.offset_weeks for mark in phases["rollout"].marks}
    assert by_key["big_kickoff"] - phases["rollout"].offset_weeks == 39 - 38


def test_what_is_taken_out_or_reworded_is_there() -> None:
    """A key that the template no longer has would be a rule without effect."""
    items = {(phase.key, item.key) for phase in seven_phases().phases for item in phase.items}
    marks = {(phase.key, mark.key) for phase in seven_phases().phases for mark in phase.marks}
    file = fitting.file()
    assert {(row["phase"], row["item"]) for row in file["drop"] + file["reword"]} <= items
    assert {(row["phase"], row["mark"]) for row in file["drop_marks"]} <= marks
    assert not {(row["phase"], row["key"]) for row in file["add"]} & items


def test_goals_of_the_file_are_shown_by_figures() -> None:
    assert fitting.figures_of("Als Arbeitgeber sichtbar sein") == fitting.figures_of("Be visible as an employer") != []
    assert fitting.figures_of("Something of one's own") == []


def test_a_sketch_is_read_with_usual_values_for_what_is_open() -> None:
    said = read({"why": {}, "council": {}})
    assert (said.goals, said.country, said.council, said.is_complete) == ([], "DE", "unknown", False)
    whole = read(answered(why={"goal_2": "Be seen as an employer"}))
    assert whole.goals == ["Be seen as an employer"], "the same goal twice is one"
    assert whole.audience == "Applicants, Schools"
    assert whole.is_complete
    assert next_monday(date(2027, 1, 4)) == date(2027, 1, 11)
