"""Whose imports one sees: the own ones, and the company's where one may import them. Nobody sees another person's."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404

from analytics.channels.models import Account
from analytics.imports.models import ImportRun, RunState
from analytics.metrics.models import Post, PostListing
from programs.consents import access as consents
from programs.consents.models import Purpose
from programs.membership import access as membership
from programs.membership.access import Ability
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

MOST_FILES = 20  # of one upload
OWN, COMPANY, RECORDS = "own", "company", "records"
OPEN_STATES = (RunState.QUEUED, RunState.READING, RunState.QUESTION, RunState.PREVIEW)


def get_importing(user: "User", slug: str) -> Program:
    """The program, for everybody who may import something in it."""
    program = membership.get_program(user, slug)
    if not may_import(user, program):
        raise PermissionDenied
    return program


def may_import(user: "User", program: Program) -> list[str]:
    """What a person may import: the own figures, the company's, both or nothing."""
    may = membership.abilities_in(user, program)
    found = [OWN] if Ability.TAKE_PART in may else []
    return [*found, COMPANY] if Ability.IMPORT_COMPANY in may else found


def may_upload(user: "User", program: Program) -> list[str]:
    """The same, with the lists of HR and sales for who imports for the company."""
    kinds = may_import(user, program)
    return [*kinds, RECORDS] if COMPANY in kinds else kinds


def consents_to_own_figures(user: "User", program: Program) -> bool:
    return consents.has_granted(user, program, Purpose.OWN_FIGURES)


def runs_for(user: "User", program: Program) -> QuerySet[ImportRun]:
    kinds = may_import(user, program)
    seen = Q(pk=None)
    if OWN in kinds:
        own = Q(account__kind=Account.Kind.PERSON, account__user=user)
        seen |= own & Q(consents.is_at_work(user, program, Purpose.OWN_FIGURES))
    if COMPANY in kinds:
        seen |= Q(account__kind__in=(Account.Kind.COMPANY, Account.Kind.RECORDS))
    return ImportRun.objects.filter(seen, program=program).select_related("account", "uploaded_by", "same_as")


def get_runs(user: "User", slug: str, numbers: str) -> tuple[Program, list[ImportRun]]:
    """The runs of one upload (their numbers, with hyphens between), those that one may see."""
    program = get_importing(user, slug)
    wanted = [int(part) for part in numbers.split("-")[:MOST_FILES] if part.isdecimal() and len(part) < 19]
    runs = list(runs_for(user, program).filter(pk__in=wanted).order_by("pk"))
    if not runs:
        raise Http404
    for run in runs:
        run.program = program
    return program, runs


def get_own_post(user: "User", slug: str, pk: int, number: str) -> tuple[ImportRun, Post]:
    """A post that a file of one's own names, by the network's number: ours would tell how many posts others wrote."""
    run = get_run(user, slug, pk)
    if "\0" in number:  # which the database does not take
        raise Http404
    named = PostListing.objects.filter(account=run.account_id, run_id=run.pk, number__value=number)
    found = Post.objects.filter(pk__in=named.values("number__post"), account=run.account_id, account__user=user).first()
    if found is None:
        raise Http404
    return run, found


def get_own_archive(user: "User", slug: str, pk: int) -> ImportRun:
    """An archive of one's own data whose posts were taken in."""
    run = get_run(user, slug, pk)
    if run.account.user_id != user.pk or run.state != RunState.APPLIED or not run.kind.endswith("_archive"):
        raise Http404
    return run


def get_run(user: "User", slug: str, pk: int) -> ImportRun:
    """A run; another person's does not exist."""
    program = get_importing(user, slug)
    run = runs_for(user, program).filter(pk=pk).first()
    if run is None:
        raise Http404
    run.program = program
    return run
