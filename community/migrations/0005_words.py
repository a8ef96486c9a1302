# One field for a text in languages, in place of a column for each language.
from django.db import migrations

from core.kit.words import WordsField
from core.migrations._columns_to_words import columns_to_words


class Migration(migrations.Migration):

    dependencies = [
        ("core", "0010_languages"),
        ("community", "0004_forum_order"),
    ]

    operations = [
        *columns_to_words("issue", "community_issue", "subject", WordsField(max_length=120, blank=True)),
        *columns_to_words("board", "community_board", "title", WordsField(max_length=200)),
        *columns_to_words("board", "community_board", "about", WordsField(max_length=200, blank=True)),
        *columns_to_words("issue", "community_issue", "body", WordsField(blank=True)),
    ]
