"""The places of the room; they stand where the places of a program stand elsewhere."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.people.requests import PersonRequest


@dataclass(frozen=True)
class Spot:
    key: str
    label: str
    icon: str
    url: str
    current: bool


def places(place: str) -> dict[str, list[Spot]]:
    """What stands in the navigation; `place` is where the page stands."""
    rows = (
        ("health", _("Health"), "progress-check"),
        ("accounts", _("Accounts"), "users"),
        ("programs", _("Programs"), "route"),
        ("connections", _("Connections"), "plug"),
        ("mail", _("Email"), "mail"),
        ("texts", _("Imprint"), "file-text"),
    )
    spots = [Spot(key, label, icon, reverse(f"operate:{key}"), key == place) for key, label, icon in rows]
    # One's own pages stand behind the face in the head; five have room at the bottom, and Connections leads to Email.
    return {"site_places": spots, "site_phone_places": [spot for spot in spots if spot.key != "mail"]}


def show(
    request: PersonRequest, place: str, template: str, context: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """A page of the room."""
    return render(request, f"operate/{template}.html", places(place) | (context or {}), status=status)
