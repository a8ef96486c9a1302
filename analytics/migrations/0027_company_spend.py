import core.kit.drawn
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('analytics', '0026_several_sources'),
        ('programs', '0031_leitbild_voices'),
    ]

    operations = [
        migrations.CreateModel(
            name='CompanySpend',
            fields=[
                ('deleted_at', models.DateTimeField(null=True)),
                ('id', models.BigIntegerField(default=core.kit.drawn.in_turn, editable=False, primary_key=True, serialize=False)),
                ('month', models.DateField(verbose_name='month')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='spent on the company account')),
                ('currency', models.CharField(max_length=3, verbose_name='currency')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.program')),
            ],
            options={
                'ordering': ['-month', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('deleted_at', None)), fields=('program', 'month'), name='one_spend_of_a_month'), models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='a_spend_is_not_negative')],
            },
        ),
    ]
