from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('analytics', '0020_older_posts'),
    ]

    operations = [
        migrations.CreateModel(
            name='SiteKey',
            fields=[
                ('name', models.CharField(max_length=30, primary_key=True, serialize=False)),
                ('sealed', models.TextField()),
            ],
        ),
    ]
