# One field for a text in languages, in place of a column for each language.
from django.db import migrations

from core.kit.words import WordsField
from core.migrations._columns_to_words import columns_to_words


class Migration(migrations.Migration):

    dependencies = [
        ("core", "0010_languages"),
        ("analytics", "0006_digest"),
    ]

    operations = [
        *columns_to_words("report", "analytics_report", "headline", WordsField(max_length=160, blank=True)),
        *columns_to_words("report", "analytics_report", "decision", WordsField(blank=True)),
    ]
