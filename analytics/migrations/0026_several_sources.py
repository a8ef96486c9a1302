from django.db import migrations, models

ONE_EACH = (
    ('one_personal_account', ('program', 'user', 'network'), models.Q(kind='person')),
    ('one_company_account', ('program', 'network'), models.Q(kind='company')),
)


class Migration(migrations.Migration):

    dependencies = [('analytics', '0025_watch_time')]

    operations = [
        migrations.AddField(
            model_name='account', name='source',
            field=models.CharField(blank=True, db_default='', default='', max_length=200),
        ),
        *(migrations.RemoveConstraint(model_name='account', name=name) for name, _fields, _where in ONE_EACH),
        *(
            migrations.AddConstraint(
                model_name='account',
                constraint=models.UniqueConstraint(fields=(*fields, 'source'), condition=where, name=name),
            )
            for name, fields, where in ONE_EACH
        ),
    ]
