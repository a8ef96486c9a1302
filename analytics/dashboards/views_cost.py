from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from analytics.dashboards import access
from analytics.dashboards.beside_cost import rows_of
from analytics.dashboards.equivalent import KEY
from analytics.dashboards.queries import scene_of
from analytics.dashboards.words import month_and_year
from analytics.kpis import cost, cost_services
from analytics.kpis.forms_cost import SpendForm
from analytics.kpis.forms_equivalent import EquivalentForm
from analytics.kpis.weeks import ended_months
from analytics.metrics.tabs import tabs_of
from core.kit.form_pages import FormPage, form_page
from core.kit.returning import go_to
from core.kit.toasts import toast, warn
from core.once.sending import once
from core.people.requests import PersonRequest
from programs.charter.queries import currency_of

MONTHS = 25  # as far back as a report knows figures


@once
def costs(request: PersonRequest, slug: str) -> HttpResponse:
    """What a thousand impressions cost, of people and of the company account, and what the latter took each month."""
    program = access.get_costs(request.user, slug)
    months = ended_months(timezone.localdate(), MONTHS)[::-1]
    form = SpendForm(
        request.POST if request.method == "POST" else None,
        months=[(month, month_and_year(month)) for month in months],
        currency=currency_of(program),
    )
    if request.method == "POST" and form.is_valid():
        month, amount = form.cleaned_data["month"], form.cleaned_data["amount"]
        row, before = cost_services.set_spend(program, month, amount, by=request.user)
        undo, words = "", {"month": month_and_year(month)}
        if before is None:
            text, undo = _("The amount for %(month)s is saved."), reverse("analytics:spend_remove", args=[slug, row.pk])
        else:
            text = _("The amount for %(month)s is saved. Before, it was %(amount)s.")
            words["amount"] = cost.money(before, row.currency, 2)
        toast(request, text % words, undo=undo)
        return go_to(_page(slug))
    page = FormPage(
        title=_("Cost beside the company account"),
        lead=_(
            "What a thousand impressions cost: people's by the budget of the charter, the company "
            "account's by what you enter here."
        ),
        submit=_("Save the amount"),
        up=[(_("Figures"), reverse("analytics:dashboard", args=[slug]))],
    )
    board = scene_of(program, months=MONTHS).board
    return form_page(
        request,
        form,
        page,
        template="analytics/dashboards/costs.html",
        program=program,
        tabs=tabs_of(request, program, "dashboard"),
        rows=rows_of(program, board, months[0]),
        spends=[
            (row, month_and_year(row.month), cost.money(row.amount, row.currency, 2)) for row in cost.spends_of(program)
        ],
    )


@require_POST
def spend_remove(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    row = cost_services.remove_spend(access.get_spend(request.user, slug, pk), by=request.user)
    undo = reverse("analytics:spend_restore", args=[slug, pk])
    toast(request, _("The amount for %(month)s is removed.") % {"month": month_and_year(row.month)}, undo=undo)
    return go_to(_page(slug))


@require_POST
def spend_restore(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    row = access.get_spend(request.user, slug, pk)
    name = {"month": month_and_year(row.month)}
    if cost_services.restore_spend(row, by=request.user):
        toast(request, _("The amount for %(month)s is restored.") % name)
    else:
        warn(request, _("There is another amount for %(month)s by now. Nothing was changed.") % name)
    return go_to(_page(slug))


def _page(slug: str) -> str:
    return reverse("analytics:costs", args=[slug])


def equivalent(request: PersonRequest, slug: str) -> HttpResponse:
    """Whether the advertising equivalent is shown, and at which price."""
    program = access.get_costs(request.user, slug)
    price = cost.price_of(program)
    now = {"is_shown": price.is_shown, "per_thousand": price.per_thousand} if price else {}
    form = EquivalentForm(
        request.POST if request.method == "POST" else None, initial=now, currency=currency_of(program)
    )
    figure = reverse("analytics:kpi", args=[slug, KEY])
    if request.method == "POST" and form.is_valid():
        cost_services.set_equivalent(program, by=request.user, **form.cleaned_data)
        toast(request, _("The advertising equivalent is saved."))
        return go_to(figure)
    page = FormPage(
        title=_("Price of the advertising equivalent"),
        lead=_(
            "What as many impressions would have cost as advertising. It says nothing about what they brought, and is "
            "off unless you turn it on."
        ),
        up=[(_("Figures"), reverse("analytics:dashboard", args=[slug])), (_("Advertising equivalent"), figure)],
    )
    return form_page(request, form, page, program=program)
