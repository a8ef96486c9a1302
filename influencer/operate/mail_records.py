"""What the name service says of the domain that mails are from: whether receivers can tell our mails from forged ones.
Asked only where the operator allows it (`MAIL_DNS`), by the page that shows it, for a few seconds at most."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from core.kit import dkim_signing
from core.notify.domain import mail_domain

if TYPE_CHECKING:
    import dns.resolver

LONGEST_ASK = 3.0  # seconds
FEWEST_LABELS = 2  # a domain somebody registered has two
OPEN_TO_ALL = {"+all", "all"}
POLICIES = {"none", "quarantine", "reject"}

Asks = Callable[[str, str], list[str]]  # (name, kind of record) to its values; OSError when nobody answers


@dataclass(frozen=True)
class Record:
    """One of the things a receiver looks at."""

    name: str  # as people of the trade call it
    at: str  # where it stands in the name service
    text: str  # what is to be said of it
    found: tuple[str, ...] = ()
    wanted: str = ""  # to publish
    is_well: bool | None = None  # None: nobody looked, or it is no fault either way


def records() -> list[Record]:
    """SPF, DKIM, DMARC and MX of the site's mail domain."""
    domain = mail_domain()
    if not settings.MAIL_DNS:
        return [*_unasked(domain)]
    return [look(_ask, domain) for look in (spf, dkim, dmarc, mx)]


def _unasked(domain: str) -> Iterator[Record]:
    yield Record("SPF", domain, _("Has to name the mail server that this site sends with."))
    yield Record("DKIM", _dkim_name(domain), _dkim_words(), wanted=_dkim_wanted())
    yield Record("DMARC", f"_dmarc.{domain}", _("Says what receivers do with forged emails of this domain."))


def spf(ask: Asks, domain: str) -> Record:
    """RFC 7208: exactly one record, and not everybody on the internet in it."""
    found = _of_kind(ask, domain, "v=spf1")
    if found is None:
        return _silent("SPF", domain)
    if not found:
        text = _("There is none: receivers cannot tell which servers may send for this domain.")
    elif len(found) > 1:
        text = _("There are several; then none counts.")
    elif OPEN_TO_ALL & {*found[0].lower().split()}:
        text = _("It allows everybody on the internet to send for this domain.")
    else:
        text = _("There is one. It has to name the mail server %(host)s.") % {"host": settings.EMAIL_HOST}
        return Record("SPF", domain, text, found, is_well=True)
    return Record("SPF", domain, text, found, is_well=False)


def dkim(ask: Asks, domain: str) -> Record:
    """RFC 6376: the published half of the key this site signs with."""
    name, wanted = _dkim_name(domain), _dkim_wanted()
    if not wanted:
        return Record("DKIM", name, _dkim_words())
    found = _txt(ask, name)
    if found is None:
        return _silent("DKIM", name)
    same = any(_key_of(each) == _key_of(wanted) for each in found)
    if same:
        return Record("DKIM", name, _("The published key is the one this site signs with."), found, is_well=True)
    text = _("Another key is published.") if found else _("The key is not published yet.")
    return Record("DKIM", name, text, found, wanted, is_well=False)


def dmarc(ask: Asks, domain: str) -> Record:
    """RFC 7489: of the domain, else of the one above it."""
    labels = domain.split(".")
    for above in range(max(1, len(labels) - FEWEST_LABELS + 1)):
        name = f"_dmarc.{'.'.join(labels[above:])}"
        found = _of_kind(ask, name, "v=dmarc1")
        if found is None:
            return _silent("DMARC", name)
        if found:
            policy = _tags(found[0]).get("p", "").lower()
            if len(found) > 1 or policy not in POLICIES:
                return Record("DMARC", name, _("It cannot be read; then it does not count."), found, is_well=False)
            says = {
                "none": _("Forged emails are reported, but still arrive."),
                "quarantine": _("Forged emails go to the junk folder."),
                "reject": _("Forged emails are refused."),
            }
            return Record("DMARC", name, says[policy], found, is_well=True)
    name = f"_dmarc.{domain}"
    text = _("There is none; large providers then refuse newsletters.")
    return Record("DMARC", name, text, wanted="v=DMARC1; p=none", is_well=False)


def mx(ask: Asks, domain: str) -> Record:
    """Somewhere an answer can arrive."""
    try:
        found = tuple(ask(domain, "MX"))
    except OSError:
        return _silent("MX", domain)
    text = (
        _("Answers to this domain arrive.") if found else _("No server takes mail for this domain: answers are lost.")
    )
    return Record("MX", domain, text, found, is_well=bool(found))


def _silent(name: str, at: str) -> Record:
    return Record(name, at, _("The name service did not answer. Please try again later."))


def _dkim_name(domain: str) -> str:
    return f"{settings.DKIM_SELECTOR}._domainkey.{domain}"


def _dkim_wanted() -> str:
    return dkim_signing.public_record() if dkim_signing.is_on() else ""


def _dkim_words() -> str:
    if dkim_signing.is_on():
        return _("This site signs its emails. Publish this record.")
    return _("This site does not sign; the mail server should. If it does not, set DKIM_KEY.")


def _of_kind(ask: Asks, name: str, kind: str) -> tuple[str, ...] | None:
    found = _txt(ask, name)
    if found is None:
        return None
    return tuple(each for each in found if each.lower().replace(" ", "").startswith(kind))


def _txt(ask: Asks, name: str) -> tuple[str, ...] | None:
    """Nothing (None) when nobody answered."""
    try:
        return tuple(ask(name, "TXT"))
    except OSError:
        return None


def _tags(record: str) -> dict[str, str]:
    parts = (part.partition("=") for part in record.split(";"))
    return {name.strip().lower(): value.strip() for name, _sign, value in parts}


def _key_of(record: str) -> str:
    return "".join(_tags(record).get("p", "").split())


def _ask(name: str, kind: str) -> list[str]:
    import dns.exception  # noqa: PLC0415  # 3 MiB in every process, for one page of administrators
    import dns.resolver  # noqa: PLC0415  # as above

    try:
        answer = _resolver().resolve(name, kind, lifetime=LONGEST_ASK, raise_on_no_answer=False)
    except dns.resolver.NXDOMAIN:
        return []
    except dns.exception.DNSException as error:
        raise OSError(type(error).__name__) from error
    if kind == "TXT":
        return [b"".join(row.strings).decode("utf-8", "replace")[:2000] for row in answer]
    return [str(row.exchange).rstrip(".") for row in answer if str(row.exchange) != "."]


def _resolver() -> "dns.resolver.Resolver":
    """As the machine is set up."""
    import dns.resolver  # noqa: PLC0415  # as above

    return dns.resolver.Resolver()
