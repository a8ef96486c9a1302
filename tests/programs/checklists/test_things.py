"""A page of the handbook or an event as evidence: chosen from a list, under its title of now, and said when gone."""

from typing import Any

from django.urls import reverse

from community.events.models import EventState
from programs.checklists.models import Evidence
from programs.handbook import services as handbook


def url(world: Any, name: str, *args: Any) -> str:
    return reverse(f"programs:{name}", args=[world.program.slug, *args])


def page_of(world: Any, client: Any) -> str:
    return str(client.get(url(world, "item_detail", world.item.pk)).content.decode())


def test_the_title_follows_and_what_is_gone_is_said(world: Any, sign_in: Any) -> None:
    client = sign_in(world.manager)
    page = world.handbook_page
    assert f'<option value="page:{page.pk}">' in page_of(world, client)
    client.post(url(world, "evidence_add", world.item.pk), {"thing": f"page:{page.pk}"})
    evidence = Evidence.objects.get(thing=f"page:{page.pk}")
    page.title = {"en": "Renamed since"}
    page.save(update_fields=["title"])
    shown = page_of(world, client)
    assert "Renamed since</a>" in shown
    assert url(world, "handbook_page", page.pk) in shown
    assert evidence.text in str(client.get(url(world, "phase_detail", world.phase.pk)).content.decode())
    handbook.delete_page(page, by=world.manager)
    assert "no longer there" in page_of(world, client)


def test_events_can_be_chosen_and_nothing_that_one_may_not_know_of(world: Any, sign_in: Any) -> None:
    client = sign_in(world.coach)
    assert f'<option value="event:{world.event.pk}">' in page_of(world, client)
    client.post(url(world, "evidence_add", world.item.pk), {"thing": f"event:{world.event.pk}"})
    assert reverse("community:event_detail", args=[world.program.slug, world.event.pk]) in page_of(world, client)
    before = Evidence.objects.count()
    for wrong in ("event:999999", "page:0", "user:1", "event"):
        assert client.post(url(world, "evidence_add", world.item.pk), {"thing": wrong}).status_code == 422
    assert Evidence.objects.count() == before


def test_the_title_of_a_draft_is_for_who_plans_it(world: Any, sign_in: Any) -> None:
    """Also where it was pointed at before it became one."""
    event = world.event
    event.state = EventState.DRAFT
    event.save(update_fields=["state"])
    Evidence.objects.create(item=world.item, kind=Evidence.Kind.THING, thing=f"event:{event.pk}", text="Secret plan")
    coach, manager = sign_in(world.coach), sign_in(world.manager)
    listed = url(world, "phase_detail", world.item.phase_id)
    for page in (page_of(world, coach), str(coach.get(listed).content.decode())):
        assert "Secret plan" not in page
        assert "no longer there" not in page
    assert event.milestone.title in page_of(world, manager)
    assert "Secret plan" in str(manager.get(listed).content.decode())
