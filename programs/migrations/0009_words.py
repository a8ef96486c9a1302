# One field for a text in languages, in place of a column for each language.
from django.db import migrations

from core.kit.words import WordsField
from core.migrations._columns_to_words import columns_to_words


class Migration(migrations.Migration):

    dependencies = [
        ("core", "0010_languages"),
        ("programs", "0008_lists"),
    ]

    operations = [
        *columns_to_words("phase", "programs_phase", "title", WordsField(max_length=200)),
        *columns_to_words("milestone", "programs_milestone", "title", WordsField(max_length=200)),
        *columns_to_words("item", "programs_item", "title", WordsField(max_length=200)),
        *columns_to_words("step", "programs_step", "title", WordsField(max_length=200)),
        *columns_to_words("phase", "programs_phase", "aim", WordsField(blank=True)),
        *columns_to_words("item", "programs_item", "hint", WordsField(blank=True)),
        *columns_to_words("step", "programs_step", "text", WordsField(blank=True)),
    ]
