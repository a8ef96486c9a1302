"""Sending posts. Once, as far as HTTP allows: what was refused or never reached the other side goes again.

Where the answer got lost nobody knows whether it arrived. A channel would rather miss a line than read it twice, so it
is not sent again, and the page says so.
"""

import logging
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from core.journal import services as journal
from core.kit import fetch, public_hosts
from core.kit.patience import asked_pause
from core.news import services as news
from core.people.secrets import SecretIsSealed, seal_anew, unseal
from core.schedule.each import each, within
from programs.chats import messages
from programs.chats.models import Channel, ChannelPost, PostState
from programs.chats.news import STOPPED
from programs.chats.verbs import ChatsVerb
from programs.membership.access import Ability
from programs.membership.queries import people_with

log = logging.getLogger(__name__)

SECONDS, SIZE = 8.0, 64 * 1024
TAKEN_FOR = timedelta(minutes=2)
BATCH, SWEEP_SECONDS = 200, 60
FIRST_PAUSE, MOST_DOUBLINGS = timedelta(minutes=1), 8
NEWS_FOR = timedelta(days=2)  # later it is no news any more
LINES_KEPT = timedelta(days=30)
DEAD = (401, 403, 404, 410)


def send_due(*, resolve: fetch.Resolver = public_hosts.resolve, connect: fetch.Connector = fetch.connect) -> None:
    """Whatever waits, the oldest first; a channel that was silent or busy waits, the others have their turn."""
    due = list(_due().order_by("made_at", "pk").values_list("pk", flat=True)[:BATCH])
    send = partial(deliver, resolve=resolve, connect=connect)
    each("chats.send_due", within(SWEEP_SECONDS, due), send, is_whole=False)
    left = ChannelPost.objects.filter(state=PostState.SENDING, lease_until__lt=timezone.now())
    left.update(state=PostState.UNSURE, lease_until=None)  # its worker died in the middle


def deliver(
    pk: int, *, resolve: fetch.Resolver = public_hosts.resolve, connect: fetch.Connector = fetch.connect
) -> None:
    lease = timezone.now() + TAKEN_FOR
    changes = {"state": PostState.SENDING, "lease_until": lease, "attempts": F("attempts") + 1}
    seen = _due().filter(pk=pk).values_list("attempts", flat=True).first()
    if seen is None:
        return
    # by the number of attempts: whoever waited for another worker's row still believes that the channel is awake
    if ChannelPost.objects.filter(pk=pk, state=PostState.QUEUED, attempts=seen).update(**changes) != 1:
        return
    post = ChannelPost.objects.select_related("channel__program").get(pk=pk)
    channel, headers = post.channel, {"Content-Type": "application/json; charset=utf-8"}
    try:
        answer = fetch.fetch(
            unseal(channel.sealed), types=(), method="POST", body=messages.body_of(channel, post), headers=headers,
            hosts=settings.CHAT_HOSTS, seconds=SECONDS, limit=SIZE, resolve=resolve, connect=connect,
        )  # fmt: skip
    except SecretIsSealed:
        _finish(post, PostState.FAILED, "sealed")
    except fetch.NotFetched as error:
        log.warning("chats: %s did not take a post: %s", channel.host, error.code)
        if error.code in ("unreachable", "unknown_host"):
            _later(post, None, error.code)
        else:
            _finish(post, PostState.UNSURE if error.code == "too_slow" else PostState.FAILED, error.code)
    else:
        _read(post, answer)


def _due() -> QuerySet[ChannelPost]:
    now = timezone.now()
    awake = Q(channel__paused_until=None) | Q(channel__paused_until__lte=now)
    waiting = ChannelPost.objects.filter(
        state=PostState.QUEUED, channel__off_at=None, channel__program__archived_at=None
    )
    return waiting.filter(awake)


def _read(post: ChannelPost, answer: fetch.Fetched) -> None:
    status = str(answer.status)
    if 200 <= answer.status < 300:
        Channel.objects.filter(pk=post.channel_id).update(setbacks=0, paused_until=None)
        _finish(post, PostState.SENT, status)
    elif answer.status in DEAD:
        _finish(post, PostState.FAILED, status)
        _stop(post.channel, status)
    elif answer.status in (408, 425, 429) or answer.status >= 500:
        _later(post, asked_pause(answer.headers), status)
    else:
        _finish(post, PostState.FAILED, status)


def _finish(post: ChannelPost, state: PostState, reply: str) -> None:
    sent_at = timezone.now() if state == PostState.SENT else None
    ChannelPost.objects.filter(pk=post.pk).update(state=state, reply=reply, sent_at=sent_at, lease_until=None)


def _later(post: ChannelPost, pause: timedelta | None, reply: str) -> None:
    if post.made_at < timezone.now() - NEWS_FOR:
        _finish(post, PostState.FAILED, reply)
        return
    channel = post.channel
    usual = FIRST_PAUSE * 2 ** min(channel.setbacks, MOST_DOUBLINGS)
    until = timezone.now() + (usual if pause is None else pause)
    Channel.objects.filter(pk=channel.pk).update(setbacks=channel.setbacks + 1, paused_until=until)
    ChannelPost.objects.filter(pk=post.pk).update(state=PostState.QUEUED, reply=reply, lease_until=None)


@transaction.atomic
def _stop(channel: Channel, status: str) -> None:
    """The address is dead: nothing more goes there, and the management is told once."""
    if not Channel.objects.filter(pk=channel.pk, off_at=None).update(off_at=timezone.now(), reason=status):
        return
    journal.record(ChatsVerb.STOPPED, channel, by=None)
    people = [row.user for row in people_with(Ability.MANAGE_PROGRAM, channel.program)]
    item = f"{channel.pk}-{int(timezone.now().timestamp())}"
    news.tell(STOPPED, people, about=channel.pk, item=item, program_id=channel.program_id)


def reseal() -> tuple[int, int]:
    """Addresses under the first of the site's keys. How many that were, and how many no key opens."""
    done = [_reseal(channel) for channel in Channel.objects.all()]
    return sum(done), len(done) - sum(done)


def _reseal(channel: Channel) -> bool:
    try:
        return Channel.objects.filter(pk=channel.pk).update(sealed=seal_anew(channel.sealed)) >= 0
    except SecretIsSealed:
        return False


def retention() -> int:
    """Posts after a month; channels a month after they were switched off."""
    old = timezone.now() - LINES_KEPT
    waiting = [PostState.QUEUED, PostState.SENDING]
    count = ChannelPost.objects.filter(made_at__lt=old).exclude(state__in=waiting).delete()[0]
    return count + Channel.objects.filter(off_at__lt=old).delete()[0]
