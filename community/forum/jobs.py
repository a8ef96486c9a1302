"""What the worker does for the forum: says once whom a post concerns, and forgets what is kept no longer."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from community.forum import leaving, news, shuffling
from community.forum.models import Post, Report, Visitor
from core.attachments import services as attachments
from core.attachments.models import Attachment
from core.kit.deleting import KEPT
from core.kit.markdown import attachments_of
from core.people.models import User
from core.schedule.each import each
from programs.membership.models import Program

BATCH = 500


@transaction.atomic
def tell(post_id: int) -> None:
    """Everybody whom it concerns. The post is marked in the same transaction, so running this again, or twice at once,
    tells nobody twice."""
    found = Post.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=post_id, told_at=None)
    post = found.select_related("by", "topic__program", "topic__board").first()
    if post is None:
        return
    Post.objects.filter(pk=post.pk).update(told_at=timezone.now())
    if post.deleted_at is None and post.topic.deleted_at is None and post.by is not None:
        news.tell(post, post.topic)


def sweep() -> None:
    """Posts whose wake-up was lost, and what was put into the question box yesterday."""
    shuffling.shuffle(timezone.localdate())
    waiting = Post.objects.filter(told_at=None).order_by("pk").values_list("pk", flat=True)[:BATCH]
    each("forum.tell", waiting, tell)


def forget_pictures(post_ids: Sequence[int]) -> int:
    """Posts go for good: so do the pictures that they held."""
    texts = Post.objects.filter(pk__in=post_ids).values_list("text", flat=True)
    pictures = {picture for text in texts for picture in attachments_of(text)}
    return attachments.purge(Attachment.objects.filter(kind="topic", pk__in=pictures).values_list("pk", flat=True))


def retention() -> int:
    """After a month go settled reports and pictures that nobody posted; and what is left of people whose last role was
    forgotten."""
    old = timezone.now() - KEPT
    count = Report.objects.filter(decided_at__lt=old).delete()[0]
    lost = Attachment.objects.filter(kind="forum", at__lt=old).values_list("pk", flat=True)
    return count + attachments.purge(lost) + _forget_former()


def _forget_former() -> int:
    """People who took part without a consent (hosts), once nothing of their role is left."""
    count = 0
    for model, field in ((Post, "by"), (Visitor, "person")):
        lost = model._default_manager.exclude(**{field: None}).exclude(
            **{f"{field}__memberships__program": F("program")}
        )
        for person_id, program_id in set(lost.values_list(field, "program")):
            leaving.forget_person(User.objects.get(pk=person_id), Program.objects.get(pk=program_id))
            count += 1
    return count
