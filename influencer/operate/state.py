"""How the site is doing, in words: services, mails, periodic jobs. Amounts and times only, no names and no contents."""

import shutil
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Count, Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from redis import Redis, RedisError

from analytics.connectors import operating
from core.disclosure import gate
from core.kit import rooms
from core.kit.queue_names import DEFAULT_QUEUE, URGENT_QUEUE
from core.kit.rooms import Every
from core.kit.templatetags.ui import ago, clock, day, number, people
from core.notify.models import MailState, OutgoingMail
from core.schedule import fence
from core.schedule.models import ScheduledJob, Setback
from influencer.health import probes

PATIENCE = 1.0  # seconds for the broker to answer
AT_ONCE = 0.1  # seconds
STEP = 5  # seconds
LONG_IN_OUTBOX = timedelta(minutes=15)
LITTLE_SPACE = 0.1
PERIODS_MISSED = 3
MEGABYTE, GIGABYTE = 10**6, 10**9
REFUSALS = (  # what mail servers say most, by the beginning of the answer
    (("550", "551", "553"), gettext_lazy("the address does not exist")),
    (("552", "452"), gettext_lazy("the mailbox is full")),
    (("554",), gettext_lazy("rejected by a rule of the receiving server")),
    (("530", "535", "538"), gettext_lazy("our own sign-in at the mail server was rejected")),
)


@dataclass(frozen=True)
class Service:
    name: str
    text: str
    is_well: bool = True
    word: str = ""  # when it is not
    percent: int | None = None  # how full it is


