"""Templates of a program's own, and what it asks of every issue before it goes out."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from community.newsletters import sections
from community.newsletters.blocks import gaps_in
from community.newsletters.models import Issue, IssueState, NewsletterPart, NewsletterRules, NewsletterTemplate
from community.newsletters.queries import other_writers
from community.newsletters.templates import without_pictures
from community.newsletters.verbs import NewslettersVerb
from core.attachments import services as attachments
from core.comments import services as comments
from core.journal import services as journal
from core.journal.changes import changes_of
from core.kit.words import Words
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


@transaction.atomic
def save_as_template(issue: Issue, *, name: str, by: "User", locks: Sequence[int] = ()) -> NewsletterTemplate:
    """Put the texts of an issue aside, to start another one from. The sections with the numbers `locks` cannot be
    changed in what is made from it. ValidationError where the name is taken, or a locked section is not finished."""
    body, locked = sections.lock(without_pictures(issue.body.texts), locks, issue.locked)
    if any(gaps_in(text) for section in locked.values() for text in section.values()):
        raise ValidationError({"locks": _("A section with a picture or something left to write cannot be locked.")})
    template = NewsletterTemplate(program=issue.program, name=name, subject=issue.subject, body=Words(body))
    template.locked = locked
    try:
        with transaction.atomic():
            template.save()
    except IntegrityError:
        raise ValidationError({"name": _("There is a template with this name already.")}) from None
    journal.record(NewslettersVerb.TEMPLATE_SAVED, template, by=by, name=name)
    return template


@transaction.atomic
def delete_template(template: NewsletterTemplate, *, by: "User") -> None:
    """Out of the list; for a month it can be taken back."""
    template.put_away()
    journal.record(NewslettersVerb.TEMPLATE_DELETED, template, by=by, name=template.name)


@transaction.atomic
def restore_template(template: NewsletterTemplate, *, by: "User") -> None:
    """ValidationError where another one has taken the name meanwhile."""
    try:
        with transaction.atomic():
            template.take_back()
    except IntegrityError:
        raise ValidationError(_("Another template has this name now. Rename or delete it first.")) from None
    journal.record(NewslettersVerb.TEMPLATE_RESTORED, template, by=by, name=template.name)


@transaction.atomic
def save_part(issue: Issue, number: int, *, name: str, by: "User") -> tuple[NewsletterPart, NewsletterPart | None]:
    """Keep a section of an issue, in all its languages, for others. Under a name that there is, it takes the place of
    that part, whose words are put away and come second. ValidationError where it says the same, or the section is not
    there."""
    bodies = {language: sections.unlocked(text, issue.locked, language) for language, text in issue.body.texts.items()}
    body = sections.of_each_language(without_pictures(bodies), number)
    if not body:
        raise ValidationError(_("This section is no longer there."))
    part = NewsletterPart(program=issue.program, name=name, body=Words(body))
    former = NewsletterPart.objects.present().filter(program=issue.program, name__iexact=name).first()
    if former and former.body == part.body:
        raise ValidationError(_("There is a part with this name already."))
    if former:
        former.put_away()
    try:
        with transaction.atomic():
            part.save()
    except IntegrityError:
        raise ValidationError(_("There is a part with this name already.")) from None
    journal.record(NewslettersVerb.PART_SAVED, part, by=by, name=name)
    return part, former


@transaction.atomic
def delete_part(part: NewsletterPart, *, by: "User") -> None:
    """Out of the menu; issues it was put into keep it."""
    part.put_away()
    journal.record(NewslettersVerb.PART_DELETED, part, by=by, name=part.name)


@transaction.atomic
def restore_part(part: NewsletterPart, *, by: "User", instead: bool = False) -> None:
    """ValidationError where another one has taken the name meanwhile; `instead`: that one is put away."""
    if instead:
        for other in NewsletterPart.objects.present().filter(program=part.program, name__iexact=part.name):
            other.put_away()
    try:
        with transaction.atomic():
            part.take_back()
    except IntegrityError:
        raise ValidationError(_("Another part has this name now. Delete it first.")) from None
    journal.record(NewslettersVerb.PART_RESTORED, part, by=by, name=part.name)


@transaction.atomic
def change_rules(program: Program, *, needs_approval: bool, by: "User") -> bool:
    """From now on; what is scheduled already goes out as it was. Doing without a second person takes a second person
    too: the first who asks waits for another's yes, and it answers False. ValidationError where nobody else could
    approve."""
    Program.objects.select_for_update().get(pk=program.pk)
    rules, _made = NewsletterRules.objects.get_or_create(program=program)
    if needs_approval and rules.needs_approval:
        rules.off_asked_by = None
        rules.save(update_fields=["off_asked_by"])
    if rules.needs_approval == needs_approval:
        return True
    others = other_writers(program, by)
    if needs_approval and not others:
        raise ValidationError(_("Nobody else can write newsletters here, so nobody could approve them."))
    if not needs_approval and others and rules.off_asked_by_id in (None, by.pk):
        rules.off_asked_by = by
        changed = changes_of(rules, ("off_asked_by",))
        rules.save(update_fields=["off_asked_by"])
        journal.record(NewslettersVerb.RULES_QUESTIONED, program, by=by, changes=changed)
        return False
    rules.needs_approval, rules.off_asked_by = needs_approval, None
    changed = changes_of(rules, ("needs_approval",))
    rules.save()
    journal.record(NewslettersVerb.RULES_CHANGED, program, by=by, changes=changed)
    return True


@transaction.atomic
def approve_issue(issue: Issue, *, version: int, by: "User") -> Issue:
    """Agree to the version one has read. ValidationError when it has changed since, and for its own writer."""
    stored = Issue.objects.select_for_update(of=("self",)).select_related("program").get(pk=issue.pk)
    if not stored.is_editable:
        raise ValidationError(_("This issue is already on its way."))
    if stored.version != version:
        raise ValidationError(_("The issue has changed in the meantime. Please read it again."))
    if by.pk in (stored.updated_by_id, None):
        raise ValidationError(
            _("You wrote the latest version and cannot approve it yourself. Please ask somebody else.")
        )
    if not stored.is_approved:
        stored.approved_version, stored.approved_by = stored.version, by
        stored.save(update_fields=["approved_version", "approved_by", "updated_at"])
        journal.record(NewslettersVerb.APPROVED, stored, by=by, version=stored.version)
    return stored


@transaction.atomic
def unapprove_issue(issue: Issue, *, by: "User") -> None:
    """Take one's word back, as long as nothing has gone out. A planned issue becomes a draft again."""
    stored = Issue.objects.select_for_update(of=("self",)).select_related("program").get(pk=issue.pk)
    if stored.is_editable and stored.approved_version is not None:
        stored.approved_version, stored.approved_by = None, None
        stored.state, stored.scheduled_at = IssueState.DRAFT, None
        changed = changes_of(stored, ("approved_by", "state"))
        stored.save(update_fields=["approved_version", "approved_by", "state", "scheduled_at", "updated_at"])
        journal.record(NewslettersVerb.UNAPPROVED, stored, by=by, changes=changed)


def forget_on_issues(issues: Sequence[int]) -> int:
    """Before issues go for good: their pictures and what was said about them."""
    return attachments.forget("issue", issues) + comments.forget("issue", issues)
