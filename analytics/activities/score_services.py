"""What a person enters of LinkedIn's score. The journal says nothing of it."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from analytics.activities.models import SocialScore
from analytics.metrics.hooks import figures_changed
from core.people.secrets import SecretIsSealed, seal, unseal
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


@transaction.atomic
def keep_score(program: Program, *, month: date, parts: Mapping[str, Decimal] | None, by: "User") -> str:
    """One for each month; without its parts there is none. What was removed is answered sealed, for `put_back`: it lies
    nowhere any more."""
    own = SocialScore.objects.filter(program=program, user=by, month=month)
    removed = ""
    if parts is None:
        for row in own:
            removed = seal(
                json.dumps([program.pk, by.pk, *(str(getattr(row, name)) for name in ("month", *row.PARTS))])
            )
        own.delete()
    elif not own.update(**parts):
        row = SocialScore(program=program, user=by, month=month, **parts)
        SocialScore.objects.bulk_create([row], ignore_conflicts=True)
    figures_changed(program.pk)
    return removed


@transaction.atomic
def put_back(program: Program, removed: str, *, by: "User") -> bool:
    """Whether the month that was removed is there again. Not where it has been entered anew since."""
    try:
        program_id, user_id, month, *parts = json.loads(unseal(removed))
        day = date.fromisoformat(month)
    except (SecretIsSealed, ValueError, TypeError):
        return False
    if (program_id, user_id) != (program.pk, by.pk):
        return False
    said = dict(zip(SocialScore.PARTS, map(Decimal, parts), strict=True))
    _row, is_made = SocialScore.objects.get_or_create(program=program, user=by, month=day, defaults=said)
    if is_made:
        figures_changed(program.pk)
    return is_made


@transaction.atomic
def forget_scores(user: "User", program: Program) -> bool:
    return bool(SocialScore.objects.filter(user=user, program=program).delete()[0])
