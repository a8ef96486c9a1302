"""Whose file it is: the kind of export must fit the account, and the name in it the person."""

import re
import unicodedata

from analytics.channels.models import Account

PERSONAL = ("linkedin_profile", "linkedin_post")
COMPANY = "linkedin_company"
TITLES = frozenset({"dr", "prof", "mag", "dipl", "ing", "mba", "msc", "bsc", "phd"})


def wrong_kind(account: Account, kind: str) -> str:
    """The code of the refusal where an export of the other kind was brought."""
    if account.kind == Account.Kind.PERSON and kind.startswith(COMPANY):
        return "company_file"
    return "personal_file" if account.kind == Account.Kind.COMPANY and kind in PERSONAL else ""


def is_somebody_else(account: Account, name: str | None) -> bool:
    """Whether the name in the file is another one than the account's or the person's. Without a name nobody knows."""
    if not name or account.user is None:
        return False
    known = [account.owner_name] if account.owner_name else [account.user.name]
    known = [each for each in known if each.strip()]
    return bool(known) and not any(same_person(name, each) for each in known)


def same_person(one: str, other: str) -> bool:
    """`Dr. Erika Beispiel`, `Beispiel, Erika` and `ErikaBeispiel` are one person."""
    first, second = _words(one), _words(other)
    if not first or not second:
        return one.strip().casefold() == other.strip().casefold()
    if min(len(first), len(second)) > 1 and (first <= second or second <= first):
        return True
    return first == second or "".join(_in_order(one)) == "".join(_in_order(other))


def _in_order(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name.casefold().replace("ß", "ss"))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return [word for word in re.findall(r"[^\W\d_]+", plain) if word not in TITLES]


def _words(name: str) -> frozenset[str]:
    return frozenset(_in_order(name))
