"""What the page of wishes shows of devices."""

from dataclasses import dataclass

from allauth.usersessions.models import UserSession

from core.people.models import User
from core.people.requests import PersonRequest
from core.push import keys
from core.push.models import PushDevice


@dataclass(frozen=True)
class OwnDevices:
    key: str  # what a browser needs to agree
    devices: list[PushDevice]
    session_key: str | None

    @property
    def here(self) -> PushDevice | None:
        """The browser in which this is read."""
        return next((each for each in self.devices if each.sign_in.session_key == self.session_key), None)


def devices_of(person: User, session_key: str | None) -> OwnDevices | None:
    """Nothing where the operator allows no push service."""
    if not keys.is_on():
        return None
    mine = PushDevice.objects.filter(person=person).select_related("sign_in").order_by("added_at", "pk")
    return OwnDevices(keys.current().public, list(mine), session_key)


def sign_in_here(request: PersonRequest) -> UserSession:
    """The sign-in of the browser that asks; not every way in has written it down already."""
    mine = UserSession.objects.filter(session_key=request.session.session_key, user=request.user)
    if not mine.exists():
        UserSession.objects.create_from_request(request)
    return mine.get()
