"""The store of figures. The newest file wins, whatever the order files come in; any import can be taken back exactly.

An import adds one value per figure. The reading shows the value of the newest import; what others say waits in
`ReadingVersion`, and who says the same stands in `Echo`. So the store always is what the applied imports say
together, and nothing depends on their order.
"""

from collections.abc import Callable

from django.db import transaction

from analytics.channels.models import Account
from analytics.metrics import comparison, history, meeting, staging, totals
from analytics.metrics import posts as matching
from analytics.metrics.batch import Batch
from analytics.metrics.comparison import Comparison
from analytics.metrics.counts import Counts
from analytics.metrics.hooks import figures_changed
from analytics.metrics.models import Echo, Post, Reading, ReadingVersion, WeekTotal
from analytics.metrics.staging import run_sql

Tell = Callable[[int], None]
STANDS = "SELECT 1 FROM analytics_reading WHERE program_id = %s AND account_id = %s LIMIT 1"


def nobody(percent: int) -> None:
    """Nobody asks how far it is."""


@transaction.atomic(savepoint=False)
def diff(batch: Batch) -> Counts:
    """What would change if this were applied now. Nothing is written."""
    edition = comparison.edition_of(batch.account_id)
    staging.load_posts(batch)
    matching.match(batch)
    count, found = _compare(batch)
    if batch.compared is not None and count > meeting.FEW and found.counts[meeting.SAME]:
        comparison.keep(batch.compared, edition, found)
    return Counts(*found.counts, matching.count_new(), found.repeats, meeting.samples(found.counts, found.rows))


@transaction.atomic(savepoint=False)
def upsert(batch: Batch, *, tell: Tell = nobody) -> Counts:
    """Apply an import. The run's values join those of the other imports; where it is the newest, its value stands.

    How far it is, in percent, is told to `tell`.
    """
    staging.lock(batch.account_id)
    tell(5)
    staging.load_posts(batch)
    tell(15)
    matching.store(batch)
    tell(30)
    found = comparison.take_up(batch) or _compare(batch)[1]
    tell(55)
    history.add(batch, found)
    tell(90)
    if found.counts[meeting.NEW] or found.counts[meeting.CHANGED]:
        weeks = totals.weeks_in(found.rows, f"kind <= {meeting.CHANGED}")
        totals.refresh(batch.program_id, batch.account_id, weeks)
        figures_changed(batch.program_id)
    comparison.next_edition(batch.account_id)
    return Counts(*found.counts, matching.count_new(), found.repeats)


def _compare(batch: Batch) -> tuple[int, Comparison]:
    """Of how many lines, and what they are beside the store."""
    count = staging.load_rows(batch)
    # A line may say a figure again, and two posts of the file may by now be one.
    repeats = (batch.names_posts and matching.some_are_one()) or (batch.has_repeats and staging.has_repeats(count))
    meets = bool(run_sql(STANDS, batch.program_id, batch.account_id))
    figures, rows = meeting.meet(batch, count, repeats=repeats, meets=meets)
    counts = meeting.counts_by_kind() if meets else (figures, 0, 0, 0)
    same = comparison.same_readings() if counts[meeting.SAME] else "{}"
    return count, Comparison(counts, count - figures, same, rows)


@transaction.atomic
def undo(program_id: int, account_id: int, run_id: int, *, tell: Tell = nobody) -> None:
    """Take an import back: the store is as if it had never been applied."""
    staging.lock(account_id)
    tell(10)
    history.take_back(program_id, account_id, run_id)
    tell(75)
    totals.refresh(program_id, account_id, totals.weeks_in("touched"), may_shrink=True)
    matching.forget_unlisted(account_id, run_id)
    figures_changed(program_id)
    comparison.next_edition(account_id)


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
    comparison.next_edition(account.pk)


@transaction.atomic
def forget_versions(account: Account, undoable: list[int]) -> None:
    """Imports that can no longer be taken back keep one value per figure: the newest of theirs."""
    staging.lock(account.pk)
    history.forget(account.pk, undoable)


@transaction.atomic
def note_post(post: Post, worked: str) -> None:
    """What worked, as the post's owner sees it. Files never change it, and the log says nothing of it."""
    held = Post.objects.select_for_update().get(pk=post.pk)
    if held.worked != worked:
        held.worked = worked
        held.save(update_fields=["worked"])
