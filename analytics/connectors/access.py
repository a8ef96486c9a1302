"""Whose connections one sees: the own ones, and the company's where one may import its figures."""

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from analytics.channels.models import Account
from analytics.connectors.models import Connection
from analytics.imports import access as imports
from analytics.imports.access import COMPANY, OWN
from programs.consents import access as consents
from programs.consents.models import Purpose
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


def get_connecting(user: "User", slug: str) -> Program:
    return imports.get_importing(user, slug)


def may_connect(user: "User", program: Program) -> list[str]:
    """Whose accounts a person may connect now: one's own needs the consent to bring own figures."""
    kinds = imports.may_import(user, program)
    consented = OWN in kinds and imports.consents_to_own_figures(user, program)
    return [kind for kind in kinds if kind != OWN or consented]


def connections_for(user: "User", program: Program) -> QuerySet[Connection]:
    kinds = imports.may_import(user, program)
    seen = Q(pk=None)
    if OWN in kinds:
        own = Q(account__kind=Account.Kind.PERSON, account__user=user)
        seen |= own & Q(consents.is_at_work(user, program, Purpose.OWN_FIGURES))
    if COMPANY in kinds:
        seen |= Q(account__kind=Account.Kind.COMPANY)
    return Connection.objects.filter(seen, program=program).select_related("account", "program")


def get_connection(user: "User", slug: str, pk: int) -> Connection:
    """A connection; another person's does not exist."""
    return get_object_or_404(connections_for(user, get_connecting(user, slug)), pk=pk)
