from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('analytics', '0017_facebook_and_tiktok'),
    ]

    operations = [
        migrations.AddField(
            model_name='post',
            name='worked',
            field=models.TextField(blank=True, db_default='', default='', max_length=1000, verbose_name='what worked'),
        ),
    ]
