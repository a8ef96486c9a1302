"""The domain that mails of this site are from."""

from email.utils import parseaddr
from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings


def mail_domain() -> str:
    """The domain behind the @ of Message-IDs and of the newsletter's list: the sender's, else the site's."""
    return _domain_of(settings.DEFAULT_FROM_EMAIL, settings.SITE_URL)


@lru_cache(maxsize=4)  # asked for each mail
def _domain_of(sender: str, site: str) -> str:
    domain = parseaddr(sender)[1].rpartition("@")[2]
    return domain if domain.isascii() and "." in domain else urlsplit(site).hostname or "localhost"
