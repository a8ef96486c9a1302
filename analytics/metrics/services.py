"""The store of figures. The newest file wins, whatever the order files come in; any import can be taken back exactly.

An import adds one value per figure. The reading shows the value of the newest import; what others say waits in
`ReadingVersion`, and who says the same stands in `Echo`. So the store always is what the applied imports say
together, and nothing depends on their order.
"""

from django.db import transaction

from analytics.channels.models import Account
from analytics.metrics import history, meeting, staging, totals
from analytics.metrics import posts as matching
from analytics.metrics.batch import Batch
from analytics.metrics.counts import Counts
from analytics.metrics.hooks import figures_changed
from analytics.metrics.models import Echo, Post, Reading, ReadingVersion, WeekTotal
from analytics.metrics.staging import run_sql

STANDS = "SELECT 1 FROM analytics_reading WHERE program_id = %s AND account_id = %s LIMIT 1"


@transaction.atomic(savepoint=False)
def diff(batch: Batch) -> Counts:
    """What would change if this were applied now. Nothing is written."""
    meets = _has_figures(batch)
    count = staging.load(batch)
    matching.match(batch)
    repeats = count - meeting.meet(batch, count, may_repeat=_may_repeat(batch), meets=meets)
    counts = meeting.counts_by_kind()
    new, changed, unchanged, older = counts
    return Counts(new, changed, unchanged, older, matching.count_new(), repeats, meeting.samples(counts))


@transaction.atomic(savepoint=False)
def upsert(batch: Batch) -> Counts:
    """Apply an import. The run's values join those of the other imports; where it is the newest, its value stands."""
    staging.lock(batch.account_id)
    meets = _has_figures(batch)
    count = staging.load(batch)
    matching.store(batch)
    repeats = count - meeting.meet(batch, count, may_repeat=_may_repeat(batch), meets=meets)
    new, changed, unchanged, older = meeting.counts_by_kind()
    history.add(batch)
    if new or changed:
        weeks = totals.weeks_in("met", f"kind <= {meeting.CHANGED}") if meets else totals.WHOLE
        totals.refresh(batch.program_id, batch.account_id, weeks)
        figures_changed(batch.program_id)
    return Counts(new, changed, unchanged, older, matching.count_new(), repeats)


@transaction.atomic
def undo(program_id: int, account_id: int, run_id: int) -> None:
    """Take an import back: the store is as if it had never been applied."""
    staging.lock(account_id)
    history.take_back(program_id, account_id, run_id)
    totals.refresh(program_id, account_id, totals.weeks_in("touched"), may_shrink=True)
    matching.forget_unlisted(account_id, run_id)
    figures_changed(program_id)


@transaction.atomic
def forget_account(account: Account) -> None:
    """Delete every figure and post of an account."""
    staging.lock(account.pk)
    for model in (Reading, WeekTotal):
        model.objects.filter(program=account.program_id, account=account).delete()
    for said in (ReadingVersion, Echo):
        said.objects.filter(account=account).delete()
    Post.objects.filter(account=account).delete()
    figures_changed(account.program_id)


@transaction.atomic
def forget_versions(account: Account, undoable: list[int]) -> None:
    """Imports that can no longer be taken back keep one value per figure: the newest of theirs."""
    staging.lock(account.pk)
    history.forget(account.pk, undoable)


def _has_figures(batch: Batch) -> bool:
    return bool(run_sql(STANDS, batch.program_id, batch.account_id))


def _may_repeat(batch: Batch) -> bool:
    """A line may say a figure again, and two posts of the file may by now be one."""
    return batch.has_repeats or (batch.names_posts and matching.some_are_one())
