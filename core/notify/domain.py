"""The domain that mails of this site are from."""

from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings


def mail_domain() -> str:
    """The domain behind the @ of Message-IDs and of the newsletter's list: the sender's, else the site's."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return domain if domain.isascii() and "." in domain else urlsplit(settings.SITE_URL).hostname or "localhost"
