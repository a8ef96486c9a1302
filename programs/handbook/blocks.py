"""What the newsletter may show of the handbook: the pages that were published or rewritten lately."""

from datetime import date, timedelta

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import translation

from core.kit.languages import localised
from core.kit.templatetags.ui import day
from programs.handbook.models import HandbookPage, HandbookVersion
from programs.membership.models import Program

MOST = 5
LATELY = timedelta(days=35)  # a month, and the days by which an issue is late


def handbook(program: Program, language: str, on: date) -> list[tuple[str, str, str]]:
    """Day of the newest version, title, and the page itself: only pages that every member may read."""
    newest = HandbookVersion.objects.filter(page=OuterRef("pk")).order_by("-number").values("at")[:1]
    published = HandbookPage.objects.present().filter(program=program, is_published=True, chapter="")
    pages = published.annotate(changed=Subquery(newest)).filter(changed__date__gt=on - LATELY, changed__date__lte=on)
    rows = pages.order_by("-changed", "-pk").values_list("pk", "title", "changed")[:MOST]
    with translation.override(language):
        return [
            (day(changed), localised(title), reverse("programs:handbook_page", args=[program.slug, pk]))
            for pk, title, changed in rows
        ]
