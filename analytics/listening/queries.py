"""What is selected of mentions."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import QuerySet

from analytics.listening.models import ListenedName, ListeningSearch, Mention
from programs.membership.models import Membership, Program

MOST_NAMES, MOST_SEARCHES = 8, 20
FEWEST = 10  # mentions; of fewer no share is said
KEPT = timedelta(days=400)  # mentions; they are of other people


def names_of(program: Program) -> list[ListenedName]:
    """Our own company first."""
    return list(ListenedName.objects.present().filter(program=program))


def searches_of(program: Program) -> list[ListeningSearch]:
    return list(ListeningSearch.objects.present().filter(program=program).select_related("about"))


def somebody_named(program: Program, said: Iterable[str]) -> str:
    """Which of these are the name of somebody with a role in the program, in whatever order: who adds them sees all of
    these people by name. One query; a single word is too often something else."""
    people = Membership.objects.active().filter(program=program).order_by().values_list("user__name", flat=True)
    names = {frozenset(name.casefold().split()) for name in people}
    return next((each for each in said if len(words := frozenset(each.casefold().split())) > 1 and words in names), "")


def mentions_of(program: Program) -> QuerySet[Mention]:
    return Mention.objects.present().filter(program=program)


def mentions_between(program: Program, first: date, last: date) -> list[tuple[date, list[int], str, str]]:
    """Day, companies, tone and topic of each. One query."""
    rows = mentions_of(program).filter(on__gte=first, on__lte=last)
    return list(rows.order_by().values_list("on", "names", "tone", "topic"))


def is_first_look(search: ListeningSearch) -> bool:
    return search.fetched_at is None


def since_of(search: ListeningSearch, today: date, *, first: timedelta, again: timedelta) -> date:
    """From which day on a feed is of interest."""
    return today - (first if is_first_look(search) else again)
