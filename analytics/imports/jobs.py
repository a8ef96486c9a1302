"""What a worker does with an import. Each job may run twice, and may be killed at any moment: nothing is half done.

Reading changes nothing but the run, under a lease. Applying and taking back are one transaction each that holds
the run's row: whoever is killed lets go of it, and the next worker begins from the start.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path, PurePath
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.files import File
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from analytics.channels import services as accounts
from analytics.channels.models import Account
from analytics.imports import access, owner, preview, queries
from analytics.imports.age import as_of
from analytics.imports.models import UNDO_FOR, ImportRun, RunState
from analytics.imports.traces import MADE, record, remove_files, remove_made, remove_upload, who_asked
from analytics.imports.verbs import ImportsVerb
from analytics.metrics import services as metrics
from analytics.metrics.batch import Batch
from analytics.metrics.counts import Counts
from analytics.sources.handover import ParsedFile
from analytics.sources.names import read_name
from analytics.sources.sandbox import POSTS, REFUSED, ROWS, Refused, outline_of, read_file
from core.kit.workplace import piece_of_work
from core.schedule.each import each
from core.sheets.process import NotWanted

LEASE = timedelta(seconds=90)  # longer than reading may take (`sandbox.WALL_SECONDS`)
LOOK_AGAIN = timedelta(seconds=15)  # while the run's row is held nobody else can take it anyway
ATTEMPTS = 3
PROGRESS_KEPT_FOR = 600  # seconds
FILES_KEPT_FOR = timedelta(days=7)
PREVIEW_KEPT_FOR = timedelta(days=30)
#: Why a table was not understood, where a person can say what is missing.
ASKED = frozenset(
    {"columns", "columns_double", "table_unknown", "wide_unknown", "other_network", "layout_unknown", "number_mixed"}
    | {"date_order"}
)
LARGE = 1 << 18  # smaller files are done before anybody could look how far it is
READ = (  # what reading finds out
    "account", "kind", "language", "fingerprint", "window_start", "window_end", "exported_at", "same_as", "state",
    "message", "rows_new", "rows_changed", "rows_unchanged", "rows_older", "rows_refused", "posts_new", "repeats",
    "preview", *MADE, "lease_until", "read_at",
)  # fmt: skip


def read(run_id: int) -> None:
    """Understand the file and say what it would change."""
    run = _take(run_id, RunState.QUEUED, RunState.READING)
    if run is None:
        return
    with piece_of_work() as folder:
        path = folder / f"upload{PurePath(run.file.name or '').suffix}"
        _fetch(run.file, path)
        _progress(run, 10)
        try:
            outcome = read_file(
                path,
                name=run.file_name,
                into=folder,
                max_bytes=settings.UPLOAD_LIMIT,
                is_wanted=partial(_is_wanted, run),
                mapping=run.mapping or None,
            )
        except NotWanted:  # thrown away while it was being read
            return
        _progress(run, 55)
        if isinstance(outcome, Refused) and _asks_for_columns(run, outcome, path, folder):
            _settle(run, RunState.QUESTION, {"code": outcome.code, "params": outcome.params})
        elif isinstance(outcome, Refused):
            _settle(run, RunState.REFUSED, owner.refusal(run, outcome.code, outcome.params, ASKED))
        else:
            _understood(run, outcome.file, folder / ROWS, folder / POSTS)


def _understood(run: ImportRun, file: ParsedFile, rows_path: Path, posts_path: Path) -> None:
    run.kind, run.language, run.fingerprint = file.kind, file.locale[:5], file.content_fingerprint
    run.window_start, run.window_end, run.exported_at = file.window_start, file.window_end, file.exported_at
    if code := owner.wrong_kind(run.account, file.kind):
        return _settle(run, RunState.REFUSED, {"code": code})
    if len(file.accounts) > 1 and run.mapping:
        run.preview["accounts"] = file.named_accounts[:50]
        return _settle(run, RunState.QUESTION, {"code": "which_account"})
    if len(file.accounts) > 1:
        params = dict(zip(("first", "second"), file.accounts, strict=True))
        return _settle(run, RunState.REFUSED, {"code": "several_accounts", "params": params})
    name = owner.turn_to(run, file)
    same = queries.same_content(run, file.content_fingerprint)
    if same is not None:
        _already_imported(run, same)
        return _settle(run, RunState.DISCARDED, run.message)
    if not run.confirmed_owner and owner.is_somebody_else(run.account, name, is_certain=bool(file.accounts)):
        return _settle(run, RunState.QUESTION, owner.asked(run, name, by_owner=bool(file.owner_name)))
    compared = rows_path.with_name("compared")
    counts = metrics.diff(_batch(run, rows_path, posts_path, compared, has_repeats=file.repeats is None))
    _progress(run, 90)
    _count(run, counts)
    run.rows_refused, run.repeats = file.refused_count, counts.repeats + (file.repeats or 0)
    run.preview = preview.of(file, counts, name) | run.preview
    for made, path in zip(MADE, (rows_path, posts_path, compared, rows_path.with_name(REFUSED)), strict=True):
        if path.exists():
            with path.open("rb") as source:
                getattr(run, made).save(f"{made}.tsv", File(source), save=False)
    return _settle(run, RunState.PREVIEW)


def _asks_for_columns(run: ImportRun, refused: Refused, path: Path, folder: Path) -> bool:
    """A table nobody knows is no dead end: who brought it says which column is what.

    Not of a download that carries a person's name: only that person brings it.
    """
    if refused.code not in ASKED or (run.account.user is None and read_name(run.file_name).owner):
        return False
    if run.account.kind == Account.Kind.RECORDS:  # what is asked is shown with its first rows, and kept until answered
        return False
    outline = outline_of(path, name=run.file_name, into=folder, max_bytes=settings.UPLOAD_LIMIT)
    if outline is None:
        return False
    if run.account.user is None and owner.lists_people(outline):
        run.kind = owner.LIST_OF_PEOPLE
        return False
    run.preview = {"outline": outline}
    return True


def _already_imported(run: ImportRun, same: ImportRun) -> None:
    """The very same cells stand already, by another import: this one stores nothing and says so."""
    run.same_as, run.rows_unchanged = same, same.rows_new + same.rows_changed + same.rows_unchanged
    run.rows_new = run.rows_changed = run.rows_older = run.posts_new = 0
    at = same.applied_at.isoformat() if same.applied_at else ""
    params: dict[str, object] = {"at": at, "count": run.rows_unchanged}
    run.state, run.message = RunState.DISCARDED, {"code": "already_imported", "params": params}


def _is_wanted(run: ImportRun) -> bool:
    return ImportRun.objects.filter(pk=run.pk, state=RunState.READING, attempts=run.attempts).exists()


def _count(run: ImportRun, counts: Counts) -> None:
    run.rows_new, run.rows_changed, run.rows_unchanged = counts.new, counts.changed, counts.unchanged
    run.rows_older, run.posts_new = counts.older, counts.posts_new


def apply(run_id: int) -> None:
    """Store the figures, all or none."""
    if not _take(run_id, RunState.APPLYING):
        return
    with _holding(run_id, RunState.APPLYING) as run:
        if run is None:
            return
        own = run.account.user
        if own is not None and not access.consents_to_own_figures(own, run.program):
            remove_files(run)
            run.state, run.message = RunState.FAILED, {"code": "consent_missing"}
            return
        if (same := queries.same_content(run, run.fingerprint)) is not None:  # read beside it, applied before it
            remove_files(run)
            _already_imported(run, same)
            record(ImportsVerb.DISCARDED, run, by=who_asked(ImportsVerb.APPLYING, run))
            return
        if owner.became_somebody_else(run):  # two files of two accounts, read side by side
            remove_made(run)
            run.state, run.message = RunState.QUESTION, owner.asked(run, run.preview["owner"], by_owner=own is not None)
            return
        with piece_of_work() as folder:
            paths = [folder / name for name in MADE[:3]]
            for name, path in zip(MADE, paths, strict=False):
                if stored := getattr(run, name):
                    _fetch(stored, path)
            batch = _batch(run, *paths, has_repeats=run.repeats > 0)
            counts = metrics.upsert(batch, tell=partial(_progress, run))
        _count(run, counts)
        run.state, run.applied_at = RunState.APPLIED, timezone.now()
        if owner.is_about_others(run):  # from now on months are told, and through disclosure control
            run.preview |= {"rows": [], "totals": []}
        run.owner_name = run.preview.get("owner", "")[:120]
        if run.owner_name:
            accounts.learn_owner(run.account, run.owner_name)
        record(ImportsVerb.APPLIED, run, by=who_asked(ImportsVerb.APPLYING, run))


def undo(run_id: int) -> None:
    """Take the figures back, as if they had never been stored."""
    if not _take(run_id, RunState.UNDOING):
        return
    with _holding(run_id, RunState.UNDOING) as run:
        if run is None:
            return
        metrics.undo(run.program_id, run.account_id, run.pk, tell=partial(_progress, run))
        _unlearn_owner(run)
        remove_files(run)
        run.state, run.undone_at = RunState.UNDONE, timezone.now()
        record(ImportsVerb.UNDONE, run, by=who_asked(ImportsVerb.UNDOING, run))


def _unlearn_owner(run: ImportRun) -> None:
    """The name that only this import taught goes with it: else the person's own next file would be asked about."""
    if run.owner_name and run.owner_name == run.account.owner_name:
        accounts.learn_owner(run.account, queries.owner_taught(run))
    run.owner_name = ""


