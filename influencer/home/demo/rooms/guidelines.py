"""The demo's guideline: two versions out of the product's starter, so that the changes are to be seen."""

from datetime import timedelta

from influencer.home.demo import texts
from influencer.home.demo.rooms import Demo
from programs.generations.models import Participant
from programs.guidelines import services


def load(demo: Demo) -> None:
    plan = texts.read("guidelines")
    guideline = services.start(demo.program, by=demo.manager, from_starter=True)
    first = services.publish(guideline, reason={}, by=demo.manager)
    people = (
        Participant.objects.active().filter(program=demo.program).select_related("user").order_by("user__date_joined")
    )
    for participant in people[: plan["agreed_to_the_first"]]:
        services.accept(first, by=participant.user)
    for question, text in plan["changed"].items():
        services.write_section(guideline.sections.get(question=question), text=text, by=demo.manager)
    for question, row in plan["cases"].items():
        services.add_case(guideline.sections.get(question=question), by=demo.manager, **row)
    checked = demo.today - timedelta(days=plan["checked_days_ago"])
    services.describe(
        guideline,
        by=demo.manager,
        owner=demo.program.memberships.filter(user=demo.manager).first(),
        checked_on=checked,
        recheck_on=checked + services.CHECKED_FOR,
    )
    services.publish(guideline, reason=plan["reason"], by=demo.manager)
