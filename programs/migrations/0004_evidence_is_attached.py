"""Files of evidence become attachments, so that they count, are looked at and go like every other file."""

import django.db.models.deletion
from django.db import migrations, models

TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}


def attach(apps, schema_editor):
    Evidence, Attachment = apps.get_model("programs", "Evidence"), apps.get_model("core", "Attachment")
    for evidence in Evidence.objects.filter(kind="file").select_related("item"):
        ending = evidence.file.name.rpartition(".")[2]
        try:
            size = evidence.file.size
        except OSError:  # the file is gone
            size = 1
        evidence.attachment = Attachment.objects.create(
            program_id=evidence.item.program_id,
            kind="evidence",
            target_id=evidence.item_id,
            by_id=evidence.by_id,
            name=evidence.text[:120],
            content_type=TYPES.get(ending, "application/octet-stream"),
            size=size or 1,
            file=evidence.file.name,
        )
        evidence.save(update_fields=["attachment"])


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0003_attachments'),
        ('programs', '0003_dates_for_calendars'),
    ]

    operations = [
        migrations.AddField(
            model_name='evidence',
            name='attachment',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.attachment'),
        ),
        migrations.RunPython(attach, migrations.RunPython.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS ALL IMMEDIATE"),
        migrations.RemoveConstraint(
            model_name='evidence',
            name='evidence_file_has_a_file',
        ),
        migrations.RemoveField(
            model_name='evidence',
            name='file',
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'file'), _negated=True), ('attachment__isnull', False), _connector='XOR'), name='evidence_file_is_attached'),
        ),
    ]
