"""The onboarding path as a program makes it: steps of its own, in its order, taken over by the next generation."""

from datetime import timedelta
from typing import Any

from django.urls import reverse

from programs.generations import services
from programs.generations.models import Generation, Step
from programs.generations.paths import path_of


def url(world: Any, name: str, *args: Any) -> str:
    return reverse(f"programs:{name}", args=[world.program.slug, *args])


def order(generation: Generation) -> list[str]:
    return [str(step.title) for step in Step.objects.filter(generation=generation)]


def test_a_step_of_ones_own_is_added_moved_and_taken_over(world: Any, sign_in: Any, monkeypatch: Any) -> None:
    manager, generation = sign_in(world.manager), world.generation
    steps = url(world, "generation_steps", generation.pk)
    assert url(world, "step_new", generation.pk) in manager.get(steps).content.decode()
    written = {"kind": "meet", "title_en": "Have lunch with the press office", "due_days": 20, "minutes": 60}
    manager.post(url(world, "step_new", generation.pk), written)
    before = order(generation)
    assert before[-1] == "Have lunch with the press office"
    step = Step.objects.get(generation=generation, key="own-1")
    participant = world.influencer.participations.get(generation=generation)
    assert path_of(participant).steps[-1].step == step
    for to in ("up", "up", "down"):
        manager.post(url(world, "step_move", step.pk), {"to": to})
    assert order(generation) == [*before[:-2], before[-1], before[-2]]
    first = Step.objects.filter(generation=generation).earliest("position")
    manager.post(url(world, "step_move", first.pk), {"to": "up"})
    assert order(generation)[0] == str(first.title), "the first one stays where it is"

    # The next generation begins with it, if one likes; what is done there changes nothing here.
    Step.objects.filter(pk=first.pk).update(is_left_out=True)
    page = manager.get(url(world, "generation_new"))
    last = Generation.objects.filter(program=world.program).latest("number")
    assert page.context["form"]["path_of"].value() == last.pk
    sent = {"name": "Next", "start_on": "2027-03-01", "places": 9, "path_of": generation.pk}
    manager.post(url(world, "generation_new"), sent)
    taken = Generation.objects.get(name="Next")
    assert order(taken) == order(generation)
    assert Step.objects.get(generation=taken, key=first.key).is_left_out
    foreign = Generation.objects.exclude(program=world.program).first()
    if foreign:
        assert manager.post(url(world, "generation_new"), sent | {"path_of": foreign.pk}).status_code == 422

    monkeypatch.setattr(services, "MOST_STEPS", len(before))
    full = manager.post(url(world, "step_new", generation.pk), written)
    assert (full.status_code, "as many steps as fit" in full.content.decode()) == (422, True)


def test_a_step_added_on_the_way_says_that_shares_may_fall(world: Any, sign_in: Any) -> None:
    manager, generation = sign_in(world.manager), world.generation
    steps, new = (url(world, name, generation.pk) for name in ("generation_steps", "step_new"))
    says = "shares of those who finished may fall"
    assert says not in manager.get(steps).content.decode()
    assert says in manager.get(new).content.decode()
    written = {"kind": "do", "title_en": "Say hello", "due_days": 20, "minutes": 5}
    page = manager.post(new, written, follow=True).content.decode()
    assert page.count(says) == 2, "in what is said about it, and below the path"
    assert says in manager.get(steps).content.decode()
    Generation.objects.filter(pk=generation.pk).update(start_on=world.today + timedelta(days=1))
    assert says not in manager.get(steps).content.decode(), "nobody is on it yet"
    assert says not in manager.get(new).content.decode()
