from typing import Any

from programs.library.models import PlanTemplate
from tests.house.access_table import Form, Row, in_program
from tests.house.access_table.programs_charter import CHANGES, LEADS

ONE = {"text": "name: Once\nphases:\n- name: One"}


def ref(world: Any) -> str:
    return world.template.ref


def use(world: Any) -> int:
    return world.template_use.pk


OF_TEMPLATE = in_program(ref=ref)
NUMBERED = in_program(ref=ref, number=lambda world: 1)

ROWS = {
    "programs:library": Row(in_program(), expect=LEADS),
    "programs:template_new": Row(in_program(), expect=LEADS),
    "programs:template_import": Row(in_program(), expect=LEADS),
    "programs:template_keep": Row(in_program(), method="post", data=lambda world: ONE, expect=CHANGES),
    "programs:template_untake": Row(in_program(pk=use), method="post", expect=CHANGES),
    "programs:template_detail": Row(OF_TEMPLATE, expect=LEADS),
    "programs:template_take": Row(OF_TEMPLATE, expect=LEADS),
    "programs:template_file": Row(OF_TEMPLATE, expect=LEADS),
    "programs:template_copy": Row(OF_TEMPLATE, method="post", expect=CHANGES),
    "programs:template_delete": Row(OF_TEMPLATE, method="post", expect=CHANGES),
    "programs:template_restore": Row(OF_TEMPLATE, method="post", expect=CHANGES),
    "programs:template_edit": Row(OF_TEMPLATE, expect=LEADS),
    "programs:template_phase": Row(NUMBERED, expect=LEADS),
    "programs:template_phase_delete": Row(NUMBERED, method="post", expect=CHANGES),
    "programs:template_versions": Row(OF_TEMPLATE, expect=LEADS),
    "programs:template_version_restore": Row(NUMBERED, method="post", expect=CHANGES),
    "programs:template_news": Row(in_program(pk=use), expect=LEADS),
}

ONCE = {
    "programs:template_new": Form(PlanTemplate, lambda world: {"name_en": "Once", "name_de": "Einmal"}),
}
