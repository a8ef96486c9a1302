"""What is listened to, what came of it, and what people set by hand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from analytics.activities.links import cleaned, same_page
from analytics.listening import tasks
from analytics.listening.counting import named_in
from analytics.listening.models import ListenedName, ListeningSearch, Mention
from analytics.listening.queries import mentions_of, names_of
from analytics.listening.verbs import ListeningVerb
from core.journal import services as journal
from core.journal.changes import changes_of
from core.kit.wake import wake
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


@dataclass(frozen=True)
class Published:
    """Something that somebody published, as a feed or a file tells it. Whoever wrote it is not in it."""

    url: str
    title: str
    on: date
    source: str = ""
    topic: str = ""
    tone: str = ""


@transaction.atomic
def add_search(program: Program, *, by: "User", **values: Any) -> ListeningSearch:
    """It is read at once, and then once a day."""
    search = ListeningSearch.objects.create(program=program, due_at=timezone.now(), **values)
    journal.record(ListeningVerb.SEARCH_ADDED, search, by=by)
    wake(tasks.look, search.pk)
    return search


@transaction.atomic
def remove_search(search: ListeningSearch, *, by: "User") -> ListeningSearch:
    """Nothing more is read there. What it brought stays."""
    search = _held(search)
    if search.deleted_at is not None:
        return search
    search.put_away(due_at=None)
    journal.record(ListeningVerb.SEARCH_REMOVED, search, by=by)
    return search


@transaction.atomic
def restore_search(search: ListeningSearch, *, by: "User") -> ListeningSearch:
    search = _held(search)
    if search.deleted_at is None:
        return search
    search.take_back(due_at=timezone.now())
    journal.record(ListeningVerb.SEARCH_RESTORED, search, by=by)
    wake(tasks.look, search.pk)
    return search


def _held(search: ListeningSearch) -> ListeningSearch:
    """As it is now, and for this transaction alone: pressed twice it is told once."""
    return ListeningSearch.objects.select_for_update(of=("self",)).select_related("program").get(pk=search.pk)


@transaction.atomic
def add_name(program: Program, *, by: "User", **values: Any) -> ListenedName:
    """Counted from now on, and in the titles that are here already; once, however often it is added."""
    known = ListenedName.objects.present().filter(program=program, name__iexact=values["name"]).first()
    if known is not None:
        return known
    name = ListenedName.objects.create(program=program, **values)
    journal.record(ListeningVerb.NAME_ADDED, name, by=by)
    for mention in mentions_of(program).only("title", "names").iterator():
        if named_in(mention.title, [name]):
            mention.names = [*mention.names, name.pk]
            mention.save(update_fields=["names"])
    return name


@transaction.atomic
def remove_name(name: ListenedName, *, by: "User") -> ListenedName:
    name.put_away()
    journal.record(ListeningVerb.NAME_REMOVED, name, by=by)
    return name


@transaction.atomic
def restore_name(name: ListenedName, *, by: "User") -> ListenedName:
    name.take_back()
    journal.record(ListeningVerb.NAME_RESTORED, name, by=by)
    return name


@transaction.atomic
def add_mentions(program: Program, found: Iterable[Published], *, by: "User") -> int:
    """From a file; what is here already stays as it is. Answers how many are new."""
    count = keep(program, found)
    journal.record(ListeningVerb.IMPORTED, program, by=by, program_id=program.pk, count=count)
    return count


def keep(program: Program, found: Iterable[Published], search: ListeningSearch | None = None) -> int:
    """Each page once, however often and wherever it is told. Within the caller's transaction."""
    names = names_of(program)
    also = [search.about_id] if search is not None and search.about_id else []
    rows: dict[str, Mention] = {}
    for each in found:
        row = _row(program, each, names, also)
        row.search = search
        rows.setdefault(row.mark, row)
    known = set(Mention.objects.filter(program=program, mark__in=list(rows)).values_list("mark", flat=True))
    new = [row for mark, row in rows.items() if mark not in known]
    Mention.objects.bulk_create(new, ignore_conflicts=True, batch_size=500)
    return len(new)


def _row(program: Program, each: Published, names: list[ListenedName], also: list[int]) -> Mention:
    return Mention(
        program=program,
        mark=sha256(same_page(each.url).encode()).hexdigest(),
        url=cleaned(each.url)[:400],
        title=each.title[:300],
        source=each.source[:120],
        on=each.on,
        topic=each.topic[:40],
        tone=each.tone if each.tone in Mention.Tone.values else "",
        names=sorted({*named_in(each.title, names), *also}),
    )


@transaction.atomic
def mark_mention(mention: Mention, *, by: "User", **values: Any) -> Mention:
    """Tone and topic, set by hand."""
    for name, value in values.items():
        setattr(mention, name, value)
    if changes := changes_of(mention, ("tone", "topic")):
        mention.save(update_fields=["tone", "topic"])
        journal.record(ListeningVerb.MARKED, mention, by=by, changes=changes)
    return mention


@transaction.atomic
def remove_mention(mention: Mention, *, by: "User") -> Mention:
    """It counts no more, and does not come again with the next look."""
    mention.put_away()
    journal.record(ListeningVerb.REMOVED, mention, by=by)
    return mention


@transaction.atomic
def restore_mention(mention: Mention, *, by: "User") -> Mention:
    mention.take_back()
    journal.record(ListeningVerb.RESTORED, mention, by=by)
    return mention
