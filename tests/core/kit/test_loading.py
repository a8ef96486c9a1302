"""Rows that are taken as they are: nobody waits to be told that one was made."""

from typing import Any

from django.apps import apps
from django.db.models.signals import post_init, pre_init

from core.kit.loading import Loaded
from core.people.models import User
from programs.checklists.models import Item


def test_nobody_listens_to_rows_being_made() -> None:
    loaded = [model for model in apps.get_models() if issubclass(model, Loaded)]
    assert {User, Item} <= set(loaded)
    assert not any(signal.has_listeners(model) for model in loaded for signal in (pre_init, post_init))


def test_a_row_is_what_was_stored(world: Any, django_assert_num_queries: Any) -> None:
    made = world.item
    read = Item.objects.select_related("phase", "owner__user").get(pk=made.pk)
    assert (read, read.title, read.phase.title) == (made, made.title, made.phase.title)
    assert (read._state.adding, read._state.db) == (False, "default")
    assert {field.attname: getattr(read, field.attname) for field in Item._meta.concrete_fields} == {
        field.attname: getattr(made, field.attname) for field in Item._meta.concrete_fields
    }
    few = Item.objects.only("title").get(pk=made.pk)
    assert few.get_deferred_fields() >= {"hint", "due_on"}
    with django_assert_num_queries(1):
        assert (few.title, few.due_on) == (made.title, made.due_on)
    few.due_on = world.today
    few.save(update_fields=["due_on"])
    read.refresh_from_db()
    assert read.due_on == world.today
