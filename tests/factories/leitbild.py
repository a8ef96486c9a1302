"""A workshop in which people vote, with four sentences and one heading; and a version that was published before it."""

from typing import Any

from programs.leitbild import sentences, services, steps
from programs.leitbild.models import LeitbildState, LeitbildVersion, LeitbildWorkshop
from programs.membership.models import Membership
from tests.world import join, make_user

TEXTS = ("We say what we know.", "We ask before we post.", "We name our sources.")


def make_workshop(world: Any) -> LeitbildWorkshop:
    """Collecting, with three sentences that are shown."""
    LeitbildWorkshop.objects.all().delete()
    question = {"en": "What do we stand for?", "de": "Wofür stehen wir?"}
    row = services.open_workshop(world.program, question=question, milestone=None, by=world.manager)
    for text in TEXTS:
        services.contribute(row, text=text, voice=text)
    row.refresh_from_db()
    sentences.show(row, len(TEXTS))
    row.save()
    return row


def say(row: LeitbildWorkshop, *texts: str, by: str = "") -> None:
    """Each by somebody else, or all by one."""
    for text in texts:
        services.contribute(row, text=text, voice=by or text)
    row.refresh_from_db()


def at(row: LeitbildWorkshop, state: str, by: Any) -> LeitbildWorkshop:
    while row.state != state:
        steps.go(row, to=steps.next_of(row.state), by=by)
        row.refresh_from_db()
    return row


def voters(world: Any, count: int) -> list[Any]:
    """People who have taken part for long."""
    people = [make_user(f"voter{number}") for number in range(count)]
    for person in people:
        join(person, world.program, "influencer")
    Membership.objects.filter(user__in=people).update(since="2026-01-05T00:00:00Z")
    return people


def furnish(world: Any) -> None:
    row = make_workshop(world)
    services.entitle(row, title="Honesty", by=world.manager)
    row.refresh_from_db()
    services.put(row, key=row.sentences[-1]["key"], group=row.groups[0]["key"], by=world.manager)
    world.leitbild = at(row, LeitbildState.VOTING, world.manager)
    world.leitbild_version = LeitbildVersion.objects.create(program=world.program, number=1, text={"en": "We **ask**."})
