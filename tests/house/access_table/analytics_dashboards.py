from typing import Any

from analytics.dashboards import picture
from core.kit.charts import Chart, ChartCell, ChartKind, ChartSeries
from tests.house.access_table import Row, in_program
from tests.house.access_table.analytics_imports import named_post

EVERYBODY = dict.fromkeys(("manager", "influencer", "influencer2", "coach", "team", "executive", "council"), 200)
#: Own figures are for those who take part; the address names nobody.
OWN = {
    "influencer": 200,
    "influencer2": 200,
    "manager": 403,
    "coach": 403,
    "team": 403,
    "executive": 403,
    "council": 403,
}

COSTS = dict.fromkeys(EVERYBODY, 403) | {"manager": 200}
SPEND = in_program(pk=lambda world: world.spend.pk)


def picture_of(world: Any) -> dict[str, Any]:
    bar = ChartSeries("n", (ChartCell(3, "3"),))
    chart = Chart("n", ChartKind.BARS, "s", "Month", ("May",), (bar,), what="People")
    return {"token": picture.picture_of(chart).address.split("/")[-1].removesuffix(".png")}


ROWS = {
    # in a mail: whoever has it has the address
    "analytics:mail_picture": Row(picture_of, others=200, visitor=200),
    "analytics:dashboard": Row(in_program(), expect=EVERYBODY),
    "analytics:dashboard_export": Row(in_program(), expect=EVERYBODY),
    "analytics:costs": Row(in_program(), expect=COSTS),
    "analytics:spend_remove": Row(SPEND, "post", expect=COSTS | {"manager": 302}),
    "analytics:spend_restore": Row(SPEND, "post", expect=COSTS | {"manager": 302}),
    "analytics:equivalent": Row(in_program(), expect=COSTS),
    "analytics:kpi_catalogue": Row(in_program(), expect=EVERYBODY),
    "analytics:kpi": Row(in_program(key=lambda world: "impressions"), expect=EVERYBODY),
    "analytics:mine": Row(in_program(), expect=OWN),
    "analytics:mine_export": Row(in_program(), expect=OWN),
    "analytics:my_posts": Row(in_program(), expect=OWN),
    "analytics:my_post_note": Row(
        in_program(),
        "post",
        lambda world: {"post": named_post(world), "worked": "A question at the start"},
        expect=OWN | {"influencer": 302, "influencer2": 404},
    ),
    # also of who has left; who never took part has none
    "analytics:my_dossier": Row(in_program(), expect=dict.fromkeys(OWN, 404) | {"influencer": 200, "influencer2": 200}),
}

EDITING: dict[str, Any] = {"analytics:equivalent": ()}
