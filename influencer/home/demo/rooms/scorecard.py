"""The demo's strategy map: how one thing leads to another."""

from analytics.scorecard import services
from analytics.scorecard.models import StrategyAim
from core.kit.languages import in_language
from influencer.home.demo import texts
from influencer.home.demo.rooms import Demo


def load(demo: Demo) -> None:
    language = texts.company(demo.company)["language"]
    known: dict[str, StrategyAim] = {}
    for row in texts.read("scorecard")["aims"]:
        known[row["key"]] = services.add_aim(
            demo.program,
            text=in_language(row["text"], language),
            perspective=row["perspective"],
            kpi=row["kpi"],
            feeds=[known[key] for key in row.get("feeds", [])],
            by=demo.manager,
        )
