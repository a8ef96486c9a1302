"""Who may read and write newsletters."""

from typing import TYPE_CHECKING, Any, cast

from django.http import Http404

from community.newsletters import keys
from community.newsletters.audiences import concerns
from community.newsletters.models import Issue, IssueQuerySet, NewsletterPart, NewsletterTemplate
from community.newsletters.models_audiences import SavedAudience
from community.newsletters.models_clicks import CountedLink
from community.newsletters.subscription import Subscription
from core.kit.generic import T
from programs.consents.access import has_granted, offered
from programs.consents.models import Purpose
from programs.membership.access import Ability, can, get_program
from programs.membership.models import Membership, Program

if TYPE_CHECKING:
    from core.people.models import User


def issues_for(user: "User", program: Program) -> IssueQuerySet:
    """Writers see every issue, readers what has gone out and was for them."""
    issues = Issue.objects.filter(program=program).present()
    if can(user, Ability.WRITE_NEWSLETTERS, program):
        return issues
    return issues.out().filter(concerns(user, program))


def get_issue(user: "User", slug: str, pk: int) -> Issue:
    """An issue a member may read: one that has gone out, or any for who writes them."""
    program = get_program(user, slug, Ability.SEE_NEWSLETTERS)
    return _one(issues_for(user, program), program, pk)


def get_issue_to_write(user: "User", slug: str, pk: int, *, is_deleted: bool = False) -> Issue:
    """An issue for who writes newsletters; also a deleted draft, to take the deletion back."""
    program = get_program(user, slug, Ability.WRITE_NEWSLETTERS)
    issues = Issue.objects.filter(program=program)
    return _one(issues.put_away() if is_deleted else issues.present(), program, pk)


def get_template(user: "User", slug: str, pk: int, *, is_deleted: bool = False) -> NewsletterTemplate:
    """A template of the program's own, for who writes newsletters."""
    return _saved(NewsletterTemplate, user, slug, pk, is_deleted=is_deleted)


def get_part(user: "User", slug: str, pk: int, *, is_deleted: bool = False) -> NewsletterPart:
    """A reusable part, for who writes newsletters."""
    return _saved(NewsletterPart, user, slug, pk, is_deleted=is_deleted)


def get_audience(user: "User", slug: str, pk: int, *, is_deleted: bool = False) -> SavedAudience:
    """A saved audience, for who writes newsletters."""
    return _saved(SavedAudience, user, slug, pk, is_deleted=is_deleted)


def _saved(model: type[T], user: "User", slug: str, pk: int, *, is_deleted: bool) -> T:
    program = get_program(user, slug, Ability.WRITE_NEWSLETTERS)
    rows: Any = model.objects  # type: ignore[attr-defined]  # all of them can be put away
    found = (rows.put_away() if is_deleted else rows.present()).filter(program=program, pk=pk).first()
    if found is None:
        raise Http404
    found.program = program
    return cast("T", found)


def get_counted_link(token: str) -> CountedLink:
    """A link that stood in a mail: whoever has it may follow it."""
    link = CountedLink.objects.filter(token=token).only("issue_id", "url", "until").first()
    if link is None:
        raise Http404
    return link


def find_own_subscription(user: "User", program: Program) -> Subscription | None:
    """Whether the person gets the newsletter by email; nothing for who is not asked for it."""
    text = next((text for text in offered(user, program) if text.key == Purpose.NEWSLETTER), None)
    if text is None:
        return None
    return Subscription(user, program, has_granted(user, program, Purpose.NEWSLETTER), text.text)


def _one(issues: IssueQuerySet, program: Program, pk: int) -> Issue:
    issue = issues.select_related("created_by", "updated_by", "approved_by").filter(pk=pk).first()
    if issue is None:
        raise Http404
    issue.program = program
    return issue


def find_subscription(token: str) -> Subscription | None:
    """The person and the program of an unsubscribe link; nothing for a forged one or a person who is gone."""
    ids = keys.read_unsubscribe_token(token)
    if ids is None:
        return None
    row = Membership.objects.filter(program=ids[0], user=ids[1]).select_related("user", "program").first()
    if row is None:
        return None
    return Subscription(row.user, row.program, has_granted(row.user, row.program, Purpose.NEWSLETTER))
