import django.db.models.deletion
from django.db import migrations, models

EACH_NUMBER = """
    UPDATE analytics_postlisting l SET number_id = i.id
    FROM (SELECT post_id, min(id) AS id FROM analytics_postid GROUP BY 1) i WHERE i.post_id = l.post_id;
    DELETE FROM analytics_postlisting WHERE number_id IS NULL;
    SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [("analytics", "0002_imports")]

    operations = [
        migrations.RemoveConstraint("postlisting", "listed_once_per_import"),
        migrations.AddField(
            "postlisting",
            "number",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="listings",
                to="analytics.postid",
            ),
        ),
        migrations.RunSQL(EACH_NUMBER, migrations.RunSQL.noop),
        migrations.RemoveField("postlisting", "post"),
        migrations.AlterField(
            "postlisting",
            "number",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="listings", to="analytics.postid"
            ),
        ),
        migrations.AddConstraint(
            "postlisting", models.UniqueConstraint(fields=("number", "run_id"), name="named_once_per_import")
        ),
    ]
