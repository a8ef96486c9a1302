from typing import Any

from django.utils import timezone

from analytics.reports.models import DecisionWord, Report, ReportTemplate
from analytics.reports.models_sharing import ReportLink
from tests.factories.reports import MONTHS
from tests.house.access_table import Form, Row, in_program
from tests.world import CAST

READERS = {
    "manager": 200,
    "executive": 200,
    "council": 200,
    "influencer": 403,
    "influencer2": 403,
    "coach": 403,
    "team": 403,
}
MAKERS = dict.fromkeys(("influencer", "influencer2", "coach", "team", "executive", "council"), 403)
OWN_WORD = READERS | {"manager": 403, "council": 403, "executive": 302}
WORD = in_program(pk=lambda world: world.decision_word.pk)
LINK = in_program(pk=lambda world: world.report_link.pk)
TEMPLATE = in_program(pk=lambda world: world.report_template.pk)
MASTER = in_program(pk=lambda world: world.report_master.pk)
ONE = in_program(pk=lambda world: world.report.pk)

ROWS = {
    "analytics:reports": Row(in_program(), expect=READERS),
    "analytics:report_new": Row(in_program(), expect=MAKERS | {"manager": 200}),
    "analytics:report_preview": Row(
        in_program(), method="post", data=lambda world: {"headline_en": "Looked at"}, expect=MAKERS | {"manager": 422}
    ),
    "analytics:report_links": Row(ONE, expect=MAKERS | {"manager": 200}),
    "analytics:report_link_end": Row(LINK, method="post", expect=MAKERS | {"manager": 302}),
    "analytics:report_link_restore": Row(LINK, method="post", expect=MAKERS | {"manager": 302}),
    "analytics:report_shared": Row(
        lambda world: {"token": world.report_token}, visitor=200, expect=dict.fromkeys(CAST, 200)
    ),
    "analytics:report_schedule": Row(in_program(), expect=MAKERS | {"manager": 200}),
    "analytics:report_templates": Row(in_program(), expect=MAKERS | {"manager": 200}),
    "analytics:report_template_new": Row(in_program(), expect=MAKERS | {"manager": 200}),
    "analytics:report_template_preview": Row(
        in_program(), method="post", data=lambda world: {"name": "Looked at"}, expect=MAKERS | {"manager": 422}
    ),
    "analytics:report_template_edit": Row(TEMPLATE, expect=MAKERS | {"manager": 200}),
    "analytics:report_template_delete": Row(TEMPLATE, method="post", expect=MAKERS | {"manager": 302}),
    "analytics:report_template_restore": Row(TEMPLATE, method="post", expect=MAKERS | {"manager": 302}),
    "analytics:report_master": Row(in_program(), expect=MAKERS | {"manager": 200}),
    "analytics:report_master_remove": Row(MASTER, method="post", expect=MAKERS | {"manager": 302}),
    "analytics:report_master_restore": Row(MASTER, method="post", expect=MAKERS | {"manager": 302}),
    "analytics:report_detail": Row(ONE, expect=READERS),
    "analytics:report_pdf": Row(ONE, expect=READERS),
    "analytics:report_data": Row(
        in_program(pk=lambda world: world.report.pk, kind=lambda world: "csv"), expect=READERS
    ),
    "analytics:report_picture": Row(
        in_program(
            pk=lambda world: world.report.pk, chart=lambda _world: "report-impressions", kind=lambda _world: "svg"
        ),
        expect=READERS,
    ),
    "analytics:report_delete": Row(ONE, method="post", expect=MAKERS | {"manager": 302}),
    "analytics:report_restore": Row(
        in_program(pk=lambda world: world.deleted_report.pk), method="post", expect=MAKERS | {"manager": 302}
    ),
    "analytics:report_decide": Row(
        ONE,
        method="post",
        data=lambda world: {"answer": "agreed"},
        expect=dict.fromkeys(("manager", "influencer", "influencer2", "coach", "team", "council"), 403)
        | {"executive": 302},
    ),
    "analytics:report_reply": Row(
        ONE,
        method="post",
        data=lambda world: {"text": "Six hours", "seen": world.decision_word.pk},
        expect=MAKERS | {"manager": 302},
    ),
    "analytics:report_word_withdraw": Row(WORD, method="post", expect=OWN_WORD),
    "analytics:report_word_restore": Row(WORD, method="post", expect=OWN_WORD),
}

EDITING: dict[str, Any] = {"analytics:report_template_edit": (), "analytics:report_schedule": ()}
NOBODY_ELSE_EDITS = {"analytics:report_links ShareForm": "makes something new: what it shows are suggestions"}
ONCE = {
    "analytics:report_new": Form(
        Report, lambda world: {"headline_en": "Once", "month": MONTHS[-1].isoformat(), "blocks": ["five"]}
    ),
    "analytics:report_links": Form(ReportLink, lambda world: {"ends_on": timezone.localdate().isoformat()}),
    "analytics:report_template_new": Form(ReportTemplate, lambda world: {"name": "Once", "blocks": ["five", "duel"]}),
    "analytics:report_decide": Form(
        DecisionWord,
        lambda world: {"answer": "asked", "text": "Once", "seen": world.decision_word.pk},
        page="analytics:report_detail",
        by="executive",
    ),
    "analytics:report_reply": Form(
        DecisionWord, lambda world: {"text": "Once", "seen": world.decision_word.pk}, page="analytics:report_detail"
    ),
}
