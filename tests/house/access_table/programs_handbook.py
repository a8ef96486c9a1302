from typing import Any

from django.utils import timezone

from core.attachments.models import Attachment
from programs.handbook.models import Decision, HandbookPage
from tests.house.access_table import Form, Row, in_program
from tests.house.access_table.programs_membership import INSIDE, only

PAGE = in_program(pk=lambda world: world.handbook_page.pk)
VERSION = in_program(pk=lambda world: world.handbook_page.pk, number=lambda world: 1)
SHOWN = in_program(pk=lambda world: make_shown(world).pk)
DECISION = in_program(pk=lambda world: world.decision.pk)


def make_shown(world: Any) -> HandbookPage:
    HandbookPage.objects.filter(pk=world.handbook_page.pk).update(
        for_guests=True, guest_version=1, guest_at=timezone.now()
    )
    page: HandbookPage = world.handbook_page
    return page


READERS = dict.fromkeys(INSIDE, 200)
WRITERS = only(200, "manager", "coach", "team")
DONE = only(302, "manager", "coach", "team")

ROWS = {
    "programs:handbook": Row(in_program(), expect=READERS),
    "programs:handbook_file": Row(in_program(), expect=READERS),
    "programs:handbook_page": Row(PAGE, expect=READERS),
    "programs:handbook_start": Row(in_program(), method="post", expect=DONE),
    "programs:handbook_page_new": Row(in_program(), expect=WRITERS),
    "programs:handbook_page_edit": Row(PAGE, expect=WRITERS),
    "programs:handbook_page_arrange": Row(PAGE, expect=WRITERS),
    "programs:handbook_page_move": Row(PAGE, method="post", expect=DONE),
    "programs:handbook_page_approve": Row(
        PAGE, method="post", data=lambda world: {"version": 1}, expect=only(302, "manager")
    ),
    "programs:handbook_page_unapprove": Row(PAGE, method="post", expect=only(302, "manager")),
    "programs:handbook_page_publish": Row(PAGE, method="post", expect=DONE),
    "programs:handbook_page_unpublish": Row(PAGE, method="post", expect=DONE),
    "programs:handbook_page_delete": Row(PAGE, method="post", expect=DONE),
    "programs:handbook_page_restore": Row(PAGE, method="post", expect=DONE),
    "programs:handbook_page_files": Row(PAGE, expect=WRITERS),
    "programs:handbook_for_guests": Row(SHOWN, expect=READERS | {"agency": 200}),
    "programs:handbook_show_guests": Row(PAGE, method="post", expect=only(302, "manager")),
    "programs:handbook_hide_guests": Row(PAGE, method="post", expect=only(302, "manager")),
    "programs:handbook_versions": Row(PAGE, expect=WRITERS),
    "programs:handbook_version_again": Row(VERSION, method="post", expect=DONE),
    "programs:decisions": Row(in_program(), expect=READERS),
    "programs:decision_new": Row(in_program(), expect=WRITERS),
    "programs:decision_edit": Row(DECISION, expect=WRITERS),
    "programs:decision_delete": Row(DECISION, method="post", expect=DONE),
    "programs:decision_restore": Row(DECISION, method="post", expect=DONE),
}

ONCE = {
    "programs:handbook_page_files": Form(Attachment, lambda world: {}, files={"file": b"Agenda"}),
    "programs:handbook_page_new": Form(
        HandbookPage, lambda world: {"title": "Once", "text": "Once is enough", "based_on": 0}
    ),
    "programs:decision_new": Form(Decision, lambda world: {"text_en": "Once", "decided_on": "2026-11-02"}),
}
SAFE_TWICE = {
    "programs:handbook_page_publish": "it is published already",
    "programs:handbook_page_unpublish": "it is a draft already",
    "programs:handbook_show_guests": "it is shown already",
    "programs:handbook_hide_guests": "it is hidden already",
    "programs:handbook_file": "a file is made anew for each look",
    "programs:handbook_start": "the handbook is there already",
    "programs:handbook_page_edit": "the version it is based on is not the last any more",
    "programs:handbook_version_again": "the version is the last one already",
}
