from typing import Any

from analytics.channels.models import Account
from core.people.models import User
from programs.membership.models import Program

ORDER = 50


def make_personal_account(user: User, program: Program, **fields: Any) -> Account:
    return Account.objects.create(user=user, program=program, kind=Account.Kind.PERSON, **fields)


def make_company_account(program: Program, **fields: Any) -> Account:
    return Account.objects.create(program=program, kind=Account.Kind.COMPANY, handle=program.company_name, **fields)


def furnish(world: Any) -> None:
    world.account = make_personal_account(world.influencer, world.program)
    world.company_account = make_company_account(world.program)
