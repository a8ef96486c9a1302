"""LinkedIn: what its owner lets this site read of a profile or a page (learn.microsoft.com/linkedin/marketing).

Nobody is found by name here: an account is known because somebody signed in at LinkedIn. Its number is its URN, which
says whether it is a person or an organisation. The interface has a version a month, and each lives about a year.
"""

import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

from analytics.channels.models import Network
from analytics.connectors.networks import linkedin_organisation, linkedin_person
from analytics.connectors.networks.base import (
    JSON,
    Answer,
    Ask,
    Handle,
    KnownPost,
    Profile,
    Tally,
    Told,
    Trouble,
    part,
    read_json,
    shows_no_more,
    text,
)
from analytics.connectors.networks.linkedin_wire import API, address, elements
from analytics.connectors.networks.oauth import SignIn
from analytics.connectors.site_keys import LINKEDIN_ID, LINKEDIN_SECRET, site_key
from core.kit.public_hosts import is_listed

SIGN_IN = "www.linkedin.com"
VERSION = "202610"
VERSION_ENDS = date(2027, 10, 15)  # about twelve months after its release
SOON = timedelta(days=60)
PERSON, ORGANISATION = "urn:li:person:", "urn:li:organization:"
#: Only reading, but for the pages: LinkedIn shows a page's statistics to nobody with less than this.
SCOPES = {
    PERSON: "r_basicprofile r_member_postAnalytics r_member_profileAnalytics",
    ORGANISATION: "r_basicprofile r_organization_social rw_organization_admin",
}
MOST_PAGES_OF_A_PERSON = 10  # company pages that are offered

types, read, of_owner = JSON, read_json, shows_no_more
scheme, seconds_between = "share", 0.2


def is_ready() -> bool:
    """Whether the operator registered this site at LinkedIn and allows both of its servers."""
    may = all(is_listed(host, settings.CONNECTOR_HOSTS) for host in (SIGN_IN, API))
    return bool(may and site_key(LINKEDIN_ID) and site_key(LINKEDIN_SECRET))


def headers(access: str) -> dict[str, str]:
    return {
        "Authorization": f"Bearer {access}",
        "LinkedIn-Version": VERSION,
        "X-Restli-Protocol-Version": "2.0.0",
    }


def trouble(answer: Answer) -> Trouble | None:
    """Of a permission that ended nothing comes ever again; the day's requests are back at midnight UTC."""
    if answer.status == 401:
        return Trouble("ended")
    if answer.status == 403:
        return Trouble("denied")
    if answer.status == 426:
        return Trouble("too_old")
    if answer.status == 429:
        now = timezone.now()
        tomorrow = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        is_for_all = "MEMBER" not in _said(answer, "message").upper()  # or one person's own requests of the day
        return Trouble("busy", pause_seconds=round((tomorrow - now).total_seconds()), is_for_all=is_for_all)
    if answer.status == 400 and "VERSION" in _said(answer, "code"):
        return Trouble("too_old")
    return None


def _said(answer: Answer, name: str) -> str:
    try:
        return text(part(json.loads(answer.body), name))
    except (ValueError, RecursionError):
        return ""


def place(_said: str) -> Handle | None:
    """Nobody types an account of LinkedIn."""
    return None


def find(place: Handle, ask: Ask) -> Profile:
    return profile(place.handle, ask)


def accounts(is_company: bool, _host: str, ask: Ask) -> list[Profile]:
    """Whose figures this permission opens: the person's own, or the pages they administer."""
    if not is_company:
        return [linkedin_person.profile(ask)]
    asked = {"q": "roleAssignee", "role": "ADMINISTRATOR", "state": "APPROVED", "count": "50"}
    rows = elements(ask(address("organizationAcls", **asked)))
    urns = dict.fromkeys(
        urn for row in rows for name in ("organization", "organizationTarget") if (urn := text(part(row, name)))
    )
    mine = [urn for urn in urns if urn.startswith(ORGANISATION)]
    return [profile(urn, ask) for urn in mine[:MOST_PAGES_OF_A_PERSON]]


def profile(number: str, ask: Ask) -> Profile:
    if number.startswith(ORGANISATION):
        return linkedin_organisation.profile(number, ask)
    return linkedin_person.profile(ask)


def tell(_host: str, number: str, ask: Ask, *, since: datetime, pages: int, start: str = "") -> Told:
    if number.startswith(ORGANISATION):
        return linkedin_organisation.tell(number, ask, since=since, pages=pages, start=start)
    told = linkedin_person.tell(ask, since=since)
    if told.profile.number != number:  # somebody else signed in since
        raise Trouble("gone")
    return told


def of_known(number: str, ask: Ask, known: Sequence[KnownPost]) -> list[Tally]:
    """LinkedIn lists a person's posts to nobody: those that came with files or were logged are asked about."""
    return [] if number.startswith(ORGANISATION) else linkedin_person.of_known(ask, known)


def handle(profile: Profile, _host: str) -> Handle:
    return Handle(Network.LINKEDIN, API, profile.number)


def scopes(is_company: bool) -> str:
    return SCOPES[ORGANISATION if is_company else PERSON]


sign_in = SignIn(
    page=f"https://{SIGN_IN}/oauth/v2/authorization",
    token=f"https://{SIGN_IN}/oauth/v2/accessToken",
    revoke=f"https://{SIGN_IN}/oauth/v2/revoke",
    scopes=scopes,
    accounts=accounts,
    handle=handle,
    is_ready=is_ready,
    keys=(LINKEDIN_ID, LINKEDIN_SECRET),
    is_required=True,
)
