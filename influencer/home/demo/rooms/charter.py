"""The demo's program charter: goals with figures, backing, stakeholders, risks, budget, duties."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from core.kit.languages import in_language
from influencer.home.demo import texts
from influencer.home.demo.rooms import Demo
from programs.charter import services
from programs.charter.line_kinds import KINDS
from programs.charter.models import CharterRow


def load(demo: Demo) -> None:
    content, language = texts.read("charter"), texts.company(demo.company)["language"]

    def add(name: str, /, **fields: Any) -> CharterRow:
        return services.add_row(demo.program, KINDS[name], by=demo.manager, **fields)

    def said(row: dict[str, Any], *names: str) -> dict[str, Any]:
        return row | {name: in_language(row[name], language) for name in names}

    goals = list(demo.program.goals.values_list("text", flat=True))
    figures = dict(zip(goals, content["figures"], strict=False))
    written = {name: content[name] for name in ("reason", "end_point", "privileges")}
    services.write_charter(
        demo.program, goals={goal: figures.get(goal, []) for goal in goals}, by=demo.manager, **written
    )
    lead = demo.program.memberships.get(user=demo.manager)
    for row in content["commitments"]:
        given = said({key: value for key, value in row.items() if key != "weeks_ago"}, "given_by", "text")
        add("commitment", **given, given_on=demo.today - timedelta(weeks=row["weeks_ago"]))
    groups = [add("stakeholder", **said(row, "name", "concern", "next_step")) for row in content["stakeholders"]]
    for row in content["risks"]:
        add("risk", **said(row, "text", "next_step"), owner=lead)
    for row in content["budget"]:
        numbers = {name: Decimal(row[name]) for name in ("planned", "actual", "rate") if name in row}
        add("budget", **(said(row, "title") | numbers))
    for row in content["duties"]:
        holders = {f"m{lead.pk}": "A"}
        for part in ("consulted", "informed"):
            holders |= {f"s{groups[place].pk}": part[0].upper() for place in row.get(part, [])}
        add("duty", title=row["title"], holders=holders)
