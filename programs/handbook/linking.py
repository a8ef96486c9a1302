"""Which pages of the handbook link to which."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.urls import reverse

from programs.handbook.models import HandbookPage
from programs.membership.models import Program

MOST_LINKING = 20


def linking_to(program: Program, pages: Iterable[int]) -> QuerySet[HandbookPage]:
    """Pages whose text, in any language, has the address of one of these; these themselves are not meant."""
    gone = list(pages)
    links = Q(pk__in=())
    for pk in gone:
        links |= Q(said__contains=reverse("programs:handbook_page", args=[program.slug, pk]))
    rows = HandbookPage.objects.present().filter(program=program).exclude(pk__in=gone)
    return rows.annotate(said=Cast("text", TextField())).filter(links).order_by("pk")
