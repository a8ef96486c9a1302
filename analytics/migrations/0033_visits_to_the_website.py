
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('analytics', '0032_requests_logged'),
    ]

    operations = [
        migrations.AlterField(
            model_name='reading',
            name='metric',
            field=models.SmallIntegerField(choices=[(1, 'impressions'), (2, 'members reached'), (3, 'engagements as reported'), (4, 'reactions'), (5, 'comments'), (6, 'reposts'), (7, 'saves'), (8, 'sends'), (9, 'clicks'), (10, 'link clicks'), (11, 'video views'), (12, 'new followers'), (13, 'followers'), (14, 'page views'), (15, 'unique visitors'), (16, 'profile viewers'), (17, 'followers gained'), (18, 'applications'), (19, 'hires'), (20, 'leads'), (21, 'watch time in seconds'), (22, 'video viewers'), (23, 'visits to the website')]),
        ),
        migrations.AlterField(
            model_name='weektotal',
            name='metric',
            field=models.SmallIntegerField(choices=[(1, 'impressions'), (2, 'members reached'), (3, 'engagements as reported'), (4, 'reactions'), (5, 'comments'), (6, 'reposts'), (7, 'saves'), (8, 'sends'), (9, 'clicks'), (10, 'link clicks'), (11, 'video views'), (12, 'new followers'), (13, 'followers'), (14, 'page views'), (15, 'unique visitors'), (16, 'profile viewers'), (17, 'followers gained'), (18, 'applications'), (19, 'hires'), (20, 'leads'), (21, 'watch time in seconds'), (22, 'video viewers'), (23, 'visits to the website')]),
        ),
    ]
