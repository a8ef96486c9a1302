"""The demo's channels: one that was told of the last newsletter, and one whose address is gone. Nothing is sent."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.people.secrets import seal
from influencer.home.demo.rooms import Demo
from programs.chats.models import Channel, ChannelPost, ChatKind, Occasion, PostState


def load(demo: Demo) -> None:
    slack = _channel(demo, ChatKind.SLACK, "#corporate-influencer", "hooks.slack.com")
    url = reverse("programs:timeline", args=[demo.program.slug])
    ChannelPost.objects.create(
        channel=slack, occasion=Occasion.GENERATION, about="demo", title=_("A new generation"), url=url,
        state=PostState.SENT, attempts=1, sent_at=timezone.now() - timedelta(days=3),
    )  # fmt: skip
    gone = _channel(demo, ChatKind.TEAMS, _("Communications"), "prod-12.westeurope.logic.azure.com")
    Channel.objects.filter(pk=gone.pk).update(off_at=timezone.now() - timedelta(days=2), reason="404")


def _channel(demo: Demo, kind: str, name: str, host: str) -> Channel:
    """Its address is none: whoever tries it reaches nobody."""
    return Channel.objects.create(
        program=demo.program, kind=kind, name=name, host=host, sealed=seal(f"https://{host}/demo"), ending="demo",
        occasions=Occasion.values,
    )  # fmt: skip