@dataclass(frozen=True)
class Job:
    line: Every
    sent_at: datetime | None
    ended_at: datetime | None
    took: float | None
    failure: str
    next_at: datetime | None
    is_late: bool
    off_since: datetime | None = None

    @property
    def name(self) -> str:
        return self.line.task.name

    @property
    def took_at_most(self) -> int | None:
        """In steps of five seconds: tenths would tell of a quiet site whether there was anything to do for anybody."""
        return None if self.took is None else max(1, ceil(self.took / STEP)) * STEP

    @property
    def how_often(self) -> str:
        seconds = self.line.seconds
        if seconds < 60:
            return ngettext("every second", "every %(n)s seconds", seconds) % {"n": seconds}
        if seconds < 3600:
            return ngettext("every minute", "every %(n)s minutes", seconds // 60) % {"n": seconds // 60}
        if seconds < 86400:
            return ngettext("every hour", "every %(n)s hours", seconds // 3600) % {"n": seconds // 3600}
        return ngettext("every day", "every %(n)s days", seconds // 86400) % {"n": seconds // 86400}


@dataclass(frozen=True)
class Trouble:
    """What needs somebody: what it is, why, and what happens by itself."""

    key: str  # the same as long as it is the same trouble
    title: str
    text: str
    job: str = ""  # that can be started by hand
    is_off: bool = False  # the job was switched off
    is_restored: bool = False  # the database was


@dataclass
class State:
    services: list[Service] = field(default_factory=list)
    jobs: list[Job] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)

    @property
    def sentence(self) -> str:
        if not self.troubles:
            return _("Everything is running.")
        if len(self.troubles) == 1:
            return _("Everything is running, except: %(what)s.") % {"what": self.troubles[0].title}
        return _("%(count)s things need you.") % {"count": len(self.troubles)}

    @property
    def running(self) -> str:
        well = sum(service.is_well for service in self.services)
        return _("%(well)s of %(all)s running") % {"well": well, "all": len(self.services)}


def state(now: datetime | None = None) -> State:
    now = now or timezone.now()
    found = State()
    _fence(found)
    for part in (_database, _broker, _worker, _queues, _mails, _disk):
        part(found, now)
    _interfaces(found)
    _jobs(found, now)
    _setbacks(found)
    return found


def _fence(found: State) -> None:
    if since := fence.up_since():
        text = _(
            "Noticed on %(day)s. Nothing is sent or fetched until you release the site; only emails for signing in "
            "go out."
        )
        found.troubles.append(
            Trouble(
                "fence",
                _("this database was restored from a backup, or copied"),
                text % {"day": f"{day(since, 'full')}, {clock(since)}"},
                is_restored=True,
            )
        )


def _database(found: State, now: datetime) -> None:
    began = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_database_size(current_database()), (SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database()), current_setting('max_connections')::int"
        )
        size, used, most = cursor.fetchone()
    took = time.monotonic() - began
    text = _("answers at once") if took < AT_ONCE else _("answers in %(ms)s ms") % {"ms": number(round(took * 1000))}
    text += f", {_size(size)}"
    if used > most / 2:  # below that nobody needs to know
        text += ", " + _("%(used)s of %(most)s connections") % {"used": number(used), "most": number(most)}
    pending = probes.ask({"migrations": probes.migrations})["migrations"] != "ok"
    found.services.append(Service(_("Database"), text, not pending, _("not up to date") if pending else ""))
    if pending:
        found.troubles.append(
            Trouble(
                "migrations",
                _("the database is not up to date"),
                _("Run the migrations: the code is newer than the tables."),
            )
        )


def _size(size: float) -> str:
    if size < GIGABYTE:
        return f"{number(size / MEGABYTE, 0)} MB"
    return f"{number(size / GIGABYTE, 1 if size < 10 * GIGABYTE else 0)} GB"


def _redis() -> Any:
    return Redis.from_url(settings.REDIS_URL, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)


def _broker(found: State, now: datetime) -> None:
    try:
        with _redis() as asked:
            facts = asked.info()
    except RedisError:
        found.services.append(Service(_("Broker"), _("does not answer"), is_well=False, word=_("away")))
        found.troubles.append(
            Trouble(
                "broker",
                _("the broker"),
                _(
                    "Valkey is not responding. Work is waiting in the database and will continue once it is back; "
                    "nothing is lost."
                ),
            )
        )
        return
    text = _("Valkey, %(size)s, started %(since)s") % {
        "size": _size(facts["used_memory"]),
        "since": ago(now - timedelta(seconds=facts["uptime_in_seconds"])),
    }
    found.services.append(Service(_("Broker"), text))


def _worker(found: State, now: datetime) -> None:
    age = probes.heartbeat_age()
    if age is not None and age <= probes.HEARTBEAT_MAY_BE_OLD:
        text = _("last sign of life %(ago)s") % {"ago": ago(now - timedelta(seconds=age))}
        found.services.append(Service(_("Worker and clock"), text))
        return
    text = _("last sign of life %(ago)s") % {"ago": ago(now - timedelta(seconds=age))} if age else _("no response")
    found.services.append(Service(_("Worker and clock"), text, is_well=False, word=_("silent")))
    found.troubles.append(
        Trouble(
            "worker",
            _("the worker"),
            _(
                "No worker has responded for more than a minute. Emails, imports and reports are waiting; nothing "
                "is lost."
            ),
        )
    )


def _queues(found: State, now: datetime) -> None:
    names = sorted({room.queue for room in rooms.every() if room.queue} | {URGENT_QUEUE, DEFAULT_QUEUE})
    prefix = settings.CELERY_BROKER_TRANSPORT_OPTIONS.get("global_keyprefix") or ""
    try:
        with _redis() as asked:
            waiting = {name: asked.llen(f"{prefix}{name}") for name in names}
    except RedisError:
        return  # the line above says it
    # Roughly: a job that waits for a moment would say that somebody just did something.
    text = ", ".join(f"{name} {people(gate.people(count))}" for name, count in waiting.items())
    found.services.append(Service(_("Queues"), _("waiting: %(what)s") % {"what": text}))


def _mails(found: State, now: datetime) -> None:
    """Roughly, and up to the full hour: one mail more a moment after somebody did something would say that they did."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    waiting = Q(state__in=[MailState.QUEUED, MailState.RETRY, MailState.SENDING])
    facts = OutgoingMail.objects.aggregate(
        waiting=Count("pk", filter=waiting),
        oldest=Min("created_at", filter=waiting),
        sent=Count("pk", filter=Q(state=MailState.SENT, sent_at__gt=hour - timedelta(days=1), sent_at__lte=hour)),
    )
    text = _("%(sent)s sent in the last 24 hours, %(waiting)s waiting") % {
        "sent": people(gate.people(facts["sent"])),
        "waiting": people(gate.people(facts["waiting"])),
    }
    # Of one that goes out in a moment nothing is said: whoever watched would see that something happened to somebody.
    stuck = bool(facts["oldest"] and now - facts["oldest"] > LONG_IN_OUTBOX)
    if stuck:
        text += ", " + _("the oldest %(ago)s") % {"ago": ago(facts["oldest"])}
    found.services.append(Service(_("Mail"), text, not stuck, _("delayed") if stuck else ""))
    if stuck:
        newest = OutgoingMail.objects.filter(waiting, attempts__gt=0).order_by("-pk").values_list("reply", flat=True)
        why = _in_words(newest.first() or "")
        found.troubles.append(
            Trouble(
                "mail",
                _("emails are going out late"),
                _("The oldest was written %(ago)s: %(why)s. Each one is retried automatically.")
                % {"ago": ago(facts["oldest"]), "why": why},
                job="notify.sweep",
            )
        )
    failed = OutgoingMail.objects.filter(state=MailState.FAILED, created_at__gt=now - timedelta(days=7))
    if reasons := Counter(_in_words(reply) for reply in failed.values_list("reply", flat=True)):
        text = ", ".join(f"{people(gate.people(count))} {reason}" for reason, count in reasons.most_common())
        found.services.append(Service(_("Undeliverable"), _("in seven days: %(what)s") % {"what": text}))


def _in_words(reply: str) -> str:
    """A mail server's answer without its text: that may hold an address."""
    for codes, words in REFUSALS:
        if reply.startswith(codes):
            return str(words)
    if reply[:1] == "5":
        return _("rejected by the mail server")
    if reply[:1] == "4":
        return _("the mail server asked us to wait")
    return _("the mail server does not answer")


def _disk(found: State, now: datetime) -> None:
    disk = shutil.disk_usage(settings.DATA_DIR)
    free = disk.free / disk.total
    text = _("%(free)s of %(total)s free") % {"free": _size(disk.free), "total": _size(disk.total)}
    full = free < LITTLE_SPACE
    word = _("nearly full") if full else ""
    found.services.append(Service(_("Disk"), text, not full, word, percent=round(100 * (1 - free))))
    if full:
        found.troubles.append(
            Trouble(
                "disk",
                _("the disk"),
                _("Less than a tenth is free. Uploads and emails will soon fail; please free up space."),
            )
        )


def _interfaces(found: State) -> None:
    """Networks end what this site asks them with; nobody should have to look for the day."""
    if ending := operating.ending_interface():
        found.troubles.append(Trouble(*ending))


def _jobs(found: State, now: datetime) -> None:
    known = ScheduledJob.objects.in_bulk()
    for line in (line for room in rooms.every() for line in room.timetable):
        row = known.get(line.task.name)
        next_at = datetime.fromtimestamp((row.period + 1) * line.seconds, tz=now.tzinfo) if row else None
        off_since = row.off_since if row else None
        late = (
            row is not None
            and not off_since
            and now - row.sent_at > timedelta(seconds=PERIODS_MISSED * line.seconds + 60)
        )
        job = Job(
            line,
            row.sent_at if row else None,
            row.ended_at if row else None,
            row.took if row else None,
            row.failure if row else "",
            None if off_since else next_at,
            late,
            off_since,
        )
        found.jobs.append(job)
        if off_since:
            found.troubles.append(
                Trouble(
                    f"off:{job.name}",
                    _("“%(job)s” is switched off") % {"job": line.label},
                    _("Since %(day)s. What is due waits until the job is switched on again.")
                    % {"day": f"{day(off_since, 'full')}, {clock(off_since)}"},
                    job=job.name,
                    is_off=True,
                )
            )
        elif job.failure:
            found.troubles.append(
                Trouble(
                    f"job:{job.name}",
                    str(line.label),
                    _("It failed %(ago)s (%(kind)s) and is retried automatically.")
                    % {"kind": job.failure, "ago": ago(job.ended_at)},
                    job=job.name,
                )
            )


def _setbacks(found: State) -> None:
    rows = Setback.objects.values("job").annotate(rows=Count("pk"), next=Min("next_at")).order_by("job")
    for row in rows:
        text = _("Rows that could not be processed: %(rows)s. The others continued. Next try: %(next)s.")
        found.troubles.append(
            Trouble(
                f"rows:{row['job']}",
                _in_words_of(row["job"]),
                text % {"rows": people(gate.people(row["rows"])), "next": ago(row["next"])},
            )
        )


def _in_words_of(job: str) -> str:
    """What a room does regularly, for a job of it that has no words of its own."""
    lines = [line for room in rooms.every() for line in room.timetable]
    of_room = [line for line in lines if line.task.name.partition(".")[0] == job.partition(".")[0]]
    exact = [line for line in of_room if line.task.name == job]
    return str(next((line.label for line in [*exact, *of_room]), job))
