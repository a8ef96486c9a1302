"""The mail as it will be read: what stands beside the text while it is written."""

from typing import Any

from csp.constants import SELF
from csp.decorators import csp_replace
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.clickjacking import xframe_options_sameorigin

from community.newsletters import access, letters, previews
from community.newsletters.faces import PICTURES, SWITCHES, Preview
from community.newsletters.models import Issue
from community.newsletters.outline import Outline
from community.newsletters.schedule import today_in
from core.kit import languages
from core.people.requests import PersonRequest


@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF], "img-src": PICTURES})  # type: ignore[arg-type]  # its stub knows no further arguments
def issue_preview(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """The mail itself, for the frame in the editor."""
    issue = access.get_issue_to_write(request.user, slug, pk)
    shown = Preview.of(request.GET)
    letter = letters.compose(issue, letters.language_for(issue, shown.language), today_in(issue.program))
    with override(letter.language):
        first_name = previews.first_name_for(shown.reader, request.user)
    if shown.view == "text":
        text = letters.personal(letter.text, first_name, "https://…")
        return render(request, "community/newsletters/mail/plain.html", {"text": text, "language": letter.language})
    mail = letter.as_page(str(request.csp_nonce), window=shown.window)
    return HttpResponse(letters.personal_html(mail, first_name, "#"))


def preview_of(request: PersonRequest, issue: Issue) -> dict[str, Any]:
    """What the part of the page around that frame needs."""
    sorts = previews.sorts_of(issue.program)
    shown = Preview.of(request.GET if request.method == "GET" else request.POST).among(sorts)
    language = letters.language_for(issue, shown.language)
    return {
        "program": issue.program,
        "issue": issue,
        "shown": shown,
        "switches": SWITCHES,
        "outline": Outline.of(issue, shown.language),
        "undo": request.GET.get("undo", ""),
        "sorts": sorts,
        "gets_it": previews.who_gets(issue, shown.reader),
        "languages": languages.choices(),
        "subject": issue.subject.texts.get(language, ""),
        "is_fallback": language != shown.language,
    }
