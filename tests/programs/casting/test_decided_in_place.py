"""A decision changes its row alone; and what a call says of its interest once that is forgotten."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from programs.casting import jobs
from programs.casting.models import Call, Interest, SeatFate
from tests.factories.casting import make_interest


def url(world: Any, name: str = "casting_list") -> str:
    return reverse(f"programs:{name}", args=[world.program.slug, *([] if name == "casting" else [world.call.pk])])


def body(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_a_decision_asks_for_its_row_and_works_as_a_form(world: Any, sign_in: Any) -> None:
    interest = make_interest(world.call, "Rita")
    manager = sign_in(world.manager)
    fate = reverse("programs:interest_fate", args=[world.program.slug, interest.key])
    page = body(manager.get(url(world)))
    row = f"#interest-{interest.key}"
    assert f'hx-post="{fate}?" hx-target="{row}" hx-select="{row}"' in page
    assert f'id="{row[1:]}"' in page
    for htmx in ({"HTTP_HX_REQUEST": "true"}, {}):
        answer = manager.post(fate, {"fate": "seat"}, **htmx)
        assert answer["Location"].endswith(row)
        again = body(manager.get(answer["Location"], **htmx))
        assert f'id="fate-{interest.key}-seat" name="fate" value="" aria-pressed="true"' in again
        assert "1 of 20 places" in again
        manager.post(fate, {"fate": ""}, **htmx)


def close(world: Any, *, days: int) -> None:
    today = timezone.localdate()
    Call.objects.filter(pk=world.call.pk).update(
        opens_on=today - timedelta(days=days + 30), closes_on=today - timedelta(days=days)
    )


def kept(world: Any) -> list[int | None]:
    return Call.objects.get(pk=world.call.pk).interest_kept


def answered(world: Any, count: int, *, told: str = SeatFate.NOT, first: int = 0) -> None:
    then = timezone.now() - timedelta(days=31)
    for number in range(first, first + count):
        interest = make_interest(world.call, f"P{told}{number}", fate=told)
        Interest.objects.filter(pk=interest.pk).update(told=told, told_at=then)


def test_what_is_forgotten_leaves_a_range_and_no_zero(world: Any, sign_in: Any) -> None:
    Interest.objects.filter(call=world.call).delete()
    answered(world, 7)
    answered(world, 9, told=SeatFate.SEAT)
    make_interest(world.call, "Late", fate="")
    close(world, days=40)
    manager = sign_in(world.manager)
    jobs.retention()
    assert kept(world) == [15, 19]
    for time in range(2):
        assert '<td data-label="Interested"> 15 to 19 </td>' in body(manager.get(url(world, "casting")))
        assert "15 to 19 people had shown interest" in body(manager.get(url(world)))
        answered(world, 9, first=100 * (time + 1))
        jobs.retention()
        assert kept(world) == [15, 19], "made once"


def test_few_stay_few_and_what_was_never_kept_is_said(world: Any, sign_in: Any) -> None:
    manager = sign_in(world.manager)
    Interest.objects.filter(call=world.call).delete()
    close(world, days=40)
    assert "no longer stored" in body(manager.get(url(world, "casting")))
    answered(world, 3)
    jobs.retention()
    assert "fewer than 10" in body(manager.get(url(world, "casting")))


def test_while_a_call_is_open_or_somebody_takes_it_back_nothing_is_kept(world: Any) -> None:
    answered(world, 3)
    jobs.retention()
    assert kept(world) == [], "open: those who were answered left a hash, which counts later"
    close(world, days=40)
    gone = make_interest(world.call, "Gone")
    Interest.objects.filter(pk=gone.pk).update(
        withdrawn_at=timezone.now() - timedelta(days=3), asked_at=timezone.now() - timedelta(days=9)
    )
    jobs.retention()
    assert kept(world) == []
    Interest.objects.filter(call=world.call).delete()
    answered(world, 7, told=SeatFate.SEAT)
    jobs.retention()
    assert kept(world) == [10, 14]
