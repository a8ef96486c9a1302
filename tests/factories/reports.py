from datetime import date, timedelta
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.utils import timezone

from analytics.dashboards.charts import Scene
from analytics.kpis.queries import Board, Point
from analytics.reports.deciding import say
from analytics.reports.models import DecisionWord, Report
from analytics.reports.models_master import ReportMaster
from analytics.reports.services import make_report
from analytics.reports.sharing import make_link
from analytics.reports.template_services import save_template
from core.news.models import Notification
from programs.membership.models import Program
from tests.factories.attachments import make_attachment

ORDER = 80
MONTHS = [date(2026, month, 1) for month in range(5, 11)]


def point(month: date, value: Any, above: Any = None, below: Any = None, *, state: str = "shown") -> Point:
    numbers = [None if each is None else Decimal(str(each)) for each in (value, above, below)]
    return Point(month, state, *numbers, people=20 if state == "shown" else None)


def board_of_six_months() -> Board:
    """Known figures, so that a test can find each of them on the page and in the PDF."""
    board = Board()
    for place, month in enumerate(MONTHS):
        board.lines["impressions", "people", None, "month"].append(point(month, 20_000 + 10_000 * place))
        board.lines["interactions", "people", None, "month"].append(point(month, 1000 + 234 * place))
        rate = Decimal("0.030") + Decimal("0.004") * place
        board.lines["engagement_rate", "people", None, "month"].append(point(month, rate, rate * 10_000, 10_000))
        board.lines["engagement_rate", "company", None, "month"].append(point(month, "0.02", 200, 10_000))
        board.lines["value_mix", "people", None, "month"].append(point(month, "0.83", 83, 100))
        board.lines["activity_rate", "people", None, "month"].append(point(month, "0.71", 17, 24))
        board.lines["members_active", "people", None, "month"].append(point(month, 24))
    return board


def scene_of(program: Program, board: Board | None = None) -> Scene:
    targets = {"value_mix": Decimal("0.80"), "activity_rate": Decimal("0.75"), "people_vs_company": Decimal(200)}
    return Scene(program, board or board_of_six_months(), targets, months=12)


def furnish(world: Any) -> None:
    words: dict[str, Any] = {"headline": {"en": "The program carries.", "de": "Das Programm trägt."}}
    scene = scene_of(world.program)
    asked = words | {"decision": {"en": "A fourth generation?", "de": "Eine vierte Generation?"}}
    world.report = make_report(scene, MONTHS[-1], asked, by=world.manager)
    kind = DecisionWord.Kind.ASKED
    world.decision_word = say(world.report, kind, text="What does it cost?", seen=0, by=world.executive)
    world.deleted_report = make_report(scene, MONTHS[-2], words, by=world.manager)
    Report.objects.filter(pk=world.deleted_report.pk).update(deleted_at=timezone.now())
    ends_on = timezone.localdate() + timedelta(days=30)
    world.report_link, world.report_token = make_link(world.report, ends_on=ends_on, by=world.manager)
    world.report_template = save_template(world.program, "For the board", ["five", "summary"], by=world.manager)
    world.report_master = _removed_master(world)
    Notification.objects.filter(kind__startswith="reports.").delete()  # told while it was furnished


def empty_slides() -> bytes:
    """The empty file that python-pptx brings along: eleven layouts, four to three."""
    spec = find_spec("pptx")
    assert spec is not None
    assert spec.origin is not None
    return (Path(spec.origin).parent / "templates" / "default.pptx").read_bytes()


OFFERS = {
    "wide": 10.0,
    "high": 7.5,
    "layouts": 11,
    "cover": {
        "place": 0,
        "name": "Title Slide",
        "title": [0.75, 2.33, 8.5, 1.608],
        "below": 1,
        "below_box": [1.5, 4.25, 7.0, 1.917],
        "size": 44.0,
    },
    "page": {
        "place": 5,
        "name": "Title Only",
        "title": [0.5, 0.3, 9.0, 1.25],
        "room": [0.5, 1.75, 9.0, 4.95],
        "size": 44.0,
    },
    "look": {
        "ground": "#ffffff",
        "text": "#000000",
        "accents": ["#4f81bd", "#c0504d", "#9bbb59", "#8064a2", "#4bacc6", "#f79646"],
        "fonts": ["Calibri"],
        "has_pictures": False,
    },
    "said": [],
}


def _removed_master(world: Any) -> ReportMaster:
    """The company's slides, removed: reports have the standard look unless a test restores them."""
    removed = timezone.now()
    kept = make_attachment(
        world.program.pk,
        kind="report_master",
        target_id=world.program.pk,
        name="Nordwerk.potx",
        content=empty_slides(),
        by=world.manager,
        deleted_at=removed,
    )
    return ReportMaster.objects.create(program=world.program, file=kept, offers=OFFERS, deleted_at=removed)
