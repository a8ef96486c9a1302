"""What a view is given."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from core.people.models import User


class PersonRequest(HttpRequest):
    """The request of somebody who has signed in: what every view gets unless it is open to visitors."""

    user: User
    htmx: HtmxDetails
    csp_nonce: str
