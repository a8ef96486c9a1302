"""Issues that everybody can read, without signing in: where a program switched that on, and only those it chose."""

import re
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from community.newsletters import blocks, letters
from community.newsletters.models import Issue, IssueState, NewsletterRules
from community.newsletters.models_audiences import FOR_EVERYBODY
from community.newsletters.sections import unlocked
from community.newsletters.verbs import NewslettersVerb
from core.attachments.files import public_pictures_on
from core.journal import services as journal
from core.journal.changes import changes_of
from core.kit import markdown
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


HEADING_BEFORE = re.compile(r"^#{2,6} [^\n]*\s*\Z", re.MULTILINE)


def has_archive(program: Program) -> bool:
    return NewsletterRules.objects.filter(program=program, has_public_archive=True).exists()


def find_archive(slug: str) -> Program:
    """404 where nothing is public, as for a program that is not there."""
    program = Program.objects.filter(slug=slug, archived_at=None, newsletter_rules__has_public_archive=True).first()
    if program is None:
        raise Http404
    return program


def issues_of(program: Program) -> QuerySet[Issue]:
    rows = Issue.objects.present().filter(FOR_EVERYBODY, program=program, state=IssueState.SENT, is_public=True)
    return rows.order_by("-number")


def find_issue(program: Program, pk: int) -> Issue:
    """404 where this one is not public, as for one that is not there."""
    issue = issues_of(program).filter(pk=pk).first()
    if issue is None:
        raise Http404
    return issue


def body_of(issue: Issue, language: str) -> SafeString:
    """What the writers wrote. Blocks are left out, each with the heading right above it: they are filled from inside
    the program, for its members."""
    text = unlocked(issue.body.texts.get(language, ""), issue.locked, language)
    parts = blocks.split(blocks.without_gaps(text))
    columns = blocks.columns_in(parts)
    written = []
    for place, (kind, part) in enumerate(parts):
        if kind == "text":
            written.append(part)
        elif written and place not in columns:
            written[-1] = HEADING_BEFORE.sub("", written[-1])
    html = markdown.render("\n\n".join(written), images=True, pictures=public_pictures_on("issue", issue.pk))
    return letters.personal_html(html, "", "")


@transaction.atomic
def change_archive(program: Program, *, is_on: bool, by: "User") -> None:
    """Off hides every issue from everybody at once; on again shows those that were chosen."""
    rules, _made = NewsletterRules.objects.select_for_update().get_or_create(program=program)
    rules.has_public_archive = is_on
    changed = changes_of(rules, ("has_public_archive",))
    if changed:
        rules.save(update_fields=["has_public_archive"])
        journal.record(NewslettersVerb.ARCHIVE_CHANGED, program, by=by, changes=changed)


@transaction.atomic
def publish_issue(issue: Issue, *, is_public: bool, by: "User") -> None:
    """ValidationError for one that is not all out, was for some people only, or whose program has no public archive."""
    stored = Issue.objects.select_for_update(of=("self",)).select_related("program").get(pk=issue.pk)
    may_be = stored.state == IssueState.SENT and stored.audience.is_everybody and has_archive(stored.program)
    if is_public and not may_be:
        raise ValidationError(_("Only an issue that went to the whole program can be read by everybody."))
    if stored.is_public != is_public:
        stored.is_public = is_public
        changed = changes_of(stored, ("is_public",))
        stored.save(update_fields=["is_public", "updated_at"])
        if is_public:
            journal.record(NewslettersVerb.PUBLISHED, stored, by=by, changes=changed)
        else:
            journal.record(NewslettersVerb.UNPUBLISHED, stored, by=by, changes=changed)
