"""The mail to somebody who was named: where, not what; the words stay on the page."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from core.comments.models import Comment
from core.kit.rooms import Spot
from core.notify import letters
from core.notify.models import OutgoingMail
from core.notify.services import draft_mail, queue_mails

if TYPE_CHECKING:
    from core.people.models import User

REASON = "comments.mention"


def tell(named: Iterable[int], spot: Spot, comment: Comment, *, by: "User") -> None:
    """Each in their own language; nobody is told about their own words."""
    wanted = set(named) - {by.pk}
    if wanted:
        queue_mails([_mail(person, spot, comment, by) for person in spot.people() if person.pk in wanted])


def _mail(person: "User", spot: Spot, comment: Comment, by: "User") -> OutgoingMail:
    with translation.override(person.language):
        words = {"name": str(by), "title": spot.title}
        letter = letters.compose(
            _("%(name)s named you in a comment") % words,
            _("You get this mail because %(name)s named you in a comment on “%(title)s”.") % words,
            [],
            button=_("Read the comment"),
            url=settings.SITE_URL + reverse("comments:comment", args=[comment.pk]),
        )
    return draft_mail(
        person.email, letter.subject, letter.text, letter.html, REASON, None, person, comment.program_id
    )  # fmt: skip
