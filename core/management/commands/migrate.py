"""Django's `migrate`: as the owner of the tables, and only in a database that is one of ours."""

from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import CommandError
from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.loader import MigrationLoader

from core.kit.owner import admit, as_owner

BEFORE_THE_FIRST_RELEASE = (
    "This database was created before the first release and cannot be migrated. Nothing was changed. "
    "For demo data, remove the folder {data} (or set DATA_DIR to a new one) and start again. "
    "Otherwise, point DATABASE_URL to an empty database."
)
ONE_ROLE = (
    "DATABASE_OWNER_URL is not set: the site owns its tables, so the database protects the proof of consents only "
    "from mistakes, not from the site itself. See .env.example."
)


class Command(migrate.Command):
    def execute(self, *args: Any, **options: Any) -> Any:
        """As the owner from the first look on: the site's own role may not be there yet."""
        site = settings.DATABASES["default"]
        self.site = str(site["USER"]), str(site["PASSWORD"])
        with as_owner():
            return super().execute(*args, **options)

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse a database from before migrations were written afresh: half migrated it would be lost."""
        if _is_from_before(options["database"]):
            raise CommandError(BEFORE_THE_FIRST_RELEASE.format(data=settings.DATA_DIR))
        super().handle(*args, **options)
        if settings.DATABASE_OWNER is not None:
            admit(*self.site)
        elif not settings.DEBUG and options["verbosity"] > 0:
            self.stderr.write(self.style.WARNING(ONE_ROLE))


def _is_from_before(alias: str) -> bool:
    """It carries a migration of ours that is not there any more: they were written afresh since."""
    loader = MigrationLoader(connections[alias])
    ours = {config.label for config in apps.get_app_configs() if Path(config.path).is_relative_to(settings.BASE_DIR)}
    return any(app in ours and (app, name) not in loader.disk_migrations for app, name in loader.applied_migrations)
