"""Accounts come into being with the first file; nobody has to enter them, and no password is ever asked for."""

from typing import TYPE_CHECKING

from django.db import transaction

from analytics.channels.account_names import plain
from analytics.channels.models import Account, Network
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


def ensure_personal_account(
    user: "User", program: Program, network: str = Network.LINKEDIN, *, source: str = "", handle: str = ""
) -> Account:
    """The person's own account on a network; of feeds and JSON the one at this address."""
    account, _ = Account.objects.get_or_create(
        program=program,
        user=user,
        kind=Account.Kind.PERSON,
        network=network,
        source=source,
        defaults={"handle": handle[:160]},
    )
    return account


def ensure_company_account(
    program: Program, network: str = Network.LINKEDIN, handle: str = "", *, source: str = ""
) -> Account:
    """The company's account on a network; of feeds and JSON the one at this address."""
    account, _ = Account.objects.get_or_create(
        program=program,
        user=None,
        kind=Account.Kind.COMPANY,
        network=network,
        source=source,
        defaults={"handle": (handle or program.company_name)[:160]},
    )
    return account


def ensure_records_account(program: Program) -> Account:
    """Where the sums of lists of HR and sales are kept."""
    account, _ = Account.objects.get_or_create(
        program=program, kind=Account.Kind.RECORDS, defaults={"network": Network.OTHER}
    )
    return account


def page_of_files(program: Program, network: str, name: str) -> Account:
    """Another page of the company on this network, known by the name that its files carry."""
    page = ensure_company_account(program, network, name, source=f"page:{plain(name)}"[:200])
    if not page.owner_name:
        learn_owner(page, name)
    return page


def call_by(account: Account, handle: str, number: str) -> None:
    """The name that a page of the company has on its network, so that several are told apart, and its number, by which
    it is known again under another name."""
    if (account.handle, account.number) != (handle[:160], number):
        account.handle, account.number = handle[:160], number
        account.save(update_fields=["handle", "number"])


@transaction.atomic
def learn_owner(account: Account, name: str) -> None:
    """Remember how the network's files spell the owner, so that another person's file is noticed; "" forgets it."""
    if account.owner_name != name:
        account.owner_name = name[:120]
        account.save(update_fields=["owner_name"])
