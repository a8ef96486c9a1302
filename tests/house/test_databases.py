"""What stands around every test."""

from django.core.cache import cache

from tests.databases import Databases


def test_a_database_is_entered_with_an_empty_cache(db: None, django_db_setup: Databases) -> None:
    """Also by a walk that enters the demo itself: numbers of rows come back, and must find nothing of another test."""
    cache.set("hours:1:next:1", "of the test before")
    django_db_setup.enter("blank")
    assert cache.get("hours:1:next:1") is None
