"""The management hears when a channel is gone."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from core.kit.rooms import News, Told
from core.kit.sent_numbers import whole
from core.people.models import User
from programs.chats.models import Channel
from programs.membership import access
from programs.membership.access import Ability

STOPPED = "chats.stopped"


def look(person: User, rows: Sequence[Any]) -> Mapping[int, Told]:
    ids = [whole(row.about) or 0 for row in rows]
    channels = {each.pk: each for each in Channel.objects.filter(pk__in=ids).select_related("program")}
    told = {}
    for row in rows:
        channel = channels.get(whole(row.about) or 0)
        if channel is not None and access.can(person, Ability.MANAGE_PROGRAM, channel.program):
            url = reverse("programs:channels", args=[channel.program.slug])
            told[row.pk] = Told(channel.name, url, program=channel.program.name)
    return told


def _manages(person: User) -> bool:
    return any(access.can(person, Ability.MANAGE_PROGRAM, program) for program in access.roles_by_program(person))


NEWS = (
    News(
        STOPPED,
        _("A Slack or Teams channel no longer exists"),
        _("Program"),
        42,
        ngettext_lazy("Messages to %(title)s have stopped", "Messages to %(title)s have stopped", "count"),
        _("You are receiving this email because you lead the program that posted to this channel."),
        look,
        mail="now",
        icon="message-2",
        concerns=_manages,
    ),
)
