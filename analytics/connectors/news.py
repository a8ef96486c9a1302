"""Who connected an account hears when it does not answer any more."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from analytics.connectors import access
from analytics.connectors.models import Connection
from core.kit.rooms import News, Told
from core.kit.sent_numbers import whole
from core.people.models import User
from programs.membership import access as membership
from programs.membership.access import Ability

STOPPED, ENDS_SOON = "connectors.stopped", "connectors.permit_ends"
SOON = timedelta(days=15)  # the end of a permission, told two weeks before


def look(person: User, rows: Sequence[Any]) -> Mapping[int, Told]:
    return _look(person, rows, lambda connection: bool(connection.stopped_for))


def look_soon(person: User, rows: Sequence[Any]) -> Mapping[int, Told]:
    """As long as the permission has not been given anew."""
    soon = timezone.now() + SOON
    return _look(person, rows, lambda each: each.permit_until is not None and each.permit_until <= soon)


def _look(person: User, rows: Sequence[Any], still: Callable[[Connection], bool]) -> Mapping[int, Told]:
    ids = [whole(row.about) or 0 for row in rows]
    found = {each.pk: each for each in Connection.objects.filter(pk__in=ids).select_related("program", "account")}
    mine: dict[int, set[int]] = {}
    told = {}
    for row in rows:
        connection = found.get(whole(row.about) or 0)
        if connection is None or not still(connection):
            continue
        program = connection.program
        if program.pk not in mine:
            mine[program.pk] = set(access.connections_for(person, program).values_list("pk", flat=True))
        if connection.pk in mine[program.pk]:
            url = reverse("analytics:connection_detail", args=[program.slug, connection.pk])
            told[row.pk] = Told(connection.handle, url, program=program.name)
    return told


def _connects(person: User) -> bool:
    asked = (Ability.TAKE_PART, Ability.IMPORT_COMPANY)
    return any(
        membership.can(person, ability, program) for program in membership.roles_by_program(person) for ability in asked
    )


NEWS = (
    News(
        STOPPED,
        _("A connected account no longer responds"),
        _("Figures"),
        60,
        ngettext_lazy("Figures from %(title)s have stopped", "Figures from %(title)s have stopped", "count"),
        _("You are receiving this email because this account was connected."),
        look,
        mail="now",
        icon="plug",
        concerns=_connects,
    ),
    News(
        ENDS_SOON,
        _("The permission to read a connected account ends soon"),
        _("Figures"),
        61,
        ngettext_lazy("Sign in again for %(title)s", "Sign in again for %(title)s", "count"),
        _("You are receiving this email because this account was connected."),
        look_soon,
        mail="now",
        icon="plug",
        concerns=_connects,
    ),
)
