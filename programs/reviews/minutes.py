"""The minutes: the record of a review on paper."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.kit.papers import Paper, PaperSection
from core.kit.templatetags.ui import day as as_day
from programs.membership.sender import logo_on_paper
from programs.reviews import queries
from programs.reviews.models import Light, Review, ReviewAction
from programs.reviews.page import Record, moment_of, record_of, when

if TYPE_CHECKING:
    from core.people.models import User


def of(review: Review, user: "User") -> Paper:
    """As this person may read it."""
    record, milestone = record_of(review, user), review.milestone
    return Paper(
        title=_("Minutes: %(title)s") % {"title": milestone.title},
        author=review.program.company_name,
        made=f"{when(review)}, {review.program.name}",
        sections=[part for part in _sections(record) if part.text or part.rows],
        logo=logo_on_paper(review.program),
    )


def _sections(record: Record) -> list[PaperSection]:
    review, lights = record.review, record.has_lights
    points = [
        [str(row.about.label), *([_light(row.point.light)] if lights else []), row.point.text]
        for row in record.points
        if not row.is_waiting
    ]
    names = [str(row.user) for row in queries.present_at(review)]
    found = [[each.text] for each in record.findings]
    decided = [[str(each.decision.number) if each.decision else "", each.text] for each in record.decisions]
    first = [_("Point"), *([_("Traffic light")] if lights else []), _("Reason") if lights else _("Answer")]
    return [
        PaperSection(_("Who was there"), rows=[[", ".join(names)]] if names else [], header=[_("Names")]),
        PaperSection(
            _("From last time"), header=_action_header(), rows=[_action(each.action) for each in record.carried]
        ),
        PaperSection(
            _("From the checklists"),
            header=[_("Item"), _("Status")],
            rows=[[str(each.title), each.words] for each in record.agenda.topics],
        ),
        PaperSection(_("Traffic light") if lights else _("Three questions"), header=first, rows=points),
        PaperSection(_("Findings"), header=[_("Finding")], rows=found),
        PaperSection(_("Decisions"), header=[_("No."), _("Decision")], rows=decided),
        PaperSection(
            _("Agreed actions"), header=_action_header(), rows=[_action(each.action) for each in record.actions]
        ),
        PaperSection(_("Changes in the team"), header=[_("Change")], rows=[[review.team]] if review.team else []),
        PaperSection(_("Next date"), header=[_("Day")], rows=_next(review)),
    ]


def _light(value: str) -> str:
    return str(Light(value).label) if value else "–"


def _action_header() -> list[str]:
    return [_("Action"), _("Who"), _("Due"), _("Done")]


def _action(row: ReviewAction) -> list[str]:
    name = str(row.owner.user) if row.owner else "–"
    return [row.text, name, as_day(row.due_on), as_day(row.done_at)]


def _next(review: Review) -> list[list[str]]:
    date = review.next
    return [[moment_of(date)]] if date is not None and date.deleted_at is None else []
