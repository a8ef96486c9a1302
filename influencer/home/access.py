"""What the start pages may ask: the site in figures, and the search over a program."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from community.newsletters.models import Issue, IssueState
from core.kit.templatetags.ui import day as as_day
from core.people.models import User
from programs.checklists.models import Item
from programs.generations import access as generations
from programs.generations.models import Generation
from programs.membership import access as membership
from programs.membership.access import Ability
from programs.membership.models import Program
from programs.phases.models import Milestone, Phase

MOST_PER_GROUP = 6


@dataclass
class Group:
    """Hits of one kind."""

    label: str
    hits: list[tuple[str, str, str]] = field(default_factory=list)  # title, address, meta


def site_overview(user: User) -> dict[str, Any]:
    """For who belongs to no program: the site in figures for administrators, a friendly word for others."""
    if not user.is_superuser:
        return {"may_create": False, "may_return": generations.may_return_to(user)}
    programs = Program.objects.annotate(members=Count("memberships", filter=Q(memberships__ended_at=None)))
    return {"may_create": True, "programs": list(programs.order_by("name")), "people": User.objects.count()}


def search(user: User, program: Program, words: str) -> list[Group]:
    """At most a few hits per kind; without words the pages a person may go to."""
    may = membership.abilities_in(user, program)
    groups = [_pages(program, may, words)]
    if words:
        groups += [_phases(program, words), _items(program, words), _dates(program, may, words)]
        groups += [_issues(program, may, words), _people(program, may, words)]
    return [group for group in groups if group.hits]


def _pages(program: Program, may: frozenset[Ability], words: str) -> Group:
    rows = [
        (_("Home"), "home:program", Ability.SEE_PROGRAM),
        (_("Timeline"), "programs:timeline", Ability.SEE_PROGRAM),
        (_("Checklists"), "programs:checklists", Ability.WORK_ON_CHECKLISTS),
        (_("Contacts"), "programs:contacts", Ability.SEE_PROGRAM),
        (_("Log an activity"), "analytics:activity_list", Ability.TAKE_PART),
        (_("My onboarding"), "programs:path", Ability.TAKE_PART),
        (_("My figures"), "analytics:mine", Ability.TAKE_PART),
        (_("Bring my figures"), "analytics:import_new", Ability.TAKE_PART),
        (_("My consents"), "programs:consents", Ability.TAKE_PART),
        (_("What is stored about me"), "privacy:mine", Ability.SEE_PROGRAM),
        (_("People and generations"), "programs:people", Ability.MANAGE_PEOPLE),
        (_("New generation"), "programs:generation_new", Ability.MANAGE_PEOPLE),
        (_("Import the company's figures"), "analytics:import_new", Ability.IMPORT_COMPANY),
        (_("Figures"), "analytics:dashboard", Ability.SEE_AGGREGATES),
        (_("Reports"), "analytics:reports", Ability.SEE_REPORTS),
        (_("Newsletters"), "community:newsletters", Ability.SEE_NEWSLETTERS),
        (_("Write a newsletter"), "community:issue_new", Ability.WRITE_NEWSLETTERS),
        (_("Program settings"), "programs:program_settings", Ability.MANAGE_PROGRAM),
        (_("Add a person to the team"), "programs:member_new", Ability.MANAGE_PROGRAM),
        (_("What is stored"), "privacy:council", Ability.SEE_CONFIGURATION),
    ]
    wanted = words.casefold()
    hits = [
        (label, reverse(name, args=[program.slug]), "")
        for label, name, ability in rows
        if ability in may and wanted in label.casefold()
    ]
    return Group(_("Go to"), hits[: MOST_PER_GROUP if words else None])


def _phases(program: Program, words: str) -> Group:
    found = Phase.objects.filter(_titled(words), program=program)[:MOST_PER_GROUP]
    hits = [
        (p.title, reverse("programs:phase_detail", args=[program.slug, p.pk]), p.get_state_display()) for p in found
    ]
    return Group(_("Phases"), hits)


def _items(program: Program, words: str) -> Group:
    found = Item.objects.present().filter(_titled(words), program=program).select_related("phase")[:MOST_PER_GROUP]
    hits = [
        (
            item.title,
            f"{reverse('programs:phase_detail', args=[program.slug, item.phase_id])}#item-{item.pk}",
            item.phase.title,
        )
        for item in found
    ]
    return Group(_("Checklist items"), hits)


def _dates(program: Program, may: frozenset[Ability], words: str) -> Group:
    """Reviews, milestones and events, the latest first: the next one is asked for more often than the first."""
    found = Milestone.objects.present().filter(_titled(words), program=program).order_by("-on", "-pk")[:MOST_PER_GROUP]
    timeline = reverse("programs:timeline", args=[program.slug])
    hits = [
        (
            date.title,
            reverse("programs:milestone_edit", args=[program.slug, date.pk])
            if Ability.MANAGE_PROGRAM in may
            else timeline,
            as_day(date.on),
        )
        for date in found
    ]
    return Group(_("Dates"), hits)


def _issues(program: Program, may: frozenset[Ability], words: str) -> Group:
    found = Issue.objects.filter(
        Q(subject_de__icontains=words) | Q(subject_en__icontains=words), program=program, state=IssueState.SENT
    )
    hits = [
        (i.subject, reverse("community:issue_read", args=[program.slug, i.pk]), f"{i.number}")
        for i in found[:MOST_PER_GROUP]
    ]
    return Group(_("Newsletters"), hits if Ability.SEE_NEWSLETTERS in may else [])


def _people(program: Program, may: frozenset[Ability], words: str) -> Group:
    """Contacts for everybody; for who invites also those who take part. Names lead to the contacts or to the
    generation, never to a person's figures."""
    contacts = reverse("programs:contacts", args=[program.slug])
    asked = membership.contacts_of(program).filter(user__name__icontains=words)[:MOST_PER_GROUP]
    hits = [(contact.user.name, contacts, contact.contact_for) for contact in asked]
    if Ability.MANAGE_PEOPLE in may:
        hits += _participants(program, words)
    return Group(_("People"), hits[:MOST_PER_GROUP])


def _participants(program: Program, words: str) -> list[tuple[str, str, str]]:
    found = (
        Generation.objects.filter(program=program, participants__user__name__icontains=words)
        .exclude(participants__state="left")
        .values_list("participants__user__name", "pk", "name")[:MOST_PER_GROUP]
    )
    return [(name, reverse("programs:generation_detail", args=[program.slug, pk]), label) for name, pk, label in found]


def _titled(words: str) -> Q:
    return Q(title_de__icontains=words) | Q(title_en__icontains=words)
