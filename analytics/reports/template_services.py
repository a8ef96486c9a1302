"""Saving, changing and removing a program's own templates of reports."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from analytics.reports.models import ReportTemplate
from analytics.reports.verbs import ReportsVerb
from core.journal import services as journal
from core.journal.changes import changes_of
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


@transaction.atomic
def save_template(program: Program, name: str, blocks: Sequence[str], *, by: "User") -> ReportTemplate:
    """For everybody who makes reports of the program."""
    template = ReportTemplate.objects.create(program=program, name=name, blocks=list(blocks))
    journal.record(ReportsVerb.TEMPLATE_SAVED, template, by=by)
    return template


@transaction.atomic
def edit_template(
    template: ReportTemplate, *, name: str | None = None, blocks: Sequence[str] | None = None, by: "User"
) -> ReportTemplate:
    """Reports that were made from it stay as they are. What is not given is left."""
    template.name = template.name if name is None else name
    template.blocks = template.blocks if blocks is None else list(blocks)
    if changes := changes_of(template, ("name", "blocks"), unsaid=("blocks",)):
        template.save(update_fields=["name", "blocks"])
        journal.record(ReportsVerb.TEMPLATE_EDITED, template, by=by, changes=changes)
    return template


@transaction.atomic
def delete_template(template: ReportTemplate, *, by: "User") -> ReportTemplate:
    template.put_away()
    journal.record(ReportsVerb.TEMPLATE_DELETED, template, by=by)
    return template


@transaction.atomic
def restore_template(template: ReportTemplate, *, by: "User") -> ReportTemplate:
    template.take_back()
    journal.record(ReportsVerb.TEMPLATE_RESTORED, template, by=by)
    return template
