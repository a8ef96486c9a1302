"""The log as it is read: sentences with their object, before and after. Who takes part never stands in it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache, partial
from typing import Any

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from core.journal.models import Entry
from core.kit import page_cache, rooms
from core.kit.compiled import Blank, Compiled, OneOf
from core.kit.exports import Table
from core.kit.rooms import Subject
from core.kit.templatetags.ui import day as as_day
from core.people.models import User, initials_of, name_shown
from influencer.privacy.log_changes import (
    LAST_ACT,
    Named,
    Pointed,
    Span,
    Swap,
    had_role,
    listed,
    names_in,
    swaps_of,
)
from influencer.privacy.verbs import PrivacyVerb
from programs.membership.models import Membership, Program, Role

PERIODS = (7, 30, 90, 365)  # days; older lines are deleted
USUAL_PERIOD = 90
MOST_AT_START = 8
MOST_LOOKS = 20
LOOK_AGAIN = timedelta(minutes=15)
OWN_LOOKS = (PrivacyVerb.LOG_VIEWED, PrivacyVerb.LOG_EXPORTED)


@dataclass(frozen=True)
class Line:
    """One sentence of the log."""

    entry: Entry
    who: str
    initials: str
    what: str
    thing: str = ""
    url: str = ""
    swaps: list[Swap] = field(default_factory=list)

    @property
    def day(self) -> date:
        """Of the reader's zone."""
        return timezone.localdate(self.entry.at)


def entries_of(program: Program, *, reader: User) -> QuerySet[Entry]:
    """Changes and looks of the team, newest first; the reader's own looks at the log stand apart."""
    return _entries(program.pk, reader.pk)


def newest_entries(program: Program, *, reader: User) -> list[Entry]:
    """The same for a start page: the newest few."""
    return NEWEST.rows(program=program.pk, reader=reader.pk, since=timezone.now() - timedelta(days=USUAL_PERIOD))


