"""Channels of chat programs, and what they hear. A post is written in the transaction of what happened."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core.journal import services as journal
from core.kit.wake import wake
from core.people.secrets import seal
from programs.chats import tasks
from programs.chats.models import Channel, ChannelPost, Occasion
from programs.chats.verbs import ChatsVerb
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User
    from programs.chats.forms import ChannelForm

TEST = "test"


@transaction.atomic
def add_channel(program: Program, form: "ChannelForm", *, by: "User") -> Channel:
    data = form.cleaned_data
    channel = Channel.objects.create(
        program=program, kind=data["kind"], name=data["name"], occasions=data["occasions"], language=data["language"],
        sealed=seal(data["address"]), host=form.host, ending=data["address"][-4:],
    )  # fmt: skip
    journal.record(ChatsVerb.ADDED, channel, by=by)
    return channel


@transaction.atomic
def switch_channel(channel: Channel, *, on: bool, by: "User") -> None:
    """Off keeps the address for a month, so that it can be switched on again; then the channel goes. What is so already
    is not told again."""
    rows = Channel.objects.filter(pk=channel.pk, off_at__isnull=not on)
    if not rows.update(off_at=None if on else timezone.now(), reason="", setbacks=0, paused_until=None):
        return
    journal.record(ChatsVerb.ON if on else ChatsVerb.OFF, channel, by=by)


@transaction.atomic
def tell_channels(program_id: int, occasion: Occasion, about: object, title: Callable[[], object], url: str) -> None:
    """Within the transaction of what happened; the same again is told nobody twice. `title` is asked in the language of
    each channel."""
    rows = []
    for channel in Channel.objects.filter(program=program_id, off_at=None, occasions__contains=[occasion]):
        with translation.override(channel.language):
            rows.append(
                ChannelPost(channel=channel, occasion=occasion, about=str(about), title=str(title())[:200], url=url)
            )
    ChannelPost.objects.bulk_create(rows, ignore_conflicts=True)
    if rows:
        wake(tasks.send)


@transaction.atomic
def send_test(channel: Channel) -> ChannelPost:
    """So that one sees whether the address is right; each press is one."""
    with translation.override(channel.language):
        title = _("A test: this channel receives messages from the program “%(name)s”.") % {
            "name": channel.program.name
        }
    url = reverse("programs:channels", args=[channel.program.slug])
    Channel.objects.select_for_update().get(pk=channel.pk)  # two at once are two
    about = str(ChannelPost.objects.filter(channel=channel, occasion=TEST).count() + 1)
    post = ChannelPost.objects.create(channel=channel, occasion=TEST, about=about, title=title[:200], url=url)
    wake(tasks.send)
    return post