def left_behind() -> list[tuple[str, int]]:
    """Runs that nobody works on although they should be worked on."""
    now = timezone.now()
    waiting = Q(state=RunState.QUEUED, created_at__lt=now - timedelta(seconds=15))
    at_work = Q(state__in=(RunState.READING, RunState.APPLYING, RunState.UNDOING))
    lost = at_work & (Q(lease_until=None) | Q(lease_until__lt=now))
    return list(ImportRun.objects.filter(waiting | lost).order_by("pk").values_list("state", "pk")[:100])


def retention() -> int:
    """Files go a week after the import is settled; older values go when no import can be taken back any more."""
    now = timezone.now()
    settled = (RunState.APPLIED, RunState.UNDONE, RunState.REFUSED, RunState.FAILED, RunState.DISCARDED)
    old = ImportRun.objects.filter(read_at__lt=now - FILES_KEPT_FOR, state__in=settled).exclude(file="")
    forgotten = ImportRun.objects.filter(
        created_at__lt=now - PREVIEW_KEPT_FOR, state__in=(RunState.PREVIEW, RunState.QUESTION)
    )

    def forget(run: ImportRun) -> None:
        remove_files(run, keep_name=run.state == RunState.APPLIED)
        run.state = run.state if run.state in settled else RunState.DISCARDED
        run.save()

    over = old.filter(Q(applied_at=None) | Q(applied_at__lt=now - FILES_KEPT_FOR)) | forgotten
    outcome = each("imports.retention", over.order_by("pk"), forget, key=lambda run: run.pk)
    _forget_versions(now)
    return outcome.done


