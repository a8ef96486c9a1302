"""What is selected of calls and of who showed interest."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet, TextField, Value
from django.db.models.functions import MD5, Cast, Concat

from core.kit import page_cache
from core.kit.compiled import Blank, Compiled
from programs.casting.mix import Given
from programs.casting.models import Answered, Call, Interest, SeatFate
from programs.casting.tokens import address_hashes
from programs.consents.models import today_in
from programs.generations.models import Generation
from programs.membership import queries as membership
from programs.membership.access import Ability
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


INTERESTS_ON_A_PAGE = 50  # of those who showed interest


@dataclass(frozen=True)
class Tile:
    call: Call
    interested: int


def calls_of(program: Program | Blank) -> QuerySet[Call]:
    """The latest first, each with how many showed interest."""
    declared = Q(interests__declared_at__isnull=False, interests__withdrawn_at=None) & ~Q(interests__told=SeatFate.NOT)
    rows = Call.objects.filter(program=program, generation__deleted_at=None).select_related("generation")
    return rows.annotate(interested=Count("interests", filter=declared)).order_by("-opens_on", "-pk")


def generations_to_call(program: Program, *, also_called: bool = False) -> QuerySet[Generation]:
    """Those that people can still join and that nobody was called to yet."""
    rows = Generation.objects.present().filter(program=program, closed_at=None).order_by("number")
    return rows if also_called else rows.filter(call=None)


def tile(user: "User", program: Program, today: date) -> Tile | None:
    """The call that is open now, with how many have answered it. Kept until somebody changes it."""
    found: Tile | None = page_cache.taken(f"casting:{program.pk}", f"tile:{today}", lambda: _tile(program, today))
    return found


def _tile(program: Program, today: date) -> Tile | None:
    call = next(iter(_NOW.rows(program=program.pk, today=today)), None)
    return Tile(call, call.interested) if call else None  # type: ignore[attr-defined]  # annotated


def _now() -> QuerySet[Call]:
    today = Blank("today")
    return calls_of(Blank("program")).filter(opens_on__lte=today, closes_on__gte=today, generation__closed_at=None)[:1]


_NOW = Compiled(_now)


def readers_of(program: Program) -> list["User"]:
    """Who reads who has shown interest."""
    return [each.user for each in membership.people_with(Ability.MANAGE_PEOPLE, program).order_by("user__name", "pk")]


def drawn(call: Call) -> QuerySet[Interest]:
    """Who showed interest, in an order that is drawn anew every day: there is no first and no best."""
    day = Value(today_in(call.program).isoformat())
    lot = MD5(Concat(Cast("key", TextField()), Value(":"), day, output_field=TextField()))
    return Interest.objects.shown().filter(call=call).order_by(lot, "key")


def having(name: str, value: str) -> Q:
    """Who gave this as site, department, experience or language, or of whom this is thought (`fate`)."""
    if name == "languages":
        return Q(languages__contains=[value])
    if name == "fate":
        return Q(fate=SeatFate.OPEN if value == "open" else value)
    return Q(**{f"{name}__iexact": value})


def given(call: Call) -> list[Given]:
    """What all of them gave, for the mix and for the filters: one query."""
    rows = Interest.objects.shown().filter(call=call)
    found = rows.values_list("fate", "site", "department", "experience", "languages")
    return [Given(fate == SeatFate.SEAT, site, dept, exp, tuple(spoken)) for fate, site, dept, exp, spoken in found]


def unanswered(call: Call) -> QuerySet[Interest]:
    return Interest.objects.unanswered().filter(call=call).order_by("pk")


def mark_of(call: Call) -> str:
    """What the page of the answers showed, in short: who is to be told what, in which words."""
    fates = sorted(unanswered(call).values_list("pk", "fate"))
    texts = [sorted(words.texts.items()) for words in (call.waiting_text, call.decline_text)]
    return sha256(repr((fates, texts)).encode()).hexdigest()


def to_tell(call: Call) -> dict[str, int]:
    """How many answers wait to be sent, by kind."""
    return dict(unanswered(call).order_by().values_list("fate").annotate(n=Count("pk")))


def fates(call: Call) -> dict[str, int]:
    rows = Interest.objects.shown().filter(call=call).order_by()
    return dict(rows.values_list("fate").annotate(n=Count("pk")))


def was_answered(call: Call, email: str) -> bool:
    """For the person's own page, and before a mail goes out. Nobody else may ask this."""
    hashes = address_hashes(call.pk, email)
    return Answered.objects.filter(call=call, address_hash__in=hashes).exists()


def takes_interest(call: Call) -> bool:
    """From its first to its last day, as long as somebody can still join."""
    is_over = call.generation.closed_at is not None or today_in(call.program) > call.closes_on
    return call.has_opened and not is_over
