"""What is selected of accounts and programs: sign-in and roles, nothing of what people do."""

from dataclasses import dataclass, field
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.journal.models import Entry
from core.kit import languages, rooms
from core.kit.templatetags.ui import day
from core.people.models import ERASED, User
from core.people.verbs import PeopleVerb
from influencer.operate.models import Rescue, RescueState, SiteText, TextKind
from influencer.operate.verbs import OperateVerb
from programs.membership import queries as team
from programs.membership.models import Membership, Program, Role, TeamInvitation

MOST_HELP, MOST_ENTRIES = 20, 12
UNUSABLE = "!"  # what Django stores for who has no password
STATES = (
    ("", gettext_lazy("all")),
    ("open", gettext_lazy("open")),
    ("waiting", gettext_lazy("never signed in")),
    ("closed", gettext_lazy("deactivated")),
    ("factor", gettext_lazy("with a second factor")),
    ("no_factor", gettext_lazy("without a second factor")),
    ("administrator", gettext_lazy("administrators")),
)
ABOUT_ACCOUNTS = (
    PeopleVerb.ACCOUNT_CLOSED,
    PeopleVerb.ACCOUNT_REOPENED,
    PeopleVerb.SIGN_INS_ENDED,
    PeopleVerb.FACTORS_REMOVED,
    PeopleVerb.ADMINISTRATOR_MADE,
    PeopleVerb.ADMINISTRATOR_UNMADE,
    *OperateVerb,
)


@dataclass
class Account:
    """An account as administrators see it."""

    person: User
    roles: list[str] = field(default_factory=list)
    signs_in_with: str = ""
    state: str = ""
    is_off: bool = False
    rescue: Rescue | None = None

    @property
    def has_factors(self) -> bool:
        found: Any = self.person  # with what `_with_facts` adds
        return bool(found.has_app or found.has_passkey or found.has_codes)


def accounts() -> QuerySet[User]:
    """Accounts that somebody still has, by name."""
    return _with_facts(User.objects.exclude(email__endswith=ERASED)).order_by("name", "email", "pk")


def called(people: QuerySet[User], words: str) -> QuerySet[User]:
    """Each word stands in the name or in the address."""
    for word in words.split():
        people = people.filter(Q(name__icontains=word) | Q(email__icontains=word))
    return people


def with_role(people: QuerySet[User], role: str) -> QuerySet[User]:
    return people.filter(Exists(Membership.objects.filter(ended_at=None, user=OuterRef("pk"), role=role)))


def with_role_in_program(people: QuerySet[User], slug: str) -> QuerySet[User]:
    return people.filter(Exists(Membership.objects.filter(ended_at=None, user=OuterRef("pk"), program__slug=slug)))


def _with_facts(people: QuerySet[User]) -> QuerySet[User]:
    factors = Authenticator.objects.filter(user=OuterRef("pk"))
    roles = Membership.objects.filter(ended_at=None).select_related("program").order_by("program__name", "pk")
    return people.annotate(
        has_app=Exists(factors.filter(type=Authenticator.Type.TOTP)),
        has_passkey=Exists(factors.filter(type=Authenticator.Type.WEBAUTHN)),
        has_codes=Exists(factors.filter(type=Authenticator.Type.RECOVERY_CODES)),
    ).prefetch_related(Prefetch("memberships", roles, to_attr="roles_held"))


def in_state(people: QuerySet[User], state: str) -> QuerySet[User]:
    never = Q(password__startswith=UNUSABLE, last_login=None)
    with_factor = Q(has_app=True) | Q(has_passkey=True)
    wanted = {
        "open": Q(is_active=True) & ~never,
        "waiting": Q(is_active=True) & never,
        "closed": Q(is_active=False),
        "factor": with_factor,
        "no_factor": Q(is_active=True) & ~with_factor,
        "administrator": Q(is_superuser=True),
    }
    return people.filter(wanted[state]) if state in wanted else people


def account(person: User) -> Account:
    return described([_with_facts(User.objects.filter(pk=person.pk)).get()])[0]


