"""The public archive, and what switches it on."""

from csp.constants import SELF
from csp.decorators import csp_replace
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.newsletters import access, letters, public_archive
from core.kit import languages
from core.kit.toasts import toast, warn
from core.people.requests import PersonRequest
from programs.membership.access import Ability, get_program


@login_not_required
def public_archive_list(request: PersonRequest, slug: str) -> HttpResponse:
    program = public_archive.find_archive(slug)
    context = {"program": program, "issues": public_archive.issues_of(program).defer("body", "frozen")}
    page = render(request, "community/newsletters/public_archive.html", context)
    page["X-Robots-Tag"] = "noindex, nofollow"
    return page


@csp_replace({"img-src": [SELF]})  # type: ignore[arg-type]  # its stub knows no further arguments
@login_not_required
def public_issue(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    program = public_archive.find_archive(slug)
    issue = public_archive.find_issue(program, pk)
    language = letters.language_for(issue, languages.current())
    context = {
        "program": program,
        "issue": issue,
        "language": language,
        "subject": issue.subject.texts.get(language, ""),
        "body": public_archive.body_of(issue, language),
    }
    page = render(request, "community/newsletters/public_issue.html", context)
    page["X-Robots-Tag"] = "noindex, nofollow"
    return page


@require_POST
def newsletter_archive(request: PersonRequest, slug: str) -> HttpResponse:
    """Whether chosen issues can be read without signing in."""
    program = get_program(request.user, slug, Ability.WRITE_NEWSLETTERS)
    is_on = request.POST.get("on") == "1"
    public_archive.change_archive(program, is_on=is_on, by=request.user)
    said = _("Issues that you choose can now be read by everybody.") if is_on else _("Nobody else can read issues now.")
    toast(request, said)
    return redirect("community:newsletters", slug)


@require_POST
def issue_public(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Let everybody read an issue, or no longer."""
    issue = access.get_issue_to_write(request.user, slug, pk)
    is_public = request.POST.get("on") == "1"
    try:
        public_archive.publish_issue(issue, is_public=is_public, by=request.user)
    except ValidationError as error:
        warn(request, error.messages[0])
    else:
        address = request.build_absolute_uri(reverse("community:public_issue", args=[slug, pk]))
        shown = _("Everybody with this address can read it: %(address)s") % {"address": address}
        toast(request, shown if is_public else _("Only members can read it now."))
    return redirect("community:issue_read", slug, pk)
