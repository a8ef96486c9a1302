
import core.kit.drawn
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('analytics', '0033_visits_to_the_website'),
        ('programs', '0031_leitbild_voices'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SocialScore',
            fields=[
                ('id', models.BigIntegerField(default=core.kit.drawn.drawn, editable=False, primary_key=True, serialize=False)),
                ('month', models.DateField(verbose_name='month')),
                ('brand', models.DecimalField(decimal_places=2, max_digits=4, verbose_name='professional brand')),
                ('people', models.DecimalField(decimal_places=2, max_digits=4, verbose_name='right people')),
                ('insights', models.DecimalField(decimal_places=2, max_digits=4, verbose_name='insights')),
                ('relations', models.DecimalField(decimal_places=2, max_digits=4, verbose_name='relationships')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.program')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['month'],
                'constraints': [models.UniqueConstraint(fields=('user', 'program', 'month'), name='one_score_of_a_month'), models.CheckConstraint(condition=models.Q(('brand__range', (0, 25)), ('insights__range', (0, 25)), ('people__range', (0, 25)), ('relations__range', (0, 25))), name='parts_of_a_score_go_to_25')],
            },
        ),
    ]
