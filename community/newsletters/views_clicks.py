"""Links of newsletters that lead through this site, and what switches that on."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.newsletters import access, clicks
from core.kit.returning import go_where_written
from core.kit.toasts import toast
from core.people.requests import PersonRequest
from programs.membership.access import Ability, get_program


@require_safe
@login_not_required
def counted_link(request: PersonRequest, token: str) -> HttpResponse:
    """To where the link leads, for whoever has it: it stood in a mail. 404 for one that no mail holds."""
    link = access.get_counted_link(token)
    clicks.note(link, request)
    answer = go_where_written(link.url)
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer


@require_POST
def newsletter_clicks(request: PersonRequest, slug: str) -> HttpResponse:
    """Whether it is counted how many people open the links of an issue."""
    program = get_program(request.user, slug, Ability.WRITE_NEWSLETTERS)
    is_on = request.POST.get("on") == "1"
    clicks.change_counting(program, is_on=is_on, by=request.user)
    said = _("From the next issue on, opened links are counted. The works council reads that you switched it on.")
    toast(request, said if is_on else _("From the next issue on, nothing is counted."))
    return redirect("community:newsletters", slug)
