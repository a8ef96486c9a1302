"""The demo's office hours: the coach on two days and with a group, the mentor on one; what participants have booked."""

from datetime import time, timedelta
from typing import Any

from django.utils import timezone

from community.office_hours import helping, notes, queries, queueing, services
from community.office_hours.models import HoursHost, HoursWindow
from community.office_hours.models_queue import OpenHour
from core.people.models import User
from influencer.home.demo import texts
from influencer.home.demo.rooms import Demo
from influencer.home.demo.rooms.forum import people_by_name
from programs.membership.access import Ability, can


def load(demo: Demo) -> None:
    language = texts.company(demo.company)["language"]
    people = people_by_name(demo.program, demo.company)
    said = texts.read("office_hours")
    for row in said["hosts"]:
        person = people.get(row["who"])
        if person is not None and can(person, Ability.OFFER_HOURS, demo.program):
            _host(demo, person, row, language)
    for row in said["bookings"]:
        _book(demo, people, row, language)
    _open_hour(demo, people, said["open_hour"], language)
    for row in said["notes"]:
        _note(demo, people, row, language)
    for row in said["help"]:
        person = people.get(row["who"])
        if person is not None and can(person, Ability.TAKE_PART, demo.program):
            helping.want_help(demo.program, wish=row["wish"][language], by=person)


def _open_hour(demo: Demo, people: dict[str, User], row: dict[str, Any], language: str) -> None:
    """A drop-in hour that is on: the last one from the coach, with who waits."""
    host = people.get(row["who"])
    if host is None or not can(host, Ability.OFFER_HOURS, demo.program):
        return
    until = timezone.now() + timedelta(hours=row["hours"])
    hour = queueing.begin(demo.program, until=until, place=row["place"][language], link=row["link"], by=host)
    OpenHour.objects.filter(pk=hour.pk).update(talks=row["talks"], served=len(row["talks"]), numbers=row["numbers"])
    for each in row["waiting"]:
        person = people.get(each["who"])
        if person is not None and can(person, Ability.BOOK_HOURS, demo.program):
            queueing.join(hour, topic=each["topic"][language], by=person)


def _note(demo: Demo, people: dict[str, User], row: dict[str, Any], language: str) -> None:
    person, host = people.get(row["who"]), people.get(row["with"])
    hours = HoursHost.objects.filter(program=demo.program, person=host).first() if host else None
    if person is None or hours is None or not can(person, Ability.BOOK_HOURS, demo.program):
        return
    until = timezone.localdate() + timedelta(days=row["shared_days"]) if "shared_days" in row else None
    words = {"text": row["text"][language], "follow_up": row.get("follow_up", "")}
    notes.write(demo.program, host=hours, shared_until=until, by=person, **words)


def _host(demo: Demo, person: User, row: dict[str, Any], language: str) -> None:
    host = HoursHost.objects.create(
        program=demo.program, person=person, minutes=row["minutes"], place=row["place"][language], link=row["link"],
        topics=row["topics"][language], languages=row["languages"],
    )  # fmt: skip
    for window in row["windows"]:
        begins, ends = (time.fromisoformat(window[name]) for name in ("begins", "ends"))
        HoursWindow.objects.create(
            host=host, weekday=window["weekday"], begins=begins, ends=ends, places=window.get("places", 1)
        )


def _book(demo: Demo, people: dict[str, User], row: dict[str, Any], language: str) -> None:
    host, person = people.get(row["with"]), people.get(row["who"])
    hours = HoursHost.objects.filter(program=demo.program, person=host).first() if host else None
    if hours is None or person is None or not can(person, Ability.BOOK_HOURS, demo.program):
        return
    now = timezone.now()
    found = queries.free_of(queries.with_rules(HoursHost.objects.filter(pk=hours.pk), now).get(), now)
    later = [slot for slot in found if slot.start > now + timedelta(days=row["days"])]
    hours.program = demo.program
    if later:
        question = row["question"][language] if "question" in row else ""
        services.book(hours, start=later[0].start, by=person, question=question)
