"""Devices on which somebody wants to be told. The journal says nothing of it: where somebody reads is their own."""

import json
from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from core.people.models import User
from core.people.secrets import SecretIsSealed, seal, seal_anew, unseal
from core.push.models import PushDevice, PushKey

if TYPE_CHECKING:
    from core.push.forms import DeviceForm

MOST_DEVICES = 10  # devices of a person
FIRST_PAUSE, LONGEST_PAUSE, MOST_DOUBLINGS = timedelta(minutes=1), timedelta(hours=6), 9


class TooManyDevices(Exception):
    """Nobody reads on so many."""


@transaction.atomic
def add(form: "DeviceForm", key: PushKey, sign_in: UserSession, *, by: User) -> PushDevice:
    """This browser belongs to whoever is signed in there now, and to nobody before. Twice is as good as once."""
    User.objects.select_for_update().get(pk=by.pk)
    mark = sha256(form.told["endpoint"].encode()).hexdigest()
    if PushDevice.objects.filter(person=by).exclude(mark=mark).count() >= MOST_DEVICES:
        raise TooManyDevices
    values = {"person": by, "sign_in": sign_in, "key": key, "host": form.host, "sealed": seal(json.dumps(form.told))}
    values |= {"setbacks": 0, "paused_until": None}
    return PushDevice.objects.update_or_create(mark=mark, defaults=values)[0]


@transaction.atomic
def remove(device: PushDevice) -> None:
    device.delete()


def opened(device: PushDevice) -> dict[str, str]:
    """Its address and keys."""
    found: dict[str, str] = json.loads(unseal(device.sealed))
    return found


def alive() -> QuerySet[PushDevice]:
    """Devices whose person is still signed in there."""
    running = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    return PushDevice.objects.filter(person__is_active=True, sign_in__session_key__in=running)


def people_with_devices(people: Iterable[int]) -> set[int]:
    return set(PushDevice.objects.filter(person__in=list(people)).values_list("person", flat=True))


def put_off(device: PushDevice, pause: timedelta | None) -> None:
    """Not now: as long as the push service said, or longer each time."""
    usual = min(FIRST_PAUSE * 2 ** min(device.setbacks, MOST_DOUBLINGS), LONGEST_PAUSE)
    until = timezone.now() + (usual if pause is None else pause)
    PushDevice.objects.filter(pk=device.pk).update(setbacks=device.setbacks + 1, paused_until=until)


def forget_sign_in(session_key: str | None) -> None:
    """Somebody signs out: nothing is shown there any more."""
    PushDevice.objects.filter(sign_in__session_key=session_key).delete()


def retention() -> int:
    """Devices on which nobody is signed in any more."""
    return PushDevice.objects.exclude(pk__in=alive().values("pk")).delete()[0]


def forget_person(user: User) -> int:
    return PushDevice.objects.filter(person=user).delete()[0]


def reseal() -> tuple[int, int]:
    """Keys and addresses under the first of the site's keys. How many that were, and how many no key opens."""
    done = lost = 0
    models: tuple[Any, ...] = (PushKey, PushDevice)
    for model in models:
        for pk in model.objects.values_list("pk", flat=True):
            with transaction.atomic():
                row = model.objects.select_for_update().filter(pk=pk).first()
                try:
                    if row is not None:
                        model.objects.filter(pk=pk).update(sealed=seal_anew(row.sealed))
                        done += 1
                except SecretIsSealed:
                    lost += 1
    return done, lost