def _forget_versions(now: datetime) -> None:
    limit = now - UNDO_FOR
    late = ImportRun.objects.filter(
        state=RunState.APPLIED, applied_at__lt=limit, applied_at__gt=limit - timedelta(days=2)
    ).select_related("account")
    held = {run.account_id: run.account for run in late.order_by("applied_at", "pk")}

    def forget(account: Account) -> None:
        metrics.forget_versions(account, list(queries.undoable(account)))

    each("imports.forget_versions", held.values(), forget, key=lambda account: account.pk)


def _take(run_id: int, *states: RunState) -> ImportRun | None:
    """The run, if it is to be worked on and nobody else has it. What breaks off three times is given up."""
    with transaction.atomic():
        _need_not_survive_a_crash()
        found = ImportRun.objects.select_for_update(skip_locked=True, of=("self",))
        if RunState.QUEUED in states:
            found = found.select_related("account__user", "program")  # else `_holding` brings them
        run = found.filter(pk=run_id, state__in=states).first()
        if run is None or (run.state == RunState.READING and run.lease_until and run.lease_until > timezone.now()):
            return None
        run.attempts += 1
        is_read = run.state in (RunState.QUEUED, RunState.READING)
        run.lease_until = timezone.now() + (LEASE if is_read else LOOK_AGAIN)
        if run.state == RunState.QUEUED:
            run.state = RunState.READING
        if gives_up := run.attempts > ATTEMPTS:
            run.state, run.message, run.read_at = RunState.FAILED, {"code": "gave_up"}, timezone.now()
        run.save(update_fields=["attempts", "lease_until", "state", "message", "read_at"])
        if gives_up and run.account.kind == Account.Kind.RECORDS:
            remove_upload(run)
    return None if gives_up else run


def _need_not_survive_a_crash() -> None:
    """Nobody waits for the disk: when the database server dies with this change, its worker has lost the run too.

    What a run finds out and what it stores is another transaction, and that one is on the disk when it is over.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")


@contextmanager
def _holding(run_id: int, state: RunState) -> Iterator[ImportRun | None]:
    """One transaction that holds the run's row from beginning to end; what is changed in the run is saved with it."""
    with transaction.atomic():
        found = ImportRun.objects.select_for_update(skip_locked=True, of=("self",)).select_related(
            "account__user", "program", "uploaded_by"
        )
        run = found.filter(pk=run_id, state=state).first()
        yield run
        if run is not None:
            run.lease_until = None
            run.save()


def _settle(run: ImportRun, state: RunState, message: dict[str, Any] | None = None) -> None:
    """Save what was read, unless another worker has taken the run over or the person has thrown it away."""
    run.state, run.message, run.lease_until, run.read_at = state, message or {}, None, timezone.now()
    held = ImportRun.objects.filter(pk=run.pk, state=RunState.READING, attempts=run.attempts)
    if not held.update(**{name: getattr(run, name) for name in READ}):
        for name in MADE:
            getattr(run, name).delete(save=False)
    elif owner.is_about_others(run):  # names and addresses of people who are no part of the program
        remove_upload(run)


def _batch(run: ImportRun, rows: Path, posts: Path, compared: Path, *, has_repeats: bool) -> Batch:
    old = as_of(run.exported_at, run.window_end, run.created_at)
    return Batch(run.program_id, run.account_id, run.pk, old, rows, posts, has_repeats, compared)


def _fetch(stored: "File[bytes]", path: Path) -> None:
    """A copy on this machine: storage may be far away, and the child reads a plain file."""
    with stored.open("rb") as source, path.open("wb") as target:
        shutil.copyfileobj(source, target, 1 << 20)


def progress_key(run_id: int) -> str:
    return f"imports:{run_id}"


def _progress(run: ImportRun, percent: int) -> None:
    if run.size > LARGE:
        cache.set(progress_key(run.pk), (run.state, percent), PROGRESS_KEPT_FOR)
