"""What an import leaves behind: files for a while, and a line in the journal."""

from collections.abc import Callable
from typing import Any

from django.core.files.storage import Storage
from django.db import transaction

from analytics.channels.models import Account
from analytics.imports.models import ImportRun
from analytics.imports.verbs import ImportsVerb
from core.journal import services as journal
from core.journal.models import Entry
from core.kit import page_cache

MADE = ("rows_file", "posts_file", "compared_file", "refused_file")  # what was read out of the uploaded file


def remove_files(run: ImportRun, *, keep_name: bool = False) -> None:
    """The uploaded file, what was read out of it, its name and the cells of its preview. The caller saves.

    The name of an applied file stays until the import is taken back: by it people find the import again.
    """
    _remove(run, "file")
    remove_made(run)
    run.file_name = run.file_name if keep_name else ""
    run.preview = {}


def remove_upload(run: ImportRun) -> None:
    """The uploaded file alone, as soon as it was read."""
    with transaction.atomic():
        _remove(run, "file")
        ImportRun.objects.filter(pk=run.pk).update(file="")


def remove_made(run: ImportRun) -> None:
    """What was read out of a file that will be read anew. The caller saves."""
    _remove(run, *MADE)


def _remove(run: ImportRun, *names: str) -> None:
    for name in names:
        field = getattr(run, name)
        if field:
            transaction.on_commit(_deletes(field.storage, field.name), robust=True)
            setattr(run, name, "")


def _deletes(storage: Storage, name: str) -> Callable[[], None]:
    return lambda: storage.delete(name)


def who_asked(verb: ImportsVerb, run: ImportRun) -> Any:
    """Whoever pressed, who need not be who brought the file."""
    asked = Entry.objects.filter(verb=verb, subject_type="importrun", subject_id=run.pk).select_related("actor")
    last = asked.order_by("-pk").first()
    return last.actor if last else run.uploaded_by


def record(verb: ImportsVerb, run: ImportRun, *, by: Any) -> None:
    """A company's imports say who did it. A person's own are the person's own: the journal says nothing of them."""
    if run.account.kind == Account.Kind.PERSON:
        return
    journal.record(verb, run, by=by, program_id=run.program_id, kind=run.kind)
    page_cache.changed(run.program_id)
