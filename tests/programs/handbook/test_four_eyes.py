"""Nobody approves a page that they wrote, unless nobody else leads the program."""

from typing import Any

from programs.handbook import access, queries, services
from programs.handbook.models import HandbookPage
from tests.programs.handbook.test_handbook import url
from tests.world import join, make_user


def test_nobody_approves_what_they_wrote(world: Any, sign_in: Any) -> None:
    page = world.handbook_page
    HandbookPage.objects.filter(pk=page.pk).update(approver=world.coach_membership, is_published=True)
    services.write_page(page, language="en", title="Time", text="Two hours.", based_on=1, by=world.coach)
    approve = url(world, "handbook_page_approve", page.pk)
    assert not queries.waiting_for(world.coach, world.program)
    assert sign_in(world.coach).post(approve, {"version": 2}).status_code == 403
    sign_in(world.manager).post(approve, {"version": 2})
    page.refresh_from_db()
    assert page.approved_by == world.manager
    services.write_page(page, language="en", title="Time", text="Three.", based_on=2, by=world.manager)
    page.refresh_from_db()
    HandbookPage.objects.filter(pk=page.pk).update(approver=None)
    page.refresh_from_db()
    second = make_user("second manager")
    join(second, world.program, "manager")
    assert not access.can_approve(world.manager, page)
    assert access.can_approve(second, page)


def test_a_draft_is_published_on_its_page_and_taken_back(world: Any, sign_in: Any) -> None:
    page, writer, reader = world.handbook_draft, sign_in(world.coach), sign_in(world.influencer)
    here = url(world, "handbook_page", page.pk)
    assert f'action="{here}publish/"' in writer.get(here).content.decode()
    shown = writer.post(f"{here}publish/", follow=True).content.decode()
    assert f'action="{here}publish/"' not in shown
    assert reader.get(here).status_code == 200
    assert shown.count(f'action="{here}unpublish/"') == 2  # undo, and later under “More”
    writer.post(f"{here}unpublish/")
    assert reader.get(here).status_code == 404
