"""The demo's told successes: what some of its participants could do because of the program."""

from datetime import timedelta

from analytics.benefits import services
from core.kit.languages import in_language
from influencer.home.demo import texts
from influencer.home.demo.rooms import Demo
from programs.generations.models import Participant


def load(demo: Demo) -> None:
    language = texts.company(demo.company)["language"]
    goals = {goal.rank: goal for goal in demo.program.goals.all()}
    people = (
        Participant.objects.active().filter(program=demo.program).select_related("user").order_by("joined_on", "pk")
    )
    for participant, row in zip(people, texts.read("benefits")["benefits"], strict=False):
        services.tell_success(
            demo.program,
            by=participant.user,
            text=in_language(row["text"], language),
            readers=row["readers"],
            with_name=row.get("with_name", False),
            goal=goals.get(row.get("goal")),
            kpi=row.get("kpi", ""),
            told_on=demo.today - timedelta(days=row["days"]),
        )
