"""One letter of a journey: written in every language, seen as a mail, tried on oneself."""

from collections.abc import Sequence
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_replace
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST

from community.journeys import access, letters, services
from community.journeys.forms import LetterForm
from community.journeys.models import Journey, JourneyLetter
from community.newsletters import letters as newsletters
from community.newsletters.faces import PICTURES, SWITCHES, Preview
from community.newsletters.schedule import today_in
from community.newsletters.templates import IssueTemplate, earlier_issues, issue_template
from core.kit import languages
from core.kit.toasts import toast, warn
from core.once.sending import once
from core.people.requests import PersonRequest


@once
def letter_new(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """An empty one, or an issue that went out, which people who join later get in their turn."""
    journey = access.get_journey(request.user, slug, pk)
    begun_with = issue_template(journey.program, request.GET.get("template", ""))
    form = LetterForm(request.POST) if request.method == "POST" else LetterForm.like(begun_with)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.write_letter(journey, by=request.user, **_values(form))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            toast(request, _("Saved."))
            return redirect("community:letter_edit", slug, made.pk)
    earlier = [] if begun_with else earlier_issues(journey.program)
    return _page(request, journey, form, earlier=earlier, status=422 if form.errors else 200)


def letter_edit(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """What somebody else saved meanwhile stands beside what one has written, and nothing is lost."""
    letter = access.get_letter(request.user, slug, pk)
    if request.method != "POST":
        if request.htmx:
            return render(request, "community/journeys/_preview.html", _preview(request, letter))
        return _page(request, letter.journey, LetterForm.of_letter(letter), letter)
    form = LetterForm(request.POST)
    if not form.is_valid():
        return _page(request, letter.journey, form, letter, status=422)
    try:
        services.change_letter(letter, by=request.user, version=form.cleaned_data["version"], **_values(form))
    except services.LetterConflict as conflict:
        again = LetterForm.showing(**form.texts, version=conflict.stored.version)
        again.initial = {**again.initial, "days": form.cleaned_data["days"], "unless": form.cleaned_data["unless"]}
        return _page(request, letter.journey, again, letter, stored=conflict.stored, status=409)
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, letter.journey, form, letter, status=422)
    toast(request, _("Saved."))
    return redirect("community:letter_edit", slug, pk)


@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF], "img-src": PICTURES})  # type: ignore[arg-type]  # its stub knows no further arguments
def letter_mail(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """The mail itself, for the frame beside the text."""
    letter = access.get_letter(request.user, slug, pk)
    shown = Preview.of(request.GET)
    made = letters.compose(letter, letters.language_for(letter, shown.language), today_in(letter.journey.program))
    if shown.view == "text":
        text = newsletters.personal(made.text, request.user.first_name, "https://…")
        return render(request, "community/newsletters/mail/plain.html", {"text": text, "language": made.language})
    page = made.as_page(str(request.csp_nonce), window=shown.window)
    return HttpResponse(newsletters.personal_html(page, request.user.first_name, "#"))


@require_POST
@once
def letter_test(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    letter = access.get_letter(request.user, slug, pk)
    if letter.written_in:
        services.send_test(letter, language=Preview.of(request.POST).language, by=request.user)
        toast(request, _("A test is on its way to %(address)s.") % {"address": request.user.email})
    else:
        warn(request, _("There is nothing to send yet: first write a subject and a text in one language."))
    return redirect("community:letter_edit", slug, pk)


@require_POST
def letter_delete(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    letter = access.get_letter(request.user, slug, pk)
    services.delete_letter(letter, by=request.user)
    undo = reverse("community:letter_restore", args=[slug, pk])
    toast(request, _("Letter deleted: %(title)s.") % {"title": letter.subject}, undo=undo)
    return redirect("community:journey", slug, letter.journey_id)


@require_POST
def letter_restore(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    letter = access.get_letter(request.user, slug, pk, is_deleted=True)
    services.restore_letter(letter, by=request.user)
    return redirect("community:journey", slug, letter.journey_id)


def _values(form: LetterForm) -> dict[str, Any]:
    return form.texts | {"days": form.cleaned_data["days"], "unless": form.cleaned_data["unless"]}


def _page(
    request: PersonRequest,
    journey: Journey,
    form: LetterForm,
    letter: JourneyLetter | None = None,
    *,
    stored: JourneyLetter | None = None,
    earlier: Sequence[IssueTemplate] = (),
    status: int = 200,
) -> HttpResponse:
    report = letters.proof_of(letter) if letter else None
    context = _preview(request, letter) | {
        "program": journey.program,
        "journey": journey,
        "form": form.hang_on_letter(letter),
        "columns": form.columns(stored, report.missing if report else None),
        "stored": stored,
        "earlier": earlier,
        "report": report,
    }
    return render(request, "community/journeys/letter_edit.html", context, status=status)


def _preview(request: PersonRequest, letter: JourneyLetter | None) -> dict[str, Any]:
    return {
        "program": letter.journey.program if letter else None,
        "letter": letter,
        "shown": Preview.of(request.GET),
        "switches": SWITCHES,
        "languages": languages.choices(),
    }
