"""The aims of the strategy map: added, changed, removed."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import transaction

from analytics.scorecard.models import StrategyAim
from analytics.scorecard.verbs import ScorecardVerb
from core.journal import services as journal
from core.journal.changes import changes_of
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

FIELDS = ("text", "perspective", "kpi", "place")


@transaction.atomic
def add_aim(program: Program, *, by: "User", feeds: Iterable[StrategyAim] = (), **values: Any) -> StrategyAim:
    aim = StrategyAim.objects.create(program=program, **values)
    aim.feeds.set(feeds)
    journal.record(ScorecardVerb.ADDED, aim, by=by)
    return aim


@transaction.atomic
def edit_aim(aim: StrategyAim, *, by: "User", feeds: Iterable[StrategyAim] | None = None, **values: Any) -> StrategyAim:
    """Only what is given; what it feeds is said by the map and not by the journal."""
    for name, value in values.items():
        setattr(aim, name, value)
    changes = changes_of(aim, FIELDS)
    aim.save(update_fields=FIELDS)
    if feeds is not None:
        aim.feeds.set(feeds)
    if changes or feeds is not None:
        journal.record(ScorecardVerb.EDITED, aim, by=by, changes=changes)
    return aim


@transaction.atomic
def remove_aim(aim: StrategyAim, *, by: "User") -> StrategyAim:
    aim.put_away()
    journal.record(ScorecardVerb.REMOVED, aim, by=by)
    return aim


@transaction.atomic
def restore_aim(aim: StrategyAim, *, by: "User") -> StrategyAim:
    """With what it feeds, as before."""
    aim.take_back()
    journal.record(ScorecardVerb.RESTORED, aim, by=by)
    return aim
