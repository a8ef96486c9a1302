"""The demo's mentors and buddies: some offer it, one pair is on the way, one request waits."""

from typing import Any

from influencer.home.demo import texts
from influencer.home.demo.rooms import Demo
from programs.generations.models import Generation, Participant
from programs.mentors import queries, services
from programs.mentors.models import PairKind


def load(demo: Demo) -> None:
    plan, language = texts.read("mentors"), texts.company(demo.company)["language"]
    people = Participant.objects.active().filter(program=demo.program).select_related("user", "generation", "program")
    joined = Generation.objects.filter(participants__in=people).distinct().order_by("number")
    first, last = joined.first(), joined.last()
    if first is None or last is None or first == last:
        return
    for participant, row in zip(
        people.filter(generation=first).order_by("user__date_joined"), plan["mentors"], strict=False
    ):
        services.show_card(participant, given=_given(row, language) | {"is_mentor": True})
    for participant, row in zip(
        people.filter(generation=last).order_by("user__date_joined"), plan["newer"], strict=False
    ):
        services.show_card(participant, given=_given(row, language) | {"is_buddy": True})
        suits = queries.suggestions(participant, PairKind.MENTOR).rows
        if row["asks"] and suits:
            pairing = services.ask(participant, person_id=suits[0][0].user_id, kind=PairKind.MENTOR)
            if row["agreed"]:
                services.agree(pairing)


def _given(row: dict[str, Any], language: str) -> dict[str, Any]:
    return {"topics": row["topics"][language], "site": row["site"], "languages": row["languages"]}
