import uuid

from django.conf import settings
from django.db import migrations, models

TITLE = {"de": "Willkommen", "en": "Welcome"}
STEPS = {0: "hello", 4: "guidelines", 12: "meetings", 30: "month"}


def name_the_welcomes(apps, schema_editor):
    """The first journey of a program that was made of the one that ships is that one; its letters are its steps."""
    Journey, Letter = apps.get_model("community", "Journey"), apps.get_model("community", "JourneyLetter")
    named = set()
    for journey in Journey.objects.filter(deleted_at=None, start="joined").order_by("pk"):
        if journey.program_id in named or dict(getattr(journey.title, "texts", journey.title)) != TITLE:
            continue
        named.add(journey.program_id)
        Journey.objects.filter(pk=journey.pk).update(key="welcome")
        for days, step in STEPS.items():
            letter = Letter.objects.filter(journey=journey, days=days).order_by("pk").first()
            if letter:
                key = uuid.uuid5(uuid.NAMESPACE_OID, f"{journey.program_id}:welcome:{step}")
                Letter.objects.filter(pk=letter.pk).update(key=key)


class Migration(migrations.Migration):
    dependencies = [
        ("community", "0038_guest_is_alumnus"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("journey", "key", models.CharField(blank=True, default="", editable=False, max_length=40)),
        migrations.AlterField("journeyletter", "key", models.UUIDField(default=uuid.uuid4, editable=False)),
        migrations.AddField("journeysending", "key", models.UUIDField(editable=False, null=True)),
        migrations.RunPython(name_the_welcomes, migrations.RunPython.noop),
        migrations.RunSQL(
            "UPDATE community_journeysending sending SET key = letter.key FROM community_journeyletter letter "
            "WHERE letter.id = sending.letter_id",
            migrations.RunSQL.noop,
        ),
        migrations.AlterField("journeysending", "key", models.UUIDField(editable=False)),
        migrations.RemoveConstraint("journeysending", "one_letter_of_a_journey_each"),
        migrations.AddConstraint(
            "journeysending",
            models.UniqueConstraint(fields=("key", "person"), name="one_step_of_a_journey_each"),
        ),
        migrations.AddConstraint(
            "journeyletter", models.UniqueConstraint(fields=("journey", "key"), name="one_letter_per_step")
        ),
        migrations.AddConstraint(
            "journey",
            models.UniqueConstraint(
                condition=models.Q(("deleted_at", None), models.Q(("key", ""), _negated=True)),
                fields=("program", "key"),
                name="one_journey_of_a_key",
            ),
        ),
    ]
