"""The lists of the charter: what a line of each is, which form it has, and on which page it stands."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from programs.charter import forms
from programs.charter.models import BudgetLine, CharterRow, Commitment, Duty, Risk, Stakeholder


@dataclass(frozen=True)
class ListKind:
    name: str
    model: type[CharterRow]
    form: type[forms.RowForm]
    page: str  # where the lines stand
    page_label: Promise
    new: Promise


KINDS = {
    kind.name: kind
    for kind in (
        ListKind(
            "commitment", Commitment, forms.CommitmentForm, "programs:charter", _("Charter"), _("Record a commitment")
        ),
        ListKind("duty", Duty, forms.DutyForm, "programs:charter_duties", _("Roles"), _("Add a duty")),
        ListKind(
            "stakeholder",
            Stakeholder,
            forms.StakeholderForm,
            "programs:charter_stakeholders",
            _("Stakeholders"),
            _("Add a stakeholder"),
        ),
        ListKind("risk", Risk, forms.RiskForm, "programs:charter_risks", _("Risks"), _("Add a risk")),
        ListKind(
            "budget", BudgetLine, forms.BudgetForm, "programs:charter_budget", _("Budget"), _("Add a budget line")
        ),
    )
}
