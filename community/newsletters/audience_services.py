"""For whom an issue is, and audiences that a program uses again."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from community.newsletters import checks
from community.newsletters.models import Issue, IssueState
from community.newsletters.models_audiences import TO, Audience, SavedAudience
from community.newsletters.verbs import NewslettersVerb
from core.journal import services as journal
from core.journal.changes import changes_of
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


@transaction.atomic
def choose_audience(issue: Issue, audience: Audience, *, seen: str, by: "User") -> Issue:
    """From now on it is for them: another version, which a second person approves anew. ValidationError when somebody
    else chose in the meantime (`seen`: the mark of the choice on the page) or it is on its way."""
    stored = Issue.objects.select_for_update(of=("self",)).select_related("program").get(pk=issue.pk)
    if not stored.is_editable:
        raise ValidationError(_("This issue is already on its way."))
    if stored.audience.mark == audience.mark:
        return stored
    if stored.audience.mark != seen:
        raise ValidationError(_("Somebody else chose another audience in the meantime. Nothing was changed."))
    stored.audience = audience
    stored.version += 1
    stored.updated_by = by
    if stored.state == IssueState.SCHEDULED and checks.look_at(stored).faults:
        stored.state, stored.scheduled_at = IssueState.DRAFT, None
    changed = changes_of(stored, (*TO, "state"), unsaid=TO)
    stored.save()
    journal.record(NewslettersVerb.AIMED, stored, by=by, changes=changed)
    return stored


@transaction.atomic
def make_audience(program: Program, audience: Audience, *, name: str, by: "User") -> SavedAudience:
    """Keep a choice under a name. ValidationError where the name is taken."""
    saved = SavedAudience(program=program, name=name)
    saved.audience = audience
    try:
        with transaction.atomic():
            saved.save()
    except IntegrityError:
        raise ValidationError(_("There is an audience with this name already.")) from None
    journal.record(NewslettersVerb.AUDIENCE_SAVED, saved, by=by, name=name)
    return saved


@transaction.atomic
def delete_audience(saved: SavedAudience, *, by: "User") -> None:
    """Out of the list; issues for these people stay for them."""
    saved.put_away()
    journal.record(NewslettersVerb.AUDIENCE_DELETED, saved, by=by, name=saved.name)


@transaction.atomic
def restore_audience(saved: SavedAudience, *, by: "User") -> None:
    """ValidationError where another one has taken the name meanwhile."""
    try:
        with transaction.atomic():
            saved.take_back()
    except IntegrityError:
        raise ValidationError(_("Another audience has this name now. Delete it first.")) from None
    journal.record(NewslettersVerb.AUDIENCE_RESTORED, saved, by=by, name=saved.name)
