"""What this site shows networks to be known there: from the environment, or written by an administrator and sealed.

The environment wins, so that who runs the machine has the last word; what is written here stays for when it is taken
out there. Nothing of a key is ever shown again.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from analytics.connectors.models import SiteKey
from analytics.connectors.verbs import ConnectorsVerb
from core.journal import services as journal
from core.people.secrets import SecretIsSealed, seal, seal_anew, unseal

if TYPE_CHECKING:
    from core.people.models import User

YOUTUBE, YOUTUBE_ID, YOUTUBE_SECRET = "YOUTUBE_API_KEY", "YOUTUBE_CLIENT_ID", "YOUTUBE_CLIENT_SECRET"
LINKEDIN_ID, LINKEDIN_SECRET = "LINKEDIN_CLIENT_ID", "LINKEDIN_CLIENT_SECRET"
KEYS = (YOUTUBE, YOUTUBE_ID, YOUTUBE_SECRET, LINKEDIN_ID, LINKEDIN_SECRET)


def site_key(name: str) -> str:
    """The key by this name, or nothing."""
    if is_from_outside(name):
        return str(getattr(settings, name))
    row = SiteKey.objects.filter(name=name).first()
    if row is None:
        return ""
    try:
        return unseal(row.sealed)
    except SecretIsSealed:
        return ""  # as if it had never been written: the page says that it is missing


def is_from_outside(name: str) -> bool:
    """Whether the environment gives it."""
    return bool(getattr(settings, name))


def written() -> set[str]:
    """Which of them were written here and can be read."""
    return {
        name for name in SiteKey.objects.values_list("name", flat=True) if not is_from_outside(name) and site_key(name)
    }


@transaction.atomic
def change_keys(given: Mapping[str, str], *, forget: Iterable[str], by: "User") -> None:
    """Write what was given, delete what is to be forgotten; what the environment gives stays as it is."""
    new = {name: value for name, value in given.items() if name in KEYS and value}
    gone = SiteKey.objects.filter(name__in=set(forget) - set(new))
    about = ", ".join(sorted({*new, *gone.values_list("name", flat=True)}))
    gone.delete()
    for name, value in new.items():
        SiteKey.objects.update_or_create(name=name, defaults={"sealed": seal(value)})
    if about:
        journal.record(ConnectorsVerb.KEYS_WRITTEN, by=by, kind=about)


def reseal() -> tuple[int, int]:
    """Keys under the first of the site's own. How many that were, how many none opens."""
    done = [_reseal(each) for each in SiteKey.objects.all()]
    return sum(done), len(done) - sum(done)


def _reseal(row: SiteKey) -> bool:
    try:
        sealed = seal_anew(row.sealed)
    except SecretIsSealed:
        return False
    SiteKey.objects.filter(pk=row.pk, sealed=row.sealed).update(sealed=sealed)
    return True
