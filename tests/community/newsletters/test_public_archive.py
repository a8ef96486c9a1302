"""Everybody reads an issue only where its program has a public archive and chose it, and only what was written."""

from typing import Any

from django.test import Client

from community.newsletters.models import Issue
from tests.factories.newsletters import make_sent
from tests.world import client_of

BODY = "# What worked\n\nHello {{first_name}},\n\nour words.\n\n## Who helps\n\n[[contacts]]\n\n[[columns]]\n\nLeft.\n"


def test_nothing_is_public_until_both_are_switched_on(world: Any) -> None:
    issue = make_sent(world.program, body_en=BODY, body_de=BODY, subject_en="For all", subject_de="Für alle")
    visitor, writer = Client(headers={"accept-language": "en"}), client_of("manager", world)
    archive, one = f"/archive/{world.program.slug}/", f"/archive/{world.program.slug}/{issue.pk}/"
    inside = f"/p/{world.program.slug}/newsletters/"
    assert [visitor.get(address).status_code for address in (archive, one)] == [404, 404]
    writer.post(f"{inside}{issue.pk}/public/", {"on": "1"})
    writer.post(f"{inside}archive/", {"on": "1"})
    assert visitor.get(one).status_code == 404, "it was not allowed when it was chosen"
    assert "No issue can be read here yet." in visitor.get(archive).content.decode()
    writer.post(f"{inside}{issue.pk}/public/", {"on": "1"})
    page = visitor.get(one)
    said = page.content.decode()
    assert "our words." in said
    assert "Left." in said
    assert "[[" not in said
    assert "contacts" not in said
    assert "Who helps" not in said, "nor a heading over nothing"
    assert world.manager.name not in said, "a block is for members"
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert "noindex" in said
    assert "For all" in visitor.get(archive).content.decode()
    assert "Members only" in writer.get(f"{inside}{issue.pk}/").content.decode()
    writer.post(f"{inside}archive/", {"on": "0"})
    assert [visitor.get(address).status_code for address in (archive, one)] == [404, 404]


def test_what_was_for_some_people_stays_with_them(world: Any) -> None:
    writer, path = client_of("manager", world), f"/p/{world.program.slug}/newsletters/"
    writer.post(f"{path}archive/", {"on": "1"})
    for issue in (make_sent(world.program, to_roles=["coach"]), world.running_issue, world.draft_issue):
        writer.post(f"{path}{issue.pk}/public/", {"on": "1"})
        assert not Issue.objects.get(pk=issue.pk).is_public
        Issue.objects.filter(pk=issue.pk).update(is_public=True)
        assert Client().get(f"/archive/{world.program.slug}/{issue.pk}/").status_code == 404
