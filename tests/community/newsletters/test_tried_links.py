"""Links that lead nowhere are found while an issue is being written, and stop it."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from community.newsletters import checks, tried_links
from community.newsletters.models import Issue, LinkFinding, LinkLook
from core.kit.fetch import Fetched, NotFetched
from tests.in_words import rewrite

ANSWERS: dict[str, int | str] = {
    "https://firm.example/gone": 404,
    "https://nowhere.example/": "unknown_host",
    "https://firm.example/broken": 503,
    "https://network.example/in/anna": 999,  # shown to people only
    "https://firm.example/big": "too_large",
    "https://intranet.example/": "not_listed",
}


def outside(url: str, **_: Any) -> Fetched:
    told = ANSWERS.get(url, 200)
    if isinstance(told, str):
        raise NotFetched(told, "-")
    return Fetched(url, told, "text/html", {}, b"")


@pytest.fixture
def issue(world: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Issue:
    settings.OUTGOING_HOSTS = ["*"]
    monkeypatch.setattr(tried_links, "fetch", outside)
    rewrite(world.draft_issue, body_de="Ohne", body_en="\n\n".join(f"[a]({url})" for url in ANSWERS))
    Issue.objects.exclude(pk=world.draft_issue.pk).update(updated_at=timezone.now() - timedelta(days=60))
    at_rest(world.draft_issue)
    return world.draft_issue


def at_rest(issue: Issue, **ago: Any) -> None:
    Issue.objects.filter(pk=issue.pk).update(updated_at=timezone.now() - timedelta(**ago or {"minutes": 1}))


def said(issue: Issue) -> tuple[list[str], str]:
    found = checks.look_at(Issue.objects.get(pk=issue.pk))
    return found.faults, " ".join(check.text for check in found.checks)


def test_dead_links_stop_an_issue_and_nothing_else_does(issue: Issue) -> None:
    assert tried_links.sweep() == len(ANSWERS)
    faults, all_said = said(issue)
    assert [fault.split("link: ")[1].split(". ")[0] for fault in faults] == [
        "https://firm.example/gone", "https://nowhere.example/"
    ]  # fmt: skip
    assert "does not answer at the moment: https://firm.example/broken" in all_said
    assert "1 link has not been tried" in all_said  # the intranet


def test_what_was_found_holds_for_a_while_and_the_dead_may_come_back(issue: Issue) -> None:
    tried_links.sweep()
    assert tried_links.sweep() == 0
    LinkLook.objects.update(looked_at=timezone.now() - timedelta(minutes=11))
    assert tried_links.sweep() == 3  # the dead and the silent one


def test_nobody_is_asked_while_an_address_is_typed_or_where_the_site_asks_nobody(issue: Issue, settings: Any) -> None:
    at_rest(issue, seconds=5)
    assert tried_links.sweep() == 0
    at_rest(issue)
    settings.OUTGOING_HOSTS = []
    assert tried_links.sweep() == 0
    assert not LinkLook.objects.exists()


def test_links_that_were_removed_are_forgotten(issue: Issue) -> None:
    tried_links.sweep()
    rewrite(issue, body_en="[a](https://firm.example/)")
    at_rest(issue)
    tried_links.sweep()
    assert list(LinkLook.objects.values_list("url", "finding")) == [("https://firm.example/", LinkFinding.ALIVE)]


def test_a_link_to_this_site_must_be_one_of_its_pages(issue: Issue, settings: Any) -> None:
    settings.SITE_URL = site = "https://site.example"
    rewrite(issue, body_en=f"[a]({site}/p/nordlichter/) [b]({site}/nothing/here/)")
    faults, _all = said(issue)
    assert [fault.split("link: ")[1].split(". ")[0] for fault in faults] == [f"{site}/nothing/here/"]
