"""Write the tables of each package afresh, as they are now: `python -m tools.fresh_migrations`.

Only before the first release; afterwards there are databases that have to be taken along. What is written by hand
(triggers, storage) stands in migrations of its own and is left alone; those that only changed tables go.
"""

import os
import re
from collections.abc import Callable
from pathlib import Path

# Who may sign in is a table of ours, who is signed in one of a library's, and these of ours point there.
LATER = {"core": ("PushDevice", "PushMessage")}
PACKAGES = ("core", "programs", "community", "analytics", "influencer")
BY_HAND = re.compile(r"RunSQL|RunPython")


def main() -> None:
    os.environ |= {"DJANGO_SETTINGS_MODULE": "influencer.settings", "SECRET_KEY": "unused"}
    os.environ |= {"DATABASE_URL": "postgresql://nobody/none", "REDIS_URL": "redis://nobody"}
    import django  # noqa: PLC0415  # needs the settings

    django.setup()
    for package in PACKAGES:
        for path in Path(package, "migrations").glob("0*.py"):
            if not BY_HAND.search(path.read_text(encoding="utf-8")):
                path.unlink()
    before: list[tuple[str, str]] = [("auth", "0012_alter_user_first_name_max_length")]
    for package in PACKAGES:
        later = LATER.get(package, ())
        _write(package, "0001_tables", before, lambda name, later=later: name not in later)
        before = [(package, "0001_tables")]
        if later:
            _write(
                package,
                "0002_push",
                [*before, ("usersessions", "0001_initial")],
                lambda name, later=later: name in later,
            )
            before = [(package, "0002_push")]


def _write(package: str, name: str, needs: list[tuple[str, str]], takes: Callable[[str], bool]) -> None:
    from django.apps import apps  # noqa: PLC0415  # needs the settings
    from django.db.migrations import CreateModel, Migration  # noqa: PLC0415
    from django.db.migrations.state import ModelState  # noqa: PLC0415
    from django.db.migrations.writer import MigrationWriter  # noqa: PLC0415

    from core.kit.tables import CreateModels  # noqa: PLC0415

    states = [ModelState.from_model(model) for model in apps.get_app_config(package).get_models()]
    made = [
        CreateModel(state.name, list(state.fields.items()), state.options, state.bases, state.managers)
        for state in sorted(states, key=lambda state: state.name)
        if takes(state.name)
    ]
    migration = type("Migration", (Migration,), {"dependencies": needs, "operations": [CreateModels(made)]})(
        name, package
    )
    migration.initial = name.startswith("0001") or None
    Path(package, "migrations", f"{name}.py").write_text(MigrationWriter(migration).as_string(), encoding="utf-8")


if __name__ == "__main__":
    main()
