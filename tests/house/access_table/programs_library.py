from typing import Any

from tests.house.access_table import Row, in_program
from tests.house.access_table.programs_charter import CHANGES, LEADS

ONE = {"text": "name: Once\nphases:\n- name: One"}


def ref(world: Any) -> str:
    return world.template.ref


def use(world: Any) -> int:
    return world.template_use.pk


OF_TEMPLATE = in_program(ref=ref)

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
}
