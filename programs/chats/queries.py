"""What the page of channels shows."""

from django.conf import settings
from django.db.models import Prefetch, QuerySet

from programs.chats.models import Channel, ChannelPost
from programs.membership.models import Program


def channels_of(program: Program) -> QuerySet[Channel]:
    """Those that are on first, each with what it was told."""
    posts = Prefetch("posts", ChannelPost.objects.order_by("-made_at", "-pk"))
    return Channel.objects.filter(program=program).prefetch_related(posts).order_by("-off_at", "name", "pk")


def is_on() -> bool:
    """Whether the operator allows any chat program."""
    return bool(settings.CHAT_HOSTS)
