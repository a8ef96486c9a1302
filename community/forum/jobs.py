"""What the worker does for the forum: tells people, once, in the way they chose; and forgets what is kept no longer."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from community.forum import leaving, letters, queries
from community.forum.models import MailChoice, Notice, Post, Reading, Report, Topic, Visitor
from core.attachments import services as attachments
from core.attachments.models import Attachment
from core.kit.deleting import KEPT
from core.kit.markdown import attachments_of
from core.notify.services import queue_mails
from core.people import mentions
from core.people.models import User
from core.schedule.each import each
from programs.membership.models import Program

BATCH = 500
DIGEST_FROM, DIGEST_TO, SATURDAY = 8, 18, 5  # hours of a working day, where the person is


@transaction.atomic
def tell(post_id: int) -> None:
    """Everybody who follows or is named: a mail at once, or a line in the next daily one. The post is marked in the
    same transaction, so running this again, or twice at once, tells nobody twice."""
    found = Post.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=post_id, told_at=None)
    post = found.select_related("by", "topic__program", "topic__board").first()
    if post is None:
        return
    Post.objects.filter(pk=post.pk).update(told_at=timezone.now())
    topic = post.topic
    if post.deleted_at is not None or topic.deleted_at is not None or post.by is None:
        return
    people = {person.pk: person for person in queries.people_of(topic.program, hosts=topic.board.is_for_hosts)}
    named = mentions.mentioned(post.text)
    readings = {each.person_id: each for each in Reading.objects.filter(topic=topic, person__in=people)}
    wanted = {pk for pk, reading in readings.items() if reading.follows} | {
        pk for pk in named & people.keys() if pk not in readings or readings[pk].follows is not False
    }
    choices = dict(Visitor.objects.filter(program=topic.program, person__in=wanted).values_list("person", "mail"))
    at_once: list[int] = []
    later = []
    for pk in sorted(wanted - {post.by_id}):
        reading = readings.get(pk) or Reading(topic=topic, person_id=pk)
        choice = reading.mail or choices.get(pk, MailChoice.DAILY)
        if choice == MailChoice.DAILY:
            later.append(Notice(program=topic.program, person_id=pk, post=post))
        elif choice == MailChoice.NOW and (pk in named or reading.told_to <= reading.read_to):
            at_once.append(pk)
    Notice.objects.bulk_create(later, ignore_conflicts=True)
    if at_once:
        rows = [Reading(topic=topic, person_id=pk) for pk in at_once]
        Reading.objects.bulk_create(rows, ignore_conflicts=True)
        Reading.objects.filter(topic=topic, person__in=at_once).update(told_to=post.number)
        queue_mails([letters.of_post(post, topic, people[pk], is_named=pk in named) for pk in at_once])


def sweep() -> None:
    """Posts whose wake-up was lost, and the daily mails that are due."""
    waiting = Post.objects.filter(told_at=None).order_by("pk").values_list("pk", flat=True)[:BATCH]
    each("forum.tell", waiting, tell)
    people = Notice.objects.order_by("program", "person").values_list("program", "person").distinct()[:BATCH]
    each("forum.digest", people, lambda row: digest(*row))


@transaction.atomic
def digest(program_id: int, person_id: int) -> None:
    """One mail a day, on working days, about what the person has not read yet. The lines go in the same transaction."""
    program = Program.objects.get(pk=program_id)
    person = queries.people_of(program, only=person_id)
    if not person:
        Notice.objects.filter(program=program, person=person_id).delete()
        return
    now = timezone.now().astimezone(ZoneInfo(person[0].time_zone))
    if now.weekday() >= SATURDAY or not DIGEST_FROM <= now.hour < DIGEST_TO:
        return
    Visitor.objects.bulk_create([Visitor(program=program, person=person[0])], ignore_conflicts=True)
    visitors = Visitor.objects.select_for_update().filter(program=program, person=person[0])
    visitor = visitors.filter(Q(digest_on=None) | Q(digest_on__lt=now.date())).first()
    if visitor is None:
        return
    notices = Notice.objects.filter(program=program, person=person[0])
    topics = _still_new(notices, person[0]) if visitor.mail != MailChoice.NEVER else []
    notices.delete()
    if topics:
        queue_mails([letters.of_day(program, person[0], topics)])
        Visitor.objects.filter(pk=visitor.pk).update(digest_on=now.date())


def _still_new(notices: QuerySet[Notice], person: User) -> list[tuple[Topic, int]]:
    """Topics with the number of posts that are there and were not read meanwhile."""
    rows = notices.filter(post__deleted_at=None, post__topic__deleted_at=None).select_related("post__topic")
    seen = dict(
        Reading.objects.filter(person=person, topic__in=rows.values("post__topic")).values_list("topic", "read_to")
    )
    muted = set(Reading.objects.filter(person=person, follows=False).values_list("topic", flat=True))
    counts: dict[Topic, int] = {}
    for row in rows.order_by("post"):
        topic = row.post.topic
        if row.post.number > seen.get(topic.pk, 0) and topic.pk not in muted:
            counts[topic] = counts.get(topic, 0) + 1
    return list(counts.items())


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
