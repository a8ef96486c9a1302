"""What one did, logged in seconds and seen by nobody else."""

from typing import Any

from django.urls import reverse

from analytics.activities.models import Activity
from tests.journeys.stage import make_erika

LINK = "https://www.linkedin.com/feed/update/urn:li:activity:7513855734526870202/"


def test_a_link_is_enough_and_everything_can_be_undone(here: Any, sign_in: Any) -> None:
    user = make_erika(here.generation)
    erika = sign_in(user)

    def url(name: str, *args: Any) -> str:
        return reverse(f"analytics:{name}", args=[here.program.slug, *args])

    erika.post(url("activity_new"), {"url": LINK})
    activity = Activity.objects.get()
    assert (activity.kind, activity.channel, activity.purpose) == ("post", "linkedin", "value")
    erika.post(url("activity_new"), {"kind": "comment", "minutes": "20", "purpose": "promotional"})
    week = erika.get(url("activity_list")).context["week"]
    assert (week.minutes, week.allowance, week.value) == (30, 60, 1)

    erika.post(url("activity_edit", activity.pk), {"kind": "post", "minutes": "25", "note": "What I learnt"})
    assert erika.get(url("activity_list")).context["week"].minutes == 45
    erika.post(url("activity_delete", activity.pk))
    assert erika.get(url("activity_list")).context["week"].minutes == 20
    erika.post(url("activity_restore", activity.pk))
    page = erika.get(url("activity_list"))
    assert page.context["week"].minutes == 45
    assert "streak" not in page.content.decode().lower()

    manager = sign_in(here.manager)
    assert manager.get(url("activity_list")).status_code == 403
    assert manager.get(url("activity_edit", activity.pk)).status_code in (403, 404)


def test_nonsense_is_explained(here: Any, sign_in: Any) -> None:
    erika = sign_in(make_erika(here.generation))
    address = reverse("analytics:activity_new", args=[here.program.slug])
    for data in ({}, {"url": "javascript:alert(1)"}, {"kind": "post", "on": "2099-01-01"}, {"kind": "x"}):
        answer = erika.post(address, data)
        assert answer.status_code == 422, data
        assert 'role="alert"' in answer.content.decode()
    assert not Activity.objects.exists()
