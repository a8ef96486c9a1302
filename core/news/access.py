"""Everybody's news and wishes are their own alone."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from core.news.bundles import Bundle, bundle, of_now
from core.news.models import Notification
from core.people.models import User


def get_notification(user: User, pk: int) -> Notification:
    """One's own; anybody else's does not exist here."""
    return get_object_or_404(Notification, pk=pk, person=user)


def get_bundle(user: User, pk: int) -> Bundle:
    """The bundle that begins or ends with this row, as the person may see it; 404 when that is nothing."""
    row = get_notification(user, pk)
    same = Notification.objects.filter(person=user, kind=row.kind, about=row.about, is_gone=False)
    found = [each for each in bundle(user, of_now(user, same)) if row.pk in {one.pk for one in each.rows}]
    if not found:
        raise Http404
    return found[0]
