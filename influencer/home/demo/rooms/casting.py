"""The demo's open call for the next generation, with some who have shown interest and some of it decided."""

from datetime import timedelta
from typing import Any

from core.kit.languages import in_language
from influencer.home.demo import texts
from influencer.home.demo.rooms import Demo
from programs.casting import services
from programs.casting.mix import Given
from programs.casting.mix_kept import in_ranges
from programs.casting.models import Interest
from programs.generations.models import Generation
from programs.generations.services import start_generation
from programs.phases.models import Milestone


def load(demo: Demo) -> None:
    language, plan = texts.company(demo.company)["language"], texts.read("casting")
    before = Generation.objects.filter(program=demo.program).order_by("number").last()
    for filled in Generation.objects.filter(program=demo.program, number=plan["kept"]["generation"]):
        _earlier_call(demo, filled, plan["kept"]["people"])
    planned = Milestone.objects.filter(
        program=demo.program, phase__key="expansion", kind="milestone", on__gt=demo.today
    )
    ahead = planned.order_by("on").values_list("on", flat=True).first()
    generation = start_generation(
        Generation(
            program=demo.program,
            name=in_language(plan["generation"], language) % {"number": before.number + 1 if before else 1},
            start_on=ahead or demo.today + timedelta(days=plan["starts_in_days"]),
            places=plan["places"],
            contact=before.contact if before else None,
        ),
        by=demo.manager,
    )
    opens = demo.today - timedelta(days=plan["opened_days_ago"])
    closes = opens + timedelta(days=plan["open_days"])
    call = services.write_call(generation, opens_on=opens, closes_on=closes, by=demo.manager)
    services.switch_link(call, is_on=True, by=demo.manager)
    for number, row in enumerate(plan["people"], start=1):
        address = f"interest{number}@{demo.program.slug}.example"
        interest = Interest.objects.create(call=call, email=address, language=language)
        given = {name: row[name] for name in services.GIVEN if name != "topics"}
        given["topics"] = in_language(row["topics"], language)
        interest = services.declare_by_link(interest, name=row["name"], given=given)
        services.think_of(interest, fate=row["fate"])


def _earlier_call(demo: Demo, generation: Generation, kept: list[dict[str, Any]]) -> None:
    """The call that filled the generation before: forgotten long ago, but for the ranges of its mix."""
    opens = generation.start_on - timedelta(days=70)
    call = services.write_call(generation, opens_on=opens, closes_on=opens + timedelta(days=28), by=demo.manager)
    people = [
        Given(True, site, department, experience, tuple(row["languages"]))
        for row in kept
        for site, department, experience in [row["given"]] * row["people"]
    ]
    call.mix_kept = in_ranges(people, demo.program.group_minimum)
    call.mix_of, call.mix_kept_on = len(people), generation.start_on
    call.save(update_fields=["mix_kept", "mix_of", "mix_kept_on"])
