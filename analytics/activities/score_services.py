"""What a person enters of LinkedIn's score. The journal says nothing of it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from analytics.activities.models import SocialScore
from analytics.metrics.hooks import figures_changed
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


@transaction.atomic
def keep_score(program: Program, *, month: date, parts: Mapping[str, Decimal] | None, by: "User") -> None:
    """One for each month; without its parts there is none."""
    own = SocialScore.objects.filter(program=program, user=by, month=month)
    if parts is None:
        own.delete()
    elif not own.update(**parts):
        row = SocialScore(program=program, user=by, month=month, **parts)
        SocialScore.objects.bulk_create([row], ignore_conflicts=True)
    figures_changed(program.pk)


@transaction.atomic
def forget_scores(user: "User", program: Program) -> bool:
    return bool(SocialScore.objects.filter(user=user, program=program).delete()[0])
