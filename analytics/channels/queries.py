"""Accounts: a person's own, and the company's."""

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from analytics.channels.models import Account
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


def own_accounts(user: "User", program: Program) -> QuerySet[Account]:
    return Account.objects.filter(program=program, user=user, kind=Account.Kind.PERSON)