def described(people: list[User]) -> list[Account]:
    """In words, for a page of accounts; one more query for all of them."""
    waiting = Rescue.objects.filter(state=RescueState.WAITING, person__in=people).select_related("asked_by")
    rescues = {rescue.person_id: rescue for rescue in waiting}
    return [
        Account(
            person,
            [f"{row.get_role_display()}, {row.program.name}" for row in person.roles_held],  # type: ignore[attr-defined]  # `_with_facts`
            _signs_in_with(person),
            *_state(person, rescues.get(person.pk)),
            rescues.get(person.pk),
        )
        for person in people
    ]


def _signs_in_with(person: Any) -> str:
    if not person.is_active:
        return _("nothing, deactivated")
    if not person.has_begun:
        return _("nothing yet")
    ways = [_("password"), _("app") if person.has_app else "", _("passkey") if person.has_passkey else ""]
    return " + ".join(filter(None, ways))


def _state(person: User, rescue: Rescue | None) -> tuple[str, bool]:
    if person.erase_at:
        return _("leaves, will be erased on %(day)s") % {"day": day(person.erase_at)}, True
    if not person.is_active:
        return _("deactivated"), True
    if rescue:
        return _("second factor is being removed"), False
    if not person.has_begun:
        return _("never signed in, invited on %(day)s") % {"day": day(person.date_joined)}, False
    return _("fine"), False


def who_needs_help() -> list[Account]:
    """Who cannot get in: lost second factors first, then who has a role and never came in."""
    lost = Rescue.objects.filter(state=RescueState.WAITING).order_by("asked_at").values_list("person", flat=True)
    held = Membership.objects.filter(ended_at=None, user=OuterRef("pk"))
    never = in_state(_with_facts(User.objects.filter(Exists(held))), "waiting").order_by("date_joined", "pk")
    rescued = _with_facts(User.objects.filter(pk__in=list(lost), is_active=True))
    return described([*rescued, *never.exclude(pk__in=list(lost))[:MOST_HELP]])


def entries_about(person: User) -> list[tuple[Entry, str]]:
    """What administrators did with this account, in words, the newest first."""
    found = Entry.objects.filter(
        subject_type="user", subject_id=person.pk, verb__in=[verb.value for verb in ABOUT_ACCOUNTS]
    )
    found = found.select_related("actor").order_by("-at", "-pk")[:MOST_ENTRIES]
    return [(entry, rooms.words_of(entry.verb)) for entry in found]


@dataclass(frozen=True)
class ProgramRow:
    program: Program
    leads: list[User]


def programs() -> list[ProgramRow]:
    """All programs with who leads them; archived ones last."""
    leads = Membership.objects.active().with_role(Role.MANAGER).select_related("user").order_by("pk")
    found = Program.objects.prefetch_related(Prefetch("memberships", leads, to_attr="leads"))
    rows = [ProgramRow(program, [row.user for row in program.leads]) for program in found.order_by("name", "pk")]
    return sorted(rows, key=lambda row: row.program.archived_at is not None)


def leads_of(program: Program) -> list[Membership]:
    return list(Membership.objects.active().with_role(Role.MANAGER).filter(program=program).select_related("user"))


def asked_to_lead(program: Program) -> list[TeamInvitation]:
    """Whose answer is still open. A no looks like silence here too."""
    return list(team.invitations_of(program).filter(role=Role.MANAGER))


# --- imprint and privacy notice -------------------------------------------------------------------------------------

SIGN_IN_TABLES = ("core.User", "account.EmailAddress", "mfa.Authenticator", "usersessions.UserSession")


def text_of(kind: str) -> dict[str, str]:
    """By language."""
    return dict(SiteText.objects.filter(kind=kind).values_list("language", "text"))


def text_to_read(kind: str) -> str:
    """In the reader's language, else in another one: an imprint in the wrong language beats none."""
    return languages.in_language(text_of(kind))


def texts() -> list[tuple[str, str, list[str]]]:
    """Kind, its words, and the languages it is written in."""
    written: dict[str, list[str]] = {kind: [] for kind in TextKind.values}
    for kind, language in SiteText.objects.order_by("language").values_list("kind", "language"):
        written[kind].append(languages.name_of(language))
    return [(kind, str(TextKind(kind).label), spoken) for kind, spoken in written.items()]


def administrators() -> QuerySet[User]:
    """Who looks after the site and can sign in."""
    return User.objects.filter(is_superuser=True, is_active=True, erase_at=None).order_by("name", "email")
