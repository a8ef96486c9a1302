"""A database of the time before migrations were written afresh is noticed and named, never half migrated."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder


@pytest.mark.django_db
@pytest.mark.parametrize(("app", "name"), [("influencer", "0001_initial"), ("programs", "0018_batch_stays")])
def test_a_database_from_before_is_refused_and_left_alone(app: str, name: str) -> None:
    recorder = MigrationRecorder(connection)
    recorder.record_applied(app, name)
    before = recorder.applied_migrations().keys()

    with pytest.raises(CommandError, match="before the first release"):
        call_command("migrate", verbosity=0)

    assert MigrationRecorder(connection).applied_migrations().keys() == before


@pytest.mark.django_db
def test_a_database_of_today_is_taken() -> None:
    MigrationRecorder(connection).record_applied("a_library", "0009_left")  # a library may write its own afresh
    call_command("migrate", verbosity=0)
    assert ("core", "0001_tables") in MigrationRecorder(connection).applied_migrations()
