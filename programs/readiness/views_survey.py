"""The survey without an account: who has the link answers once on a device. Nothing says who it was: no name, no time,
no network address; that it was answered is kept on the device alone."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.kit import limits
from programs.readiness import access, queries, results, services, survey
from programs.readiness.forms import SurveyForm

SALT, YES = "readiness.answered", "yes"
KEPT = 90 * 24 * 3600  # longer than the longest round
ASKED_PER_HOUR = 600  # from one place: a whole company may share one network address


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def survey_page(request: HttpRequest, key: str) -> HttpResponse:
    row = access.find_round(key)
    cookie = f"survey_{row.key[:16]}"  # one for each round; the signature holds for its name as well
    is_done = request.get_signed_cookie(cookie, "", salt=SALT, max_age=KEPT) == YES
    is_over = not queries.takes_answers(row)
    form = SurveyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not (is_done or is_over) and form.is_valid():
        if not limits.is_within(f"survey:{limits.address_of(request)}", ASKED_PER_HOUR, 3600):
            return render(request, "429.html", status=429)
        try:
            services.answer(row, form.answers)
        except services.SurveyIsOver:
            return redirect("programs:survey", key)
        answer: HttpResponse = redirect("programs:survey", key)
        answer.set_signed_cookie(
            cookie, YES, salt=SALT, max_age=KEPT, httponly=True, samesite="Lax", secure=request.is_secure()
        )
        return answer
    context = {"program": row.program, "form": form, "is_done": is_done, "is_over": is_over}
    context["enough"] = results.enough(row.program.group_minimum)
    context["blocks"] = [
        (field.title, [(form[each.key], not each.choices) for each in field.statements]) for field in survey.fields()
    ]
    page = render(request, "programs/readiness/survey.html", context, status=422 if form.errors else 200)
    page["X-Robots-Tag"] = "noindex, nofollow"
    return page
