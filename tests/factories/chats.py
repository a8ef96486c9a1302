"""A channel of a chat program that hears of what happens."""

from typing import Any

from django.test import override_settings

from core.people.secrets import seal
from programs.chats import services
from programs.chats.forms import ChannelForm
from programs.chats.models import Channel, ChatKind, Occasion

ORDER = 90  # nothing of what the other factories make is told to it


def make_channel(world: Any, kind: str = ChatKind.SLACK, **more: Any) -> Channel:
    data = {"kind": kind, "name": "#news", "address": "https://chat.example.com/one", "language": "en"}
    with override_settings(CHAT_HOSTS=["*.example.com"]):
        form = ChannelForm(data | {"occasions": Occasion.values} | more)
        assert form.is_valid(), form.errors
        return services.add_channel(world.program, form, by=world.manager)


def furnish(world: Any) -> None:
    """Without an entry in the log: the pages that show its newest entries ask as little as before."""
    address = "https://chat.example.com/one"
    world.channel = Channel.objects.create(
        program=world.program, kind=ChatKind.SLACK, name="#news", occasions=Occasion.values, language="en",
        sealed=seal(address), host="chat.example.com", ending=address[-4:],
    )  # fmt: skip
