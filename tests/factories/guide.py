"""Programs that somebody is thinking about, and what a concept holds. In the world the manager has answered everything,
so that the last page can be sent; the program has a concept with a document that is missing."""

from typing import Any

from programs.guide import checks, services
from programs.guide.models import Sketch
from programs.guide.questions import QUESTIONS

ORDER = 30
SAID: dict[str, dict[str, Any]] = {
    "why": {"goal_1": "Be seen as an employer", "goal_2": "Share what we know", "goal_3": "", "reason": "We grow."},
    "whom": {"audiences": ["Applicants"], "audience": "Schools"},
    "people": {"size": "middle", "pilot": "yes", "weekly_minutes": 60},
    "where": {"country": "DE", "languages": ["de", "en"]},
    "council": {"council": "knows"},
    "sponsor": {"backing": "given", "given_by": "Board member for people", "promised": "An hour a week"},
    "team": {"helpers": ["hr", "legal"]},
    "start": {"name": "Südlichter", "company_name": "Südwerk GmbH", "start_on": "2027-01-04"},
}


def answered(**changes: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """All answers, some of them others: `answered(where={"country": "CH"})`."""
    return {name: said | changes.get(name, {}) for name, said in SAID.items()}


def make_sketch(person: Any, **changes: dict[str, Any]) -> Sketch:
    for name, said in answered(**changes).items():
        services.answer(person, question=name, said=said)
    return Sketch.objects.present().get(person=person)


def answer_all(client: Any, **changes: dict[str, Any]) -> list[int]:
    """Through the pages, as a person does; the status of each."""
    answers = answered(**changes)
    return [client.post(asked.url, answers[asked.name]).status_code for asked in QUESTIONS]


def furnish(world: Any) -> None:
    world.sketch = make_sketch(world.manager)
    services.change_concept(world.program, by=world.manager, audience="Applicants", size="middle", council="knows")
    world.document = services.add_document(world.program, by=world.manager, title={"en": "Crisis plan"})
    checks.plan_checks(world.program, world.today, by=world.manager)
