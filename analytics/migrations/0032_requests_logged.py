
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('analytics', '0031_successes_in_newsletters'),
    ]

    operations = [
        migrations.AlterField(
            model_name='activity',
            name='kind',
            field=models.CharField(choices=[('post', 'post'), ('comment', 'comment'), ('talk', 'conversation or talk'), ('article', 'article'), ('podcast', 'podcast'), ('event', 'event'), ('recruiting', 'recruiting talk'), ('mentoring', 'mentoring'), ('request', 'request from media or an event'), ('other', 'something else')], default='post', max_length=10, verbose_name='kind'),
        ),
    ]
