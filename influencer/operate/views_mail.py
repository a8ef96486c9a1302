from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from core.kit import dkim_signing
from core.notify import bounces, providers, tokens
from core.notify.domain import mail_domain
from core.people.requests import PersonRequest
from influencer.operate import access, mail_records
from influencer.operate.places import show


@require_safe
def mail(request: PersonRequest) -> HttpResponse:
    """Whether receivers can tell the site's mails from forged ones, and what has to be published for it."""
    access.require_administrator(request.user)
    context = {
        "records": mail_records.records(),
        "domain": mail_domain(),
        "is_asked": settings.MAIL_DNS,
        "signs": dkim_signing.is_on(),
        "reads_mailbox": bounces.is_on(),
        "provider": providers.listens_to(),
        "events_url": settings.SITE_URL + tokens.events_path(),
    }
    return show(request, "mail", "mail", context)
