"""What the worker does for the forum: says once whom a post concerns, and forgets what is kept no longer."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from community.forum import leaving, lifecycle, news, pictures, pulse, rituals, shuffling
from community.forum.arranging import BATCH
from community.forum.models import Post, Report, Visitor
from community.forum.models_box import today
from community.forum.models_rituals import Ritual
from community.forum.models_rota import Duty
from core.attachments import services as attachments
from core.attachments.models import Attachment
from core.kit.deleting import KEPT
from core.people.models import User
from core.schedule.each import each, unnamed
from programs.membership.models import Program


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
    """Posts whose wake-up was lost, what was put into the question box yesterday, and series whose time has come."""
    each("forum.shuffle", [today()], shuffling.shuffle, is_whole=False)
    waiting = Post.objects.filter(told_at=None).order_by("pk").values_list("pk", flat=True)[:BATCH]
    each("forum.tell", waiting, tell)
    each("forum.rituals", rituals.due(timezone.now()), rituals.open_due)
    each("forum.pulse", pulse.due(), pulse.take)
    each("forum.lifecycle", lifecycle.due(timezone.now()), lifecycle.ask)


def forget_pictures(post_ids: Sequence[int]) -> int:
    """Posts go for good: so do the pictures that they held, unless another post holds them or they hang elsewhere."""
    doomed = Post.objects.filter(pk__in=post_ids)
    held = pictures.held_in(doomed)
    programs = doomed.values("program")
    kept = pictures.held_in(Post.objects.filter(program__in=programs).exclude(pk__in=post_ids)) if held else {}
    rows = Attachment.objects.filter(kind="topic", pk__in=held.keys() - kept.keys())
    own = [row.pk for row in rows if any(_hangs_on(row, post) for post in held[str(row.pk)])]
    return attachments.purge(own)


def _hangs_on(picture: Attachment, post: Post) -> bool:
    return picture.target_id == post.topic_id or (post.by_id is not None and picture.by_id == post.by_id)


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
    for model, field in ((Post, "by"), (Visitor, "person"), (Ritual, "host"), (Duty, "person")):
        lost = model._default_manager.exclude(**{field: None}).exclude(
            **{f"{field}__memberships__program": F("program")}
        )
        pairs = sorted(set(lost.values_list(field, "program")))
        count += each("forum.forget_former", pairs, _forget, key=unnamed).done
    return count


def _forget(pair: tuple[int, int]) -> None:
    person_id, program_id = pair
    leaving.forget_person(User.objects.get(pk=person_id), Program.objects.get(pk=program_id))
