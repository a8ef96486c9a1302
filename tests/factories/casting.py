"""Calls and interest as tests need them. The world's call of generation 2 is open, with a public link; the coach and
somebody without an account have shown interest."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from programs.casting import services
from programs.casting.models import Call, Interest
from programs.casting.tokens import token_of

ORDER = 40
GIVEN: dict[str, Any] = {
    "site": "Bremen",
    "department": "Welding",
    "languages": ["de"],
    "experience": "none",
    "topics": "Welds that nobody sees.",
    "position": "expert",
}


def make_call(generation: Any, by: Any, **fields: Any) -> Call:
    """Open since a week, for three more."""
    today = timezone.localdate()
    days = {"opens_on": today - timedelta(days=7), "closes_on": today + timedelta(days=21)} | fields
    call = services.write_call(generation, by=by, **days)
    services.switch_link(call, is_on=True, by=by)
    return call


def make_interest(call: Call, name: str = "Ida", **given: Any) -> Interest:
    """Somebody without an account, by the link of the mail."""
    fate = given.pop("fate", "")
    interest = Interest.objects.create(call=call, email=f"{name.lower().replace(' ', '.')}@nordwerk.example")
    interest = services.declare_by_link(interest, name=name, given=GIVEN | given)
    if fate:
        services.think_of(interest, fate=fate)
        interest.refresh_from_db()
        interest.call = call
    return interest


def furnish(world: Any) -> None:
    world.call = make_call(world.generation2, world.manager)
    world.interest = make_interest(world.call)
    world.interest_token = token_of(world.interest.key)
    world.my_interest = services.declare(world.call, person=world.coach, given=GIVEN)
