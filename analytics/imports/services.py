"""What a person does with an import: start it, answer its question, apply it, take it back, throw it away."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from celery import Task
from django.core.files import File
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from analytics.channels import queries as channels
from analytics.channels import services as accounts
from analytics.channels.models import Account
from analytics.imports import owner, queries, tasks, turns
from analytics.imports.access import OPEN_STATES, OWN, RECORDS
from analytics.imports.messages import WORTH_A_LOOK
from analytics.imports.models import UNDO_FOR, ImportRun, RunState, TableShape
from analytics.imports.traces import record, remove_files, remove_made
from analytics.imports.verbs import ImportsVerb
from analytics.metrics import services as metrics
from analytics.metrics.models import Post
from analytics.sources.mapping import Mapping, shape
from core.kit.wake import wake
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


LONGEST_NAME = 200


class NotNow(Exception):
    """The run is not in a state for this, or another import of the account is being applied."""


@transaction.atomic
def start_import(program: Program, upload: "UploadedFile[bytes]", *, by: "User", whose: str) -> ImportRun:
    """Take a file in. The same file sent twice (a double click, two windows, for the company two people) is one run as
    long as it is open."""
    if whose == OWN:
        account = accounts.ensure_personal_account(by, program)
    elif whose == RECORDS:
        account = accounts.ensure_records_account(program)
    else:
        account = accounts.ensure_company_account(program)
    sha256 = _sha256(upload)
    _one_after_the_other(f"{by.pk}" if whose == OWN else f"account {account.pk}")
    open_runs = ImportRun.objects.filter(program=program, account__kind=account.kind, state__in=OPEN_STATES)
    if whose == OWN:  # the company's are of everybody who imports for it
        open_runs = open_runs.filter(uploaded_by=by)
    twin = open_runs.filter(sha256=sha256).first()  # by now perhaps of another account
    if twin is not None:
        return twin
    run = ImportRun.objects.create(
        program=program,
        account=account,
        uploaded_by=by,
        file=upload,
        file_name=_short(upload.name or ""),
        size=upload.size or 0,
        sha256=sha256,
    )
    record(ImportsVerb.STARTED, run, by=by)
    wake(tasks.read, run.pk)
    return run


@transaction.atomic
def start_imports(
    program: Program, uploads: "Sequence[UploadedFile[bytes]]", *, by: "User", whose: str
) -> list[ImportRun]:
    """Several files of one upload: each is a run of its own, so that none stops the others."""
    runs = [start_import(program, upload, by=by, whose=whose) for upload in uploads]
    return list({run.pk: run for run in runs}.values())


@transaction.atomic
def answer_run(run: ImportRun, *, is_mine: bool, by: "User", is_page: bool = False) -> ImportRun:
    """Whether the file is the person's own although it carries another name; of the company's, whether it is that of
    another page, which is kept apart from now on."""
    run = _locked(run, RunState.QUESTION)
    if is_page and owner.may_be_a_page(run):
        run.account = accounts.page_of_files(run.program, run.account.network, owner.asked_name(run))
    elif not is_mine:
        return _discard(run, by)
    run.confirmed_owner, run.state, run.message, run.attempts = True, RunState.QUEUED, {}, 0
    run.save()
    record(ImportsVerb.ANSWERED, run, by=by)
    wake(tasks.read, run.pk)
    return run


@transaction.atomic
def map_run(run: ImportRun, mapping: Mapping, labels: Sequence[str], *, by: "User") -> ImportRun:
    """Which column is what, as somebody said; offered again with the next file that has these labels."""
    run = _locked(run, RunState.QUESTION, RunState.PREVIEW)
    remove_made(run)
    saved = replace(mapping, account="").to_json()
    TableShape.objects.update_or_create(
        program=run.program, user=run.account.user, shape=shape(labels), defaults={"mapping": saved}
    )
    run.mapping, run.state, run.message, run.attempts = mapping.to_json(), RunState.QUEUED, {}, 0
    run.save()
    record(ImportsVerb.ANSWERED, run, by=by)
    wake(tasks.read, run.pk)
    return run


@transaction.atomic
def map_runs(
    run: ImportRun, mapping: Mapping, labels: Sequence[str], accounts_named: Sequence[str], *, by: "User"
) -> list[ImportRun]:
    """A table whose rows name their account: each account is an import of its own, with a copy of the file."""
    first, *others = accounts_named
    runs = [map_run(run, replace(mapping, account=first), labels, by=by)]
    for name in others:
        with run.file.open("rb") as source:
            made = ImportRun.objects.create(
                program=run.program,
                account=run.account,
                uploaded_by=run.uploaded_by,
                file=File(source, name=run.file.name),
                file_name=run.file_name,
                size=run.size,
                sha256=run.sha256,
                mapping=replace(mapping, account=name).to_json(),
                preview={"outline": run.preview["outline"], "accounts": list(accounts_named)},
            )
        record(ImportsVerb.STARTED, made, by=by)
        wake(tasks.read, made.pk)
        runs.append(made)
    return runs


def apply_run(run: ImportRun, *, by: "User") -> ImportRun:
    """Ask for the figures to be stored; a worker does it."""
    return _ask(run, RunState.PREVIEW, RunState.APPLYING, tasks.apply, by)


def undo_run(run: ImportRun, *, by: "User") -> ImportRun:
    """Ask for the import to be taken back, within 30 days."""
    if not can_undo(run):
        raise NotNow
    return _ask(run, RunState.APPLIED, RunState.UNDOING, tasks.undo, by)


def can_undo(run: ImportRun) -> bool:
    return bool(run.state == RunState.APPLIED and run.applied_at and run.applied_at > timezone.now() - UNDO_FOR)


@transaction.atomic
def apply_runs(runs: Sequence[ImportRun], *, by: "User") -> list[ImportRun]:
    """Ask for several files at once: those that nobody has to look at first, and that nobody has asked for meanwhile.

    Each is stored and can be undone by itself; those of one account take turns."""
    clean = [run for run in _several_locked(runs, RunState.PREVIEW) if is_clean(run)]
    return _take_turns(clean, turns.TO_APPLY, ImportsVerb.APPLYING, by)


@transaction.atomic
def undo_runs(runs: Sequence[ImportRun], *, by: "User") -> list[ImportRun]:
    """Take several imports back, as long as nothing was imported after them."""
    applied = [run for run in _several_locked(runs, RunState.APPLIED) if can_undo(run)]
    if queries.came_after(applied):
        raise NotNow
    return _take_turns(applied, turns.TO_UNDO, ImportsVerb.UNDOING, by)


def is_clean(run: ImportRun) -> bool:
    """Whether it can be applied without a look: nothing in it was refused, said twice or guessed."""
    guessed = any(code in WORTH_A_LOOK for code, _params in run.preview.get("remarks", []))
    return run.state == RunState.PREVIEW and not (run.rows_refused or run.repeats or guessed)


@transaction.atomic
def name_post(post: Post, title: str) -> str:
    """Call an own post something. Later files keep that; answers what it was called before. The log says nothing of
    it: it is the person's own."""
    held = Post.objects.select_for_update().get(pk=post.pk)
    before, held.title = held.title, title
    held.save(update_fields=["title"])
    return before


