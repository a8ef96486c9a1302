from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from analytics.benefits import access, queries, services
from analytics.benefits.forms import BenefitForm
from analytics.benefits.models import Benefit
from analytics.metrics.tabs import tabs_of
from core.kit.form_pages import FormPage, form_page
from core.kit.toasts import toast
from core.once.sending import once
from core.people.requests import PersonRequest


@require_safe
def benefits(request: PersonRequest, slug: str) -> HttpResponse:
    """What was told to who asks, the newest first."""
    program = access.get_reading(request.user, slug)
    context = {
        "program": program,
        "tabs": tabs_of(request, program, "benefits"),
        "told": queries.told_to(request.user, program),
    }
    return render(request, "analytics/benefits/benefits.html", context)


@require_safe
def benefits_mine(request: PersonRequest, slug: str) -> HttpResponse:
    program = access.get_telling(request.user, slug)
    own = [(row, queries.about_of(row)) for row in queries.own_benefits(request.user, program)]
    return render(request, "analytics/benefits/benefits_mine.html", {"program": program, "own": own})


@once
def benefit_new(request: PersonRequest, slug: str) -> HttpResponse:
    """What somebody could do because of the program, and who may read it."""
    program = access.get_telling(request.user, slug)
    form = BenefitForm(request.POST or None, program=program)
    mine = reverse("analytics:benefits_mine", args=[slug])
    if request.method == "POST" and form.is_valid():
        benefit = services.tell_success(program, by=request.user, **form.told)
        undo = reverse("analytics:benefit_withdraw", args=[slug, benefit.pk])
        toast(request, _("Told. You can withdraw it here at any time."), undo=undo)
        return redirect("analytics:benefits_mine", slug)
    page = FormPage(title=_("Tell a success"), up=[(_("My successes"), mine)], submit=_("Tell it"))
    return form_page(request, form, page, program=program)


@require_POST
def benefit_withdraw(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    benefit = services.withdraw_success(access.get_own_benefit(request.user, slug, pk), by=request.user)
    undo = reverse("analytics:benefit_restore", args=[slug, pk])
    toast(request, _("Withdrawn. Nobody can read it here any more."), undo=undo)
    return _to_own(request, benefit)


@require_POST
def benefit_restore(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    benefit = services.tell_again(access.get_own_benefit(request.user, slug, pk), by=request.user)
    toast(request, _("Told again."))
    return _to_own(request, benefit)


def _to_own(request: PersonRequest, benefit: Benefit) -> HttpResponse:
    """Where the person finds the rest: who has left, or whose program is archived, on the page of the own rights."""
    if access.can_tell(request.user, benefit.program):
        return redirect("analytics:benefits_mine", benefit.program.slug)
    return redirect("privacy:mine", benefit.program.slug)
