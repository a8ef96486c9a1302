"""Django's `migrate`, which first looks whether the database is one of ours at all."""

from typing import Any

from django.conf import settings
from django.core.management import CommandError
from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

BEFORE_THE_FIRST_RELEASE = (
    "This database was made by a version before the first release, and cannot be taken over. Nothing was changed. "
    "Demo data: remove the folder {data} (or set DATA_DIR to a new one) and start again. "
    "Another database: point DATABASE_URL to an empty one."
)


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse a database from before migrations were written afresh: half migrated it would be lost."""
        if _is_from_before(options["database"]):
            raise CommandError(BEFORE_THE_FIRST_RELEASE.format(data=settings.DATA_DIR))
        super().handle(*args, **options)


def _is_from_before(alias: str) -> bool:
    """Its people lived in the app `influencer`, which has had no tables since."""
    return ("influencer", "0001_initial") in MigrationRecorder(connections[alias]).applied_migrations()
