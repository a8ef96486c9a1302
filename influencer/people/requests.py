from django.http import HttpRequest

from influencer.people.models import User


class PersonRequest(HttpRequest):
    """The request of somebody who is signed in: what every view gets unless it is open to visitors."""

    user: User
