from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0013_told_of_mail")]

    operations = [
        migrations.AddIndex(model_name="user", index=models.Index(fields=["name"], name="people_by_name")),
    ]
