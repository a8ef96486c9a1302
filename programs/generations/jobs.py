"""What the worker does for invitations: write the mails whose turn it is, and note what became of them."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, Min, OuterRef, Subquery
from django.utils import timezone

from core.notify.models import MailState, OutgoingMail
from core.notify.services import queue_mails
from core.people.welcome import VALID
from core.schedule.each import each, unnamed
from programs.generations import deeds, letters, merge_services, move_services, regrouping
from programs.generations.models import (
    Generation,
    Invitation,
    InvitationState,
    Participant,
    ParticipantState,
    Roster,
    Span,
)
from programs.generations.models_moves import Move
from programs.generations.tokens import REASON
from programs.membership.models import Program

ROSTER_KEPT = timedelta(days=1)
INVITATION_KEPT = timedelta(days=30)
PARTICIPATION_KEPT = timedelta(days=90)


def post() -> int:
    """Write the mails of waiting invitations, program by program, as many as may go out now. Neither a program nor an
    invitation whose mail cannot be written keeps the others waiting."""
    rows = Invitation.objects.filter(state=InvitationState.QUEUED, sent_at=None, program__archived_at=None)
    programs = rows.order_by().values("program_id").annotate(first=Min("created_at")).order_by("first")
    written: list[int] = []
    due = list(programs.values_list("program_id", flat=True))
    each("generations.post", due, lambda program_id: written.append(_post(program_id)))
    return sum(written)


@transaction.atomic
def _post(program_id: int) -> int:
    invitations = letters.waiting(program_id)
    valid_until = timezone.now() + VALID
    for invitation in invitations:
        invitation.valid_until = valid_until  # the 30 days begin with the mail, not with the waiting
    Invitation.objects.bulk_update(invitations, ["valid_until"])
    mails: list[OutgoingMail] = []
    each("generations.write", invitations, lambda row: mails.append(letters.write(row)), key=lambda row: row.pk)
    return queue_mails(mails)


def sweep() -> None:
    """Write what waits, note what arrived or failed, forget old rosters."""
    post()
    note_deliveries()
    Roster.objects.filter(created_at__lt=timezone.now() - ROSTER_KEPT).delete()


def retention() -> int:
    """Forget who was invited and never answered, 30 days after the link has ended, and who left, after 90 days."""
    old = timezone.now() - INVITATION_KEPT
    expired = Invitation.objects.exclude(state=InvitationState.ACCEPTED).filter(valid_until__lt=old).delete()[0]
    gone = timezone.localdate() - PARTICIPATION_KEPT
    return expired + Participant.objects.filter(state=ParticipantState.LEFT, left_on__lt=gone).delete()[0]


def note_deliveries() -> None:
    """The outbox knows nothing of invitations: ask it what became of the newest mail of each that waits."""
    newest = OutgoingMail.objects.filter(reason=REASON, reference=OuterRef("pk")).order_by("-pk")
    waiting = Invitation.objects.filter(state=InvitationState.QUEUED).annotate(
        mail=Subquery(newest.values("state")[:1]), mail_at=Subquery(newest.values("sent_at")[:1])
    )
    waiting.filter(mail=MailState.SENT).update(
        state=InvitationState.SENT, sent_at=Subquery(newest.values("sent_at")[:1])
    )
    waiting.filter(mail=MailState.FAILED).update(state=InvitationState.FAILED)


def move_people() -> None:
    """Who was to be in another generation from today on is there, and figures follow where enough went the same way."""
    programs = Program.objects.filter(archived_at=None)
    waiting = Move.objects.filter(participant__program=OuterRef("pk"), done_at=None)
    each("generations.moves", programs.filter(Exists(waiting)), _move_in, key=lambda row: row.pk)
    ending = Generation.objects.filter(program=OuterRef("pk"), merged_at=None).exclude(merges_on=None)
    each("generations.mergers", programs.filter(Exists(ending)), _merge_in, key=lambda row: row.pk)
    moved = Span.objects.filter(participant__program=OuterRef("pk"), end_on=None).exclude(counts_with=None)
    each("generations.follow", programs.filter(Exists(moved)), regrouping.let_figures_follow, key=lambda row: row.pk)


def _move_in(program: Program) -> None:
    ahead = Move.objects.filter(participant__program=program, done_at=None, on__lte=move_services.today_of(program))
    alone = ahead.filter(is_merger=False)
    each("generations.move", alone, move_services.take_effect, key=lambda row: unnamed(row.pk))


def _merge_in(program: Program) -> None:
    ready = program.generations.filter(merges_on__lte=move_services.today_of(program), merged_at=None)
    each("generations.merge", ready, merge_services.merge, key=lambda row: row.pk)


def note_deeds() -> int:
    """Keep which steps of the onboarding people's deeds have finished."""
    return deeds.note()
