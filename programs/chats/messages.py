"""A post as each chat program takes it: what happened and where it is, in the channel's language."""

import json
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from programs.chats.models import Channel, ChannelPost, ChatKind, Occasion

CARD = "http://adaptivecards.io/schemas/adaptive-card.json"


def body_of(channel: Channel, post: ChannelPost) -> bytes:
    with translation.override(channel.language):
        heads = {
            Occasion.NEWSLETTER: _("A new newsletter"),
            Occasion.GENERATION: _("A new generation"),
            Occasion.PHASE: _("A phase starts"),
        }
        head = f"{channel.program.name}: {heads.get(post.occasion, _('A test'))}"  # type: ignore[call-overload]
        button = str(_("Open"))
    url = settings.SITE_URL + post.url
    shapes = {ChatKind.SLACK: _slack, ChatKind.TEAMS: _teams, ChatKind.MATTERMOST: _mattermost}
    return json.dumps(shapes[ChatKind(channel.kind)](head, post.title, url, button), ensure_ascii=False).encode()


def _slack(head: str, title: str, url: str, button: str) -> dict[str, Any]:
    return {
        "text": _escaped(f"{head}: {title}"),
        "blocks": [
            {"type": "header", "text": {"type": "plain_text", "text": head[:150]}},
            {"type": "section", "text": {"type": "plain_text", "text": title}},
            {"type": "actions", "elements": [
                {"type": "button", "text": {"type": "plain_text", "text": button}, "url": url},
            ]},
        ],
    }  # fmt: skip


def _teams(head: str, title: str, url: str, button: str) -> dict[str, Any]:
    body = [
        {"type": "TextBlock", "size": "Medium", "weight": "Bolder", "text": _plain(head), "wrap": True},
        {"type": "TextBlock", "text": _plain(title), "wrap": True},
    ]
    actions = [{"type": "Action.OpenUrl", "title": button, "url": url}]
    card = {"$schema": CARD, "type": "AdaptiveCard", "version": "1.4", "body": body, "actions": actions}
    kind = "application/vnd.microsoft.card.adaptive"
    return {"type": "message", "attachments": [{"contentType": kind, "contentUrl": None, "content": card}]}


def _mattermost(head: str, title: str, url: str, button: str) -> dict[str, Any]:
    return {"text": f"{_plain(head)}\n{_plain(title)}\n{url}"}


def _escaped(text: str) -> str:
    """Slack's own three signs: nobody is called by a title with <!channel> in it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _plain(text: str) -> str:
    """Where Markdown counts, a title is only words, and calls nobody."""
    for sign in "\\`*_[]()#~|<>":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("@", "@\u200b")
