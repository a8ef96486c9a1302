from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from influencer.embedded import inbox as mailbox

MAILS_PER_PAGE = 50
# A mail brings its own styles and nothing else; its links open the page around it.
MAIL_POLICY = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; "
    "sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
)


@login_not_required  # who is invited has no account yet
@require_safe
@never_cache
def inbox(request: HttpRequest) -> HttpResponse:
    """Every mail that the demo has sent, newest first."""
    mailbox.access(request)
    search = request.GET.get("q", "")
    page = Paginator(mailbox.mails(search), MAILS_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "embedded/inbox.html", {"page": page, "search": search})


@login_not_required
@require_safe
@never_cache
def inbox_mail(request: HttpRequest, name: str) -> HttpResponse:
    """One mail as it was delivered: headers, text and picture."""
    mailbox.access(request)
    mail = mailbox.get_mail(name)
    context = {"mail": mail, "headers": list(mail.headers()), "text": mail.part("plain"), "html": mail.part("html")}
    return render(request, "embedded/inbox_mail.html", context)


@login_not_required
@require_safe
@never_cache
@xframe_options_sameorigin
def inbox_html(request: HttpRequest, name: str) -> HttpResponse:
    """The HTML part alone, for the frame on the mail's page: no scripts, no forms, nothing from elsewhere."""
    mailbox.access(request)
    response = HttpResponse('<base target="_top">' + mailbox.get_mail(name).part("html"))
    response["Content-Security-Policy"] = MAIL_POLICY
    return response