@transaction.atomic
def discard_run(run: ImportRun, *, by: "User") -> ImportRun:
    """Throw a file away before it changed anything. A worker that is reading it notices, and stops."""
    return _discard(_locked(run, *OPEN_STATES), by)


@transaction.atomic
def forget_person(user: "User", program: Program) -> None:
    """Consent withdrawn or program left: the person's figures, posts, imports and files go."""
    TableShape.objects.filter(user=user, program=program).delete()
    for account in channels.own_accounts(user, program):
        forget_account(account)


@transaction.atomic
def forget_account(account: Account) -> None:
    """Everything that was ever brought of an account, and the account."""
    for run in ImportRun.objects.select_for_update().filter(account=account):
        remove_files(run)
        run.delete()
    metrics.forget_account(account)
    account.delete()


def _discard(run: ImportRun, by: "User") -> ImportRun:
    remove_files(run)
    run.state, run.message = RunState.DISCARDED, {}
    run.save()
    record(ImportsVerb.DISCARDED, run, by=by)
    return run


def _ask(run: ImportRun, before: RunState, after: RunState, task: Task[..., Any], by: "User") -> ImportRun:
    try:
        with transaction.atomic():
            run = _locked(run, before)
            run.state, run.message, run.attempts = after, {}, 0
            run.lease_until = timezone.now() + turns.FIRST_LEASE
            run.save()
            record(ImportsVerb(f"imports.{after}"), run, by=by)
            wake(task, run.pk)
    except IntegrityError:  # one_apply_per_account_at_a_time
        raise NotNow from None
    return run


def _several_locked(runs: Sequence[ImportRun], state: RunState) -> list[ImportRun]:
    rows = ImportRun.objects.select_for_update(of=("self",)).select_related("account").order_by("pk")
    return [run for run in rows.filter(pk__in=[run.pk for run in runs], state=state) if not turns.is_waiting(run)]


def _take_turns(runs: list[ImportRun], code: str, verb: ImportsVerb, by: "User") -> list[ImportRun]:
    turns.line_up(runs, code)
    for run in runs:
        record(verb, run, by=by)
    for account_id in sorted({run.account_id for run in runs}):
        if first := turns.next_of(account_id):
            wake(tasks.apply if first[0] == RunState.APPLYING else tasks.undo, first[1])
    return runs


def _locked(run: ImportRun, *states: RunState) -> ImportRun:
    rows = ImportRun.objects.select_for_update(of=("self",)).select_related("account")
    found = rows.filter(pk=run.pk, state__in=states).first()
    if found is None:
        raise NotNow
    return found


def _one_after_the_other(whose: str) -> None:
    """A file that two hands send at the same moment is seen by the second one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"imports:{whose}"])


def _short(name: str) -> str:
    """A name that is too long keeps its end, which tells what kind of file it is."""
    if len(name) <= LONGEST_NAME:
        return name
    ending = PurePath(name).suffix[:12]
    return name[: LONGEST_NAME - len(ending)] + ending


def _sha256(upload: "UploadedFile[bytes]") -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    return digest.hexdigest()
