"""The demo's reviews: one that is closed, with what it decided and agreed, and one that is being prepared."""

from datetime import timedelta
from typing import Any

from influencer.home.demo import texts
from influencer.home.demo.rooms import Demo
from programs.phases.models import Milestone
from programs.reviews import queries, services
from programs.reviews.kinds import ReviewKind
from programs.reviews.models import Review


def load(demo: Demo) -> None:
    language = texts.company(demo.company)["language"]
    dates = Milestone.objects.present().filter(program=demo.program, kind=Milestone.Kind.REVIEW)
    held, coming = dates.filter(on__lt=demo.today).last(), dates.filter(on__gte=demo.today).first()
    rows = texts.read("reviews")
    for date, row in ((held, rows["held"]), (coming, rows["coming"])):
        if date is None:
            continue
        review = _write(demo, date, row, language)
        if date is held:
            services.close_review(review, by=demo.manager)
            done = [each["text"][language] for each in row["actions"] if each["done"]]
            for action in review.actions.filter(text__in=done):
                services.tick_action(action, is_done=True, by=demo.manager)


def _write(demo: Demo, date: Milestone, row: dict[str, Any], language: str) -> Review:
    review = services.open_record(date, kind=ReviewKind.PROGRAM, by=demo.manager)
    for key, said in row["points"].items():
        services.write_point(
            review, key=key, light=said["light"], text=said["text"][language], based_on=0, by=demo.manager
        )
    for line in row["findings"]:
        words = line[language]
        services.add_finding(review, text=words.lstrip("!"), is_decision=words.startswith("!"), by=demo.manager)
    owners = list(queries.owners_of(demo.program))
    for number, action in enumerate(row["actions"]):
        services.add_action(
            review,
            text=action["text"][language],
            owner=owners[number % len(owners)],
            due_on=demo.today + timedelta(days=action["due_in"]),
            by=demo.manager,
        )
    people = list(queries.people_of(demo.program))
    services.note_end(review, present=people[:5], team="", next_on=None, next_at=None, by=demo.manager)
    return review
