"""The address that takes a change back and leads to the page somebody is on."""

from urllib.parse import urlencode

from django.urls import reverse

from core.kit.returning import way_back
from core.people.requests import PersonRequest
from programs.checklists.models import Batch


def undo_url(request: PersonRequest, slug: str, batch: Batch) -> str:
    """Nothing where nothing was changed."""
    if not batch.before:
        return ""
    back = way_back(request)
    url = reverse("programs:batch_undo", args=[slug, batch.pk])
    return f"{url}?{urlencode({'next': back})}" if back else url
