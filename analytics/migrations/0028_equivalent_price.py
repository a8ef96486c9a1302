import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('analytics', '0027_company_spend'),
        ('programs', '0031_leitbild_voices'),
    ]

    operations = [
        migrations.CreateModel(
            name='EquivalentPrice',
            fields=[
                ('program', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='programs.program')),
                ('is_shown', models.BooleanField(default=False, verbose_name='advertising equivalent is shown')),
                ('per_thousand', models.DecimalField(decimal_places=2, max_digits=8, null=True, verbose_name='assumed price per 1,000 impressions')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('is_shown', False), ('per_thousand__gt', 0), _connector='OR'), name='an_equivalent_has_a_price')],
            },
        ),
    ]
