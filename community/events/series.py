"""Events that belong together: planned in one form, changed and cancelled from one date on, answered in one go. Each
one is an event of its own, with its own places and its own entry in calendars."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from community.events import answering, seats, services
from community.events.models import Choice, Event, EventState
from programs.consents.models import today_in
from programs.generations.models import Generation
from programs.membership.models import Program
from programs.phases import services as phases
from programs.phases.models import Milestone

if TYPE_CHECKING:
    from core.people.models import User


def of(event: Event) -> QuerySet[Event]:
    """All of its series that were not deleted, in their order; without a series nothing."""
    rows = (
        Event.objects.filter(series=event.series, milestone__deleted_at=None) if event.series else Event.objects.none()
    )
    return rows.select_related("milestone__program").order_by("milestone__on", "milestone__at", "pk")


def following(event: Event) -> list[Event]:
    """Those after this one."""
    here = (event.milestone.on, event.pk)
    return [each for each in of(event) if (each.milestone.on, each.pk) > here]


@transaction.atomic
def plan_series(
    program: Program,
    *,
    by: "User",
    days: Sequence[date],
    milestone: Milestone | None = None,
    generations: Iterable[Generation] = (),
    **fields: Any,
) -> Event:
    """A draft for each of the days; the first one is returned. A date of the timeline becomes the first."""
    chosen, key = list(generations), uuid4() if len(days) > 1 else None
    length = fields["until_on"] - fields["on"] if fields.get("until_on") else None
    planned = []
    for number, day in enumerate(days):
        of_day = fields | {"on": day, "until_on": day + length if length is not None else None}
        of_timeline = milestone if number == 0 else None
        planned.append(
            services.plan_event(program, by=by, milestone=of_timeline, generations=chosen, series=key, **of_day)
        )
    return planned[0]


@transaction.atomic
def edit_following(event: Event, *, by: "User", names: Iterable[str], **fields: Any) -> list[Event]:
    """This one and those after it. `names`: what was changed in the form; the rest stays with each of them, and
    where the day moves, each moves by as many days."""
    changed = {name: fields[name] for name in names}
    moved = fields["on"] - event.milestone.on
    others = following(event)  # before the first one moves
    for each in sorted([event, *others], key=lambda row: row.pk):
        answering.locked(each)  # in the order in which everybody locks them
    were = seats.people_of([event, *others])
    done = [services.edit_event(event, by=by, is_alone=False, **fields)]
    for each in others:
        if each.state == EventState.CANCELLED:
            continue
        kept: dict[str, Any] = {name: getattr(each.milestone, name) for name in services.OF_DATE}
        kept |= {"generations": list(each.generations.all())}
        values = kept | {name: value for name, value in changed.items() if name not in ("on", "until_on")}
        values["on"] = each.milestone.on + moved
        if "until_on" in changed:
            length = fields["until_on"] - fields["on"] if fields["until_on"] else None
            values["until_on"] = values["on"] + length if length is not None else None
        elif kept["until_on"]:
            values["until_on"] = kept["until_on"] + moved
        done.append(services.edit_event(each, by=by, is_alone=False, **values))
    seats.invite_others(done, were, by=by)
    return done


@transaction.atomic
def announce(event: Event, *, by: "User") -> list[Event]:
    """The whole series: everybody who is invited is told once, of all its dates."""
    return services.announce_events(of(event), by=by) if event.series else [services.announce_event(event, by=by)]


@transaction.atomic
def cancel_following(event: Event, *, by: "User") -> list[Event]:
    """This one and those after it; people are told once."""
    return services.cancel_events([event, *following(event)], by=by)


@transaction.atomic
def reopen(event: Event, *, pks: Iterable[int], by: "User") -> None:
    """What was cancelled in one go takes place after all."""
    for each in of(event).filter(pk__in=list(pks)).order_by("pk"):
        services.reopen_event(each, by=by)


class Announced(Exception):
    """People have been invited: it is cancelled, not discarded."""


@transaction.atomic
def discard(event: Event, *, by: "User") -> list[Event]:
    """A draft and the other drafts of its series, as if they had not been planned; `restore` brings them back."""
    now = [answering.locked(each) for each in sorted(list(of(event)) or [event], key=lambda row: row.pk)]
    gone = [each for each in now if each.state == EventState.DRAFT]
    if event.pk not in {each.pk for each in gone}:
        raise Announced
    for each in gone:
        phases.delete_milestone(each.milestone, by=by)
    return gone


@transaction.atomic
def restore(event: Event, *, pks: Iterable[int], by: "User") -> None:
    """What was discarded in one go is planned again."""
    others = Event.objects.filter(pk__in=list(pks), series=event.series, series__isnull=False)
    rows = others | Event.objects.filter(pk=event.pk)
    gone = rows.filter(milestone__program=event.milestone.program, milestone__deleted_at__isnull=False)
    for each in gone.select_related("milestone").order_by("pk"):
        phases.restore_milestone(each.milestone, by=by)


def ahead(event: Event) -> list[Event]:
    """What people can still answer, this one among it."""
    last = Coalesce("milestone__until_on", "milestone__on")
    rows = of(event).filter(state=EventState.ANNOUNCED).annotate(last=last)
    return [each for each in rows.filter(last__gte=today_in(event.milestone.program)) if answering.can_answer(each)]


@transaction.atomic
def answer_all(event: Event, *, choice: str, person: "User", invited: Iterable[int]) -> dict[int, str]:
    """The same answer to every date that is still ahead; what was said before, by event. Where no place is left, the
    answer waits for one, or stays as it was where there is no waiting list; also where it was cancelled just now."""
    before, keys = {}, set(invited)
    for each in sorted(ahead(event), key=lambda row: row.pk):
        if each.pk not in keys:
            continue
        try:
            before[each.pk], _said = answering.answer(each, choice=choice, person=person)
        except (answering.EventFullError, answering.EventOverError):
            continue
    return before


@transaction.atomic
def answer_each(event: Event, *, choices: Mapping[int, str], person: "User") -> None:
    """What was said before, back."""
    for each in sorted(ahead(event), key=lambda row: row.pk):
        if each.pk in choices:
            try:
                answering.answer(each, choice=choices[each.pk], person=person)
            except (answering.EventFullError, answering.EventOverError):
                continue


def packed(before: Mapping[int, str]) -> str:
    """For an address: 12y.14."""
    return ".".join(f"{pk}{said[:1]}" for pk, said in before.items())


def unpacked(text: str) -> dict[int, str]:
    """What names no event or no answer is left out."""
    letters = {choice.value[:1]: choice.value for choice in Choice} | {"": answering.NOTHING}
    found = {}
    for part in text.split(".")[:60]:
        key, letter = part.rstrip("ymnw"), part[len(part.rstrip("ymnw")) :]
        if key.isascii() and key.isdigit() and len(key) < 19 and letter in letters:
            found[int(key)] = letters[letter]
    return found
