from analytics.reports.models import Report
from tests.factories.reports import MONTHS
from tests.house.access_table import Form, Row, in_program

READERS = {"manager": 200, "executive": 200, "council": 200, "influencer": 403, "influencer2": 403, "coach": 403}
MAKERS = dict.fromkeys(("influencer", "influencer2", "coach", "executive", "council"), 403)
ONE = in_program(pk=lambda world: world.report.pk)

ROWS = {
    "analytics:reports": Row(in_program(), expect=READERS),
    "analytics:report_new": Row(in_program(), expect=MAKERS | {"manager": 200}),
    "analytics:report_detail": Row(ONE, expect=READERS),
    "analytics:report_pdf": Row(ONE, expect=READERS),
    "analytics:report_data": Row(
        in_program(pk=lambda world: world.report.pk, kind=lambda world: "csv"), expect=READERS
    ),
    "analytics:report_delete": Row(ONE, method="post", expect=MAKERS | {"manager": 302}),
    "analytics:report_restore": Row(
        in_program(pk=lambda world: world.deleted_report.pk), method="post", expect=MAKERS | {"manager": 302}
    ),
}

ONCE = {
    "analytics:report_new": Form(Report, lambda world: {"headline_en": "Once", "month": MONTHS[-1].isoformat()}),
}
