"""The page that says whether everything is running: amounts and times, no names."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from redis import Redis

from core.journal.models import Entry
from core.kit import rooms
from core.notify.models import OutgoingMail
from core.schedule import fence, jobs, receivers
from core.schedule.models import Fence, JobRun, ScheduledJob, Setback
from influencer.health import probes
from influencer.operate.state import Job, state
from influencer.operate.tasks import sweep

NOTHING: Any = None
pytestmark = pytest.mark.usefixtures("fresh_cache")


def _mail(**fields: Any) -> OutgoingMail:
    number = OutgoingMail.objects.count()
    return OutgoingMail.objects.create(
        address=f"person{number}@example.com", subject="s", text="t", message_id=f"<{number}@x>", **fields
    )


def test_everything_is_running(db: None) -> None:
    probes.record_heartbeat()
    found = state()
    assert found.troubles == []
    assert found.sentence == "Everything is running."
    assert {service.name for service in found.services} >= {"Database", "Broker", "Worker and clock", "Mail", "Disk"}
    assert len(found.jobs) == len([line for room in rooms.every() for line in room.timetable])


def test_a_silent_worker_is_said_first_of_all(db: None) -> None:
    cache.delete(probes.HEARTBEAT)
    found = state()
    assert found.sentence == "Everything is running, except: the worker."
    assert "nothing is lost" in found.troubles[0].text


def test_a_broker_that_is_away_does_not_take_the_page_along(db: None, settings: Any) -> None:
    probes.record_heartbeat()
    settings.REDIS_URL = "redis://127.0.0.1:1"
    found = state()
    assert "the broker" in [trouble.title for trouble in found.troubles]


def test_a_mail_that_goes_out_in_a_moment_is_not_seen(db: None) -> None:
    """Whoever watched the page would see when something happens to somebody."""

    def said() -> str:
        return next(service.text for service in state().services if service.name == "Mail")

    before = said()
    _mail()
    assert said() == before


def test_mails_are_counted_in_words_without_addresses(db: None) -> None:
    probes.record_heartbeat()
    _mail(state="failed", reply="550 5.1.1 <person0@example.com>: no such user")
    _mail(state="failed", reply="552 mailbox full")
    _mail(state="failed", reply="552 mailbox full")
    _mail(state="sent", sent_at=timezone.now())
    late = _mail(state="retry", attempts=2, reply="535 wrong password")
    OutgoingMail.objects.filter(pk=late.pk).update(created_at=timezone.now() - timedelta(hours=2))
    found = state()
    text = {service.name: service.text for service in found.services}
    assert (
        text["Undeliverable"]
        == "in seven days: fewer than 5 the mailbox is full, fewer than 5 the address does not exist"
    )
    assert text["Mail"].startswith("fewer than 5 sent in the last 24 hours, fewer than 5 waiting, the oldest 2 hours")
    assert "our own sign-in at the mail server was rejected" in found.troubles[0].text
    assert "@" not in str((found.services, found.troubles))


def test_a_job_that_failed_says_so_and_what_happens_next(db: None) -> None:
    probes.record_heartbeat()
    ScheduledJob.objects.create(name=sweep.name, period=1, sent_at=timezone.now())
    receivers._begin("one")
    receivers._end("one", sweep, ValueError("jonas@example.com"), "FAILURE")
    found = state()
    job = next(job for job in found.jobs if job.name == sweep.name)
    assert (job.failure, job.took is not None) == ("ValueError", True)
    assert "ValueError" in found.troubles[0].text
    assert "jonas" not in str((found.troubles, job.failure))
    receivers._begin("two")
    receivers._end("two", sweep, None, "SUCCESS")
    assert state().troubles == []


def test_an_overdue_job_is_marked(db: None) -> None:
    ScheduledJob.objects.create(name=sweep.name, period=1, sent_at=timezone.now() - timedelta(hours=1))
    assert next(job for job in state().jobs if job.name == sweep.name).is_late


def test_rows_that_fail_are_counted_per_job_and_one_more_tells_of_nobody(db: None) -> None:
    probes.record_heartbeat()
    now = timezone.now()
    said = []
    for row in "123456":
        Setback.objects.create(job="privacy.retention", row=row, reason="KeyError", failed_at=now, next_at=now)
        said.append(state().troubles[0].text)
    assert said[0].startswith("Rows that could not be processed: fewer than 5.")
    assert said[0] == said[3]
    assert "5 to 9" in said[5]


def test_a_job_is_started_by_hand(world: Any, sign_in: Any) -> None:
    client: Client = sign_in(world.admin)
    page = client.post("/operate/jobs/notify.sweep/run/", follow=True).content.decode()
    assert "was sent to a worker" in page
    assert Entry.objects.get(verb="operate.job_run").data == {"job": "notify.sweep"}
    assert client.post("/operate/jobs/notify.deliver/run/").status_code == 404, "only what runs by the clock"
    assert client.get("/operate/jobs/notify.sweep/run/").status_code == 405


def test_what_became_of_a_job_in_its_last_periods(world: Any, sign_in: Any) -> None:
    client: Client = sign_in(world.admin)
    address = "/operate/jobs/privacy.retention/"
    assert "No run to tell of" in client.get(address).content.decode()
    now = timezone.now()
    told = {"name": "privacy.retention", "sent_at": now, "ended_at": now}
    JobRun.objects.create(period=1, took=12.3, failure="LookupError", attempts=4, **told)
    JobRun.objects.create(period=2, took=0.2, **told)
    JobRun.objects.create(name="privacy.retention", period=3, sent_at=now)
    page = client.get(address).content.decode()
    assert [word for word in ("on its way", "done", "failed (LookupError), 4 attempts") if word not in page] == []
    assert page.index("on its way") < page.index("done") < page.index("failed (LookupError)")
    assert "up to 15 s" in page
    assert client.get("/operate/jobs/notify.deliver/").status_code == 404
    assert f'href="{address}"' in client.get("/operate/").content.decode()


def test_the_page_names_nobody(world: Any, sign_in: Any) -> None:
    page = sign_in(world.admin).get("/operate/").content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    for person in (world.manager, world.influencer, world.coach):
        assert person.email not in main
        assert person.name not in main


def test_a_job_is_switched_off_and_on_again(world: Any, sign_in: Any) -> None:
    client: Client = sign_in(world.admin)
    page = client.post("/operate/jobs/newsletters.sweep/off/", follow=True).content.decode()
    assert "“Send newsletters that are due” is switched off" in page
    assert "newsletters.sweep" not in {line.task.name for line in jobs.due()}
    page = client.post("/operate/jobs/newsletters.sweep/on/", follow=True).content.decode()
    assert "is switched off" not in page
    assert "newsletters.sweep" in {line.task.name for line in jobs.due()}
    assert [each.verb for each in Entry.objects.filter(verb__startswith="operate.job")] == [
        "operate.job_off", "operate.job_on",
    ]  # fmt: skip


def test_what_people_were_promised_is_never_switched_off(world: Any, sign_in: Any) -> None:
    page = sign_in(world.admin).post("/operate/jobs/consents.erase_due/off/", follow=True).content.decode()
    assert "It cannot be switched off" in page
    assert "consents.erase_due" in {line.task.name for line in jobs.due()}


def test_a_restored_site_is_released_by_a_person(world: Any, sign_in: Any) -> None:
    probes.record_heartbeat()
    fence.is_up()
    Fence.objects.update(database="of another server")
    late = _mail(reason="events.reminder")
    client: Client = sign_in(world.admin)
    page = client.get("/operate/").content.decode()
    assert "this database was restored from a backup" in page
    page = client.post("/operate/jobs/newsletters.sweep/run/", follow=True).content.decode()
    assert "Release the site first" in page
    assert "was sent to a worker" not in page
    assert "Release the site" in client.get("/operate/release/").content.decode()
    assert client.post("/operate/release/", {"waiting": ""}).status_code == 422
    assert (
        "Everything continues" in client.post("/operate/release/", {"waiting": "discard"}, follow=True).content.decode()
    )
    assert not fence.is_up()
    late.refresh_from_db()
    assert (late.state, late.text) == ("failed", "")
    assert Entry.objects.get(verb="operate.released").data == {"discarded": True}


def test_work_that_waits_for_a_moment_is_not_seen(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor how long it took to look after one person or nobody: on a quiet site both would tell that somebody did
    something."""

    def said(waiting: int) -> str:
        monkeypatch.setattr(Redis, "llen", lambda *_: waiting)
        return next(service.text for service in state().services if service.name == "Queues")

    assert said(0) == said(4) != said(5)
    took = [
        Job(NOTHING, None, None, seconds, "", None, is_late=False).took_at_most for seconds in (None, 0.0, 4.9, 5.1)
    ]
    assert took == [None, 5, 5, 10]
