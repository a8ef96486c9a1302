from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from analytics.activities import access, my_score, score_services
from analytics.activities.forms_score import SocialScoreForm
from analytics.activities.models import SocialScore
from core.kit.form_pages import FormPage, form_page
from core.kit.returning import go_to
from core.kit.toasts import toast, warn
from core.people.requests import PersonRequest


def own_score(request: PersonRequest, slug: str) -> HttpResponse:
    """LinkedIn's score, entered by whoever wants to, and its own history."""
    program = access.get_logging(request.user, slug)
    address = reverse("analytics:own_score", args=[slug])
    if request.method == "POST" and "removed" in request.GET:
        if score_services.put_back(program, request.GET["removed"], by=request.user):
            toast(request, _("The month is back."))
        else:
            warn(request, _("The month could not be brought back. Please enter it again."))
        return go_to(address)
    scores = my_score.scores_of(request.user, program)
    months = my_score.months_to_enter(timezone.localdate())
    here = next((each for each in scores if each.month == months[0][0]), None)
    known = {part: getattr(here, part).normalize() + 0 for part in SocialScore.PARTS} if here else {}
    form = SocialScoreForm(request.POST if request.method == "POST" else None, months=months, initial=known)
    if request.method == "POST" and form.is_valid():
        month = form.cleaned_data["month"]
        removed = score_services.keep_score(program, month=month, parts=form.parts, by=request.user)
        undo = f"{address}?{urlencode({'removed': removed})}" if removed else ""
        toast(request, _("Saved, for you alone.") if form.parts else _("The month is removed."), undo=undo)
        return go_to(address)
    page = FormPage(
        title=_("Social Selling Index"),
        up=[(_("My activities"), reverse("analytics:activity_list", args=[slug]))],
        lead=_(
            "LinkedIn scores how much you use LinkedIn: four parts of up to 25. It says nothing about what you do for "
            "others or what the program brings, and a higher score is no aim here. Entering it is up to you."
        ),
        shield=_("Only you see your scores. They count for the mean of the group only if you agreed to its figures."),
    )
    template = "analytics/activities/own_score.html"
    chart = my_score.score_chart(scores)
    return form_page(request, form, page, template=template, program=program, chart=chart, scores=scores[::-1])