def with_actors(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """Of who acted no more than their name."""
    return entries.annotate(actor_name=F("actor__name"))


def _entries(program: Any, reader: Any) -> QuerySet[Entry]:
    entries = Entry.objects.filter(program_id=program).exclude(verb__in=OWN_LOOKS, actor_id=reader)
    return with_actors(entries).order_by("-at", "-pk")


NEWEST = Compiled(lambda: _entries(Blank("program"), Blank("reader")).filter(at__gte=Blank("since"))[:MOST_AT_START])


def since(entries: QuerySet[Entry], days: int) -> QuerySet[Entry]:
    return entries.filter(at__gte=timezone.now() - timedelta(days=days))


def own_looks(program: Program, reader: User, days: int) -> list[Entry]:
    """The newest ones."""
    return LOOKS.rows(program=program.pk, reader=reader.pk, since=timezone.now() - timedelta(days=days))


def _own_looks() -> QuerySet[Entry]:
    looks = Entry.objects.filter(program_id=Blank("program"), actor_id=Blank("reader"), verb__in=OWN_LOOKS)
    return looks.filter(at__gte=Blank("since")).order_by("-at", "-pk")[:MOST_LOOKS]


LOOKS = Compiled(_own_looks)


def has_just_looked(looks: Iterable[Entry]) -> bool:
    """Turning pages and filters is one look."""
    since = timezone.now() - LOOK_AGAIN
    return any(look.verb == PrivacyVerb.LOG_VIEWED and look.at > since for look in looks)


@dataclass(frozen=True)
class Team:
    """Who may be named: everybody who has or had a role in running the program, for what they did while they had it.
    What they did before or afterwards, as a participant, stays without a name."""

    people: list[User]
    in_office: Named

    def did(self, entries: QuerySet[Entry], person: int) -> QuerySet[Entry]:
        then = Q(pk=None)
        for since, until in self.in_office.get(person, []):
            then |= Q(at__gte=since) if until is None else Q(at__gte=since, at__lte=until + LAST_ACT)
        return entries.filter(then, actor=person)


def team_of(program: Program) -> Team:
    rows = IN_RUNNING.rows(program=program.pk)
    people = {row.user_id: row.user for row in rows}
    return Team(list(people.values()), _spans((row.user_id, row.since, row.ended_at) for row in rows))


def _spans(roles: Iterable[tuple[int, datetime, datetime | None]]) -> dict[int, list[Span]]:
    found: dict[int, list[Span]] = defaultdict(list)
    for person, since, until in roles:
        found[person].append((since, until))
    return found


def _roles_in_running(program: Program | Blank) -> QuerySet[Membership]:
    return Membership.objects.filter(program=program).exclude(role=Role.INFLUENCER)


def _in_running() -> QuerySet[Membership]:
    rows = _roles_in_running(Blank("program")).select_related("user").order_by("user__name", "user__email", "since")
    return rows.only("since", "ended_at", "user__name")


def _in_office() -> QuerySet[Membership, tuple[int, datetime, datetime | None]]:
    rows = _roles_in_running(Blank("program")).filter(OneOf("user_id", "people")).order_by()
    return rows.values_list("user", "since", "ended_at")


IN_RUNNING, IN_OFFICE = Compiled(_in_running), Compiled(_in_office)


Thing = tuple[str, str]


def lines_of(program: Program, entries: Sequence[Entry], team: Team | None = None) -> list[Line]:
    """The sentences of entries `with_actors`; things are looked up with one query for each kind of object on it."""
    named = (team or team_of(program)).in_office
    return _lines(entries, named, _things(program, entries), names_in(entries, named))


def newest_lines(program: Program, entries: Sequence[Entry]) -> list[Line]:
    """The same for a start page. What they are about is looked up when there is a new one: any change of it is one."""
    actors = {entry.actor_id for entry in entries}
    known = _spans(IN_OFFICE.rows(program=program.pk, people=[actor for actor in actors if actor]))
    which = ".".join(str(entry.pk) for entry in entries)
    things = page_cache.taken(f"log:{program.pk}", f"things:{which}", lambda: _things(program, entries))
    return _lines(entries, known, things)


def _lines(
    entries: Sequence[Entry], named: Named, things: Mapping[Any, Thing], names: Pointed | None = None
) -> list[Line]:
    """Without `names`: no before and after, where there is no room for it."""
    words_of = cache(rooms.words_of)  # many lines say the same
    return [_line(entry, words_of(entry.verb), named, things.get(_about(entry)), names) for entry in entries]


def _about(entry: Entry) -> tuple[str, int | None]:
    """Which object: its own, or what a file or a comment hangs on."""
    if entry.subject_type:
        return entry.subject_type, entry.subject_id
    return str(entry.data.get("kind", "")).replace("_", ""), entry.data.get("target")


def table_of(program: Program, entries: Sequence[Entry]) -> Table:
    header = [_("When"), _("Who"), _("What"), _("Object"), _("Before and after")]
    rows = [
        [line.entry.at, line.who, line.what, line.thing, "; ".join(map(str, line.swaps))]
        for line in lines_of(program, entries)
    ]
    return Table(_("log"), header, rows)


def _things(program: Program, entries: Iterable[Entry]) -> dict[tuple[str, int | None], Thing]:
    """Title and address of what the entries are about, for the kinds the rooms tell of."""
    kinds = {subject.model._meta.model_name: subject for room in rooms.every() for subject in room.subjects}
    wanted: dict[str, set[int]] = defaultdict(set)
    for kind, pk in map(_about, entries):
        if kind in kinds and pk:
            wanted[kind].add(pk)
    found: dict[tuple[str, int | None], Thing] = {}
    for name, keys in wanted.items():
        subject = kinds[name]
        address_of = cache(partial(_address, subject, program))  # several things often stand on one page
        for row in subject.rows(keys, subject.model._default_manager):
            found[name, row.pk] = (subject.title(row), address_of(subject.place(row)))
    return found


def _address(subject: Subject, program: Program, place: tuple[Any, ...]) -> str:
    return reverse(subject.address, args=[program.slug, *place]) if subject.address else ""


def _line(entry: Entry, what: str, team: Named, thing: Thing | None, names: Pointed | None) -> Line:
    actor = entry.actor_id
    named = actor is not None and (entry.is_by_administrator or had_role(team, actor, entry.at))
    name = entry.actor_name or ""  # type: ignore[attr-defined]  # `with_actors`
    who = name_shown(name) if named else _("the system") if actor is None else _("a participant")
    title, url = thing or (str(entry.data.get("name", "")), "")
    days = [day for day in map(parse_date, listed(entry.data.get("on", []))) if day]
    return Line(
        entry=entry,
        who=who,
        initials=initials_of(name) if named else "",
        what=what,
        thing=", ".join(each for each in (title, *map(as_day, days)) if each),
        url=url,
        swaps=swaps_of(entry, names) if names is not None else [],
    )
