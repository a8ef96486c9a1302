from datetime import timedelta
from typing import Any

from programs.generations import jobs
from programs.generations.models import Participant


def test_who_left_is_forgotten_after_ninety_days(world: Any) -> None:
    participant = Participant.objects.filter(program=world.program, user=world.influencer).get()
    for days, stays in ((89, True), (91, False)):
        left_on = world.today - timedelta(days=days)
        Participant.objects.filter(pk=participant.pk).update(state="left", left_on=left_on)
        jobs.retention()
        assert Participant.objects.filter(pk=participant.pk).exists() is stays


def test_who_takes_part_stays(world: Any) -> None:
    before = set(Participant.objects.values_list("pk", flat=True))
    assert before
    jobs.retention()
    assert set(Participant.objects.values_list("pk", flat=True)) == before
