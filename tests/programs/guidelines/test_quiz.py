"""A quiz of the guideline's own cases: for oneself, and nothing of it stays."""

from typing import Any

from django.urls import reverse

from core.journal.models import Entry
from core.kit.words import Words
from programs.guidelines import services
from programs.guidelines.documents import Answer, Case, parts_of
from programs.guidelines.models import CaseAnswer, GuidelineCase
from programs.guidelines.quiz import MOST, asked_of
from tests.factories.guidelines import change_section
from tests.house.written import rows_written, written

QUIZ = "/p/nordlichter/guidelines/quiz/"


def answers(world: Any, *, right: int) -> dict[str, Any]:
    """So many as the guideline says, the others not."""
    asked = asked_of(parts_of(world.guideline_version.content))
    wrong = {verdict: next(each for each in CaseAnswer.values if each != verdict) for verdict in CaseAnswer.values}
    chosen = {
        f"case{place}": case.verdict if place < right else wrong[case.verdict]
        for place, (_part, case) in enumerate(asked)
    }
    return {"version": world.guideline_version.number, **chosen}


def test_who_answers_reads_what_the_guideline_says_of_each(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    asked = asked_of(parts_of(world.guideline_version.content))
    page = client.get(QUIZ).content.decode()
    assert page.count("<fieldset") == len(asked) == MOST
    assert all(str(case.because) not in page for _part, case in asked if case.because)
    page = client.post(QUIZ, answers(world, right=2)).content.decode()
    assert "2 of 5 as in the guidelines." in page
    assert page.count("Your answer: ") == 3
    assert all(str(case.because) in page for _part, case in asked if case.because)
    page = client.post(QUIZ, answers(world, right=5)).content.decode()
    assert "All as in the guidelines." in page


def test_nothing_of_it_is_kept(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    client.get(QUIZ)
    before, entries = written(), Entry.objects.count()
    client.post(QUIZ, answers(world, right=1))
    assert rows_written(before, written()) == {}
    assert Entry.objects.count() == entries


def test_what_is_missing_is_said_and_what_was_chosen_stays(world: Any, sign_in: Any) -> None:
    sent = answers(world, right=5)
    del sent["case3"]
    answer = sign_in(world.influencer).post(QUIZ, sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count("Please choose an answer.") == 2  # above, and at the question
    assert page.count(" checked") == 4
    assert "as in the guidelines" not in page
    assert sign_in(world.influencer).post(QUIZ, sent | {"case3": "perhaps"}).status_code == 422


def test_a_version_that_came_meanwhile_is_asked_anew(world: Any, sign_in: Any) -> None:
    sent = answers(world, right=5)
    change_section(world.program, world.manager, en="Other words.")
    page = sign_in(world.influencer).post(QUIZ, sent).content.decode()
    assert "The guidelines have changed in the meantime." in page
    assert " checked" not in page


def test_without_cases_there_is_no_quiz(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    assert QUIZ in client.get(reverse("programs:guidelines", args=["nordlichter"])).content.decode()
    for case in GuidelineCase.objects.present().filter(section__guideline__program=world.program):
        services.delete_case(case, by=world.manager)
    change_section(world.program, world.manager, en="Without cases.")
    assert client.get(QUIZ).status_code == 404
    assert QUIZ not in client.get(reverse("programs:guidelines", args=["nordlichter"])).content.decode()


def test_the_cases_come_from_as_many_sections_as_there_are() -> None:
    def part(question: str, count: int) -> Answer:
        cases = [Case("no", Words({"en": f"{question} {number}"}), Words({})) for number in range(count)]
        return Answer(question, Words({"en": "Text"}), cases)

    asked = asked_of([part("why", 4), part("whom", 1), part("form", 0), part("content", 2)])
    said = [case.situation.texts["en"] for _part, case in asked]
    assert said == ["why 0", "whom 0", "content 0", "why 1", "content 1"]
    assert asked_of([part("why", 2)]) == []
