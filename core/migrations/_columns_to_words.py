"""For migrations: what stood in one column for each language moves into one field, and back again."""

from django.db import migrations

from core.kit.words import WordsField

LANGUAGES = ("de", "en")


def columns_to_words(model: str, table: str, name: str, field: WordsField) -> list[object]:
    """Add the field, copy the texts, remove the columns. A row of old in which nothing was written gets a dash where
    a text has to be."""
    old = {language: f"{name}_{language}" for language in LANGUAGES}
    pairs = ", ".join(f"'{language}', CASE WHEN {each} ~ '\\S' THEN {each} END" for language, each in old.items())
    texts = f"jsonb_strip_nulls(jsonb_build_object({pairs}))"
    there = texts if field.blank else f"coalesce(nullif({texts}, '{{}}'), {name})"
    back = ", ".join(f"{each} = coalesce({name} ->> '{language}', '')" for language, each in old.items())
    at_once = "SET CONSTRAINTS ALL IMMEDIATE"  # before the table itself is changed
    added = field.clone()
    added.default = dict if field.blank else {"en": "–"}
    return [
        migrations.AddField(model, name, added, preserve_default=False),
        migrations.RunSQL(
            [f"UPDATE {table} SET {name} = {there}", at_once],  # noqa: S608 - our own names
            [f"UPDATE {table} SET {back}", at_once],  # noqa: S608 - the same
        ),
        *(migrations.RemoveField(model, each) for each in old.values()),
    ]
