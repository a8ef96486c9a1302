"""What is selected of imports."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analytics.channels.models import Account
from analytics.channels.queries import own_accounts
from analytics.imports.models import UNDO_FOR, ImportRun, RunState
from analytics.metrics.models import Post, PostListing, Reading
from core.kit.compiled import Blank, Compiled
from core.kit.kept import Kept
from core.kit.rooms import Running
from programs.consents import access as consents
from programs.consents.models import Erasure, Purpose
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


MOST = 3
AT_WORK = (RunState.QUEUED, RunState.READING, RunState.APPLYING, RunState.UNDOING)
PERCENT = {  # how far along the way from file to figures
    RunState.QUEUED: 5,
    RunState.READING: 30,
    RunState.QUESTION: 40,
    RunState.PREVIEW: 60,
    RunState.APPLYING: 80,
    RunState.UNDOING: 80,
}
OPEN_RUNS = (*AT_WORK, RunState.PREVIEW, RunState.QUESTION)


def kept(user: "User", program: Program) -> Iterator[Kept]:
    """What a person has brought."""
    own = own_accounts(user, program)
    posts = Post.objects.filter(account__in=own)
    yield Kept(posts, lambda n: ngettext("post with its link and date", "posts with their links and dates", n))
    figures = Reading.objects.filter(program=program, account__in=own)
    yield Kept(figures, lambda n: ngettext("figure", "figures", n))
    runs = ImportRun.objects.filter(account__in=own)
    yield Kept(runs, lambda n: ngettext("import with its file", "imports with their files", n))


COMPANY_RUNS = Compiled(
    lambda: ImportRun.objects.filter(
        program=Blank("program"), account__kind=Account.Kind.COMPANY, state__in=OPEN_RUNS
    ).only("state", "file_name")[:MOST]
)


def being_imported(program: Program) -> Iterator[Running]:
    """Imports of the company page that are not finished. One query."""
    for run in COMPANY_RUNS.rows(program=program.pk):
        yield Running(
            name=_("Import: company page"),
            text=", ".join(filter(None, (run.get_state_display(), run.file_name[:60]))),  # several look alike
            url=reverse("analytics:import_detail", args=[program.slug, run.pk]),
            done=PERCENT[RunState(run.state)],
            total=100,
            at_work=run.state in AT_WORK,
        )


def brought_by(program: Any, person: Any) -> QuerySet[ImportRun]:
    """Files somebody brought whose figures are there."""
    return ImportRun.objects.filter(program=program, account__user=person, state=RunState.APPLIED)


def latest_own(user: "User", program: Program, *, limit: int = 3) -> QuerySet[ImportRun]:
    """The files behind a person's own figures, the newest first. Whoever asks has asked for the right to see those."""
    own = ImportRun.objects.filter(program=program, account__user=user, state=RunState.APPLIED)
    return own.select_related("account", "uploaded_by").order_by("-applied_at")[:limit]


def earlier_runs(run: ImportRun, *, limit: int = 4) -> QuerySet[ImportRun]:
    """What was imported into the same account before."""
    return (
        ImportRun.objects.filter(account=run.account_id, state=RunState.APPLIED)
        .exclude(pk=run.pk)
        .select_related("uploaded_by")[:limit]
    )


def undoable(account: Account) -> QuerySet[ImportRun, int]:
    """The imports of an account that can still be taken back, by their numbers."""
    since = timezone.now() - UNDO_FOR
    runs = ImportRun.objects.filter(account=account, state=RunState.APPLIED, applied_at__gte=since)
    return runs.values_list("pk", flat=True)


def came_after(runs: "list[ImportRun]") -> bool:
    """Whether anything was imported into the accounts of these imports after the first of them, or is just being."""
    first = min((run.applied_at for run in runs if run.applied_at), default=None)
    rows = ImportRun.objects.filter(account__in={run.account_id for run in runs}).exclude(
        pk__in=[run.pk for run in runs]
    )
    later = Q(state__in=(RunState.APPLYING, RunState.UNDOING)) | Q(state=RunState.APPLIED, applied_at__gt=first)
    return first is not None and rows.filter(later).exists()


def owner_taught(run: ImportRun) -> str:
    """How the other imports of the account that still stand spell its owner; the newest counts."""
    others = ImportRun.objects.filter(account=run.account_id, state=RunState.APPLIED).exclude(pk=run.pk)
    return others.exclude(owner_name="").order_by("-applied_at").values_list("owner_name", flat=True).first() or ""


def posts_named_by(run: ImportRun, *, most: int = 2_000) -> "QuerySet[Any]":
    """The posts that a file names, the newest first, each with its number at the network."""
    named = PostListing.objects.filter(account=run.account_id, run_id=run.pk).values("number__post")
    there = PostListing.objects.filter(run_id=run.pk, number__post=OuterRef("pk")).values("number__value")
    posts = Post.objects.filter(account=run.account_id, pk__in=named).order_by("-published_at")
    return posts.annotate(number_there=Subquery(there.order_by("number__scheme")[:1]))[:most]


def same_content(run: ImportRun, fingerprint: str) -> ImportRun | None:
    """An import of the very same cells that still stands."""
    rows = ImportRun.objects.filter(account=run.account_id, fingerprint=fingerprint, state=RunState.APPLIED)
    return rows.exclude(pk=run.pk).first()


def resting(user: "User", program: Program) -> Erasure | None:
    """The own figures rest since the consent was withdrawn, and until when."""
    return consents.resting(user, program, Purpose.OWN_FIGURES)
