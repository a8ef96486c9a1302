import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('community', '0001_tables'),
        ('core', '0001_tables'),
        ('programs', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Topic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('deleted_at', models.DateTimeField(null=True)),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.program')),
                ('board', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='topics', to='community.board')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('title', models.CharField(max_length=140, verbose_name='title')),
                ('is_question', models.BooleanField(default=False)),
                ('last_at', models.DateTimeField()),
                ('posts_made', models.PositiveIntegerField(default=0)),
                ('replies', models.PositiveIntegerField(default=0)),
                ('pinned_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('deleted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('deleted_because', models.CharField(blank=True, max_length=200)),
                ('merged_into', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='community.topic')),
            ],
            options={
                'ordering': ['-last_at', '-pk'],
                'indexes': [models.Index(condition=models.Q(('deleted_at', None)), fields=['program', '-last_at', '-id'], name='topics_of_program'), models.Index(condition=models.Q(('deleted_at', None)), fields=['board', '-last_at', '-id'], name='topics_of_board')],
                'constraints': [models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='a_topic_has_a_title')],
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('deleted_at', models.DateTimeField(null=True)),
                ('program', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.program')),
                ('topic', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='posts', to='community.topic')),
                ('number', models.PositiveIntegerField()),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('text', models.TextField(verbose_name='text')),
                ('is_unnamed', models.BooleanField(default=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('edited_at', models.DateTimeField(null=True)),
                ('deleted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('deleted_because', models.CharField(blank=True, max_length=200)),
                ('told_at', models.DateTimeField(null=True)),
                ('search', django.contrib.postgres.search.SearchVectorField(null=True)),
            ],
            options={
                'ordering': ['number'],
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['search'], name='posts_by_words'), django.contrib.postgres.indexes.GinIndex(condition=models.Q(('number', 1)), fields=['search'], name='topics_by_words'), models.Index(condition=models.Q(('told_at', None)), fields=['id'], name='posts_to_tell')],
                'constraints': [models.UniqueConstraint(fields=('topic', 'number'), name='one_forum_post_per_number'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='a_post_says_something'), models.CheckConstraint(condition=models.Q(('is_unnamed', False), ('by', None), _connector='OR'), name='an_unnamed_post_has_no_writer')],
            },
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('topic', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='readings', to='community.topic')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('read_to', models.PositiveIntegerField(default=0)),
                ('follows', models.BooleanField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('topic', 'person'), name='one_place_per_reader')],
            },
        ),
        migrations.CreateModel(
            name='PostVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('post', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='community.post')),
                ('version', models.PositiveIntegerField()),
                ('text', models.TextField()),
                ('until', models.DateTimeField()),
            ],
            options={
                'ordering': ['version'],
                'constraints': [models.UniqueConstraint(fields=('post', 'version'), name='one_text_per_version')],
            },
        ),
        migrations.CreateModel(
            name='Reaction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('post', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='reactions', to='community.post')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('kind', models.CharField(choices=[('thanks', 'Thank you'), ('helpful', 'Helpful'), ('me_too', 'I wonder too')], max_length=8)),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('post', 'kind', 'person'), name='one_reaction_of_a_kind')],
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.program')),
                ('post', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='community.post')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reason', models.CharField(max_length=300)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('decision', models.CharField(blank=True, choices=[('stays', 'it stays'), ('goes', 'it was removed')], max_length=5)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['at', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('decided_at', None)), fields=('post', 'by'), name='one_open_report_per_person'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decision', '')), models.Q(models.Q(('decision', ''), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='a_decision_has_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Rearrangement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.program')),
                ('kind', models.CharField(choices=[('merge', 'merge'), ('split', 'split')], max_length=5)),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='community.topic')),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='community.topic')),
                ('source_answer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='community.post')),
                ('target_answer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='community.post')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('undone_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('source', models.F('target')), _negated=True), name='posts_move_between_two_topics')],
            },
        ),
        migrations.CreateModel(
            name='PostLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('post', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='links', to='community.post')),
                ('card', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='posts', to='community.linkcard')),
                ('place', models.PositiveSmallIntegerField()),
            ],
            options={
                'ordering': ['post', 'place'],
                'constraints': [models.UniqueConstraint(fields=('post', 'card'), name='one_card_of_a_page_per_post')],
            },
        ),
        migrations.CreateModel(
            name='Poll',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('post', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='poll', to='community.post')),
                ('question', models.CharField(max_length=140)),
                ('takes_several', models.BooleanField(default=False)),
                ('closes_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('question', ''), _negated=True), name='a_poll_asks_something')],
            },
        ),
        migrations.CreateModel(
            name='FormerPlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('topic', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='former', to='community.topic')),
                ('number', models.PositiveIntegerField()),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former', to='community.post')),
                ('step', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='places', to='community.rearrangement')),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('topic', 'number'), name='one_post_per_former_place')],
            },
        ),
        migrations.CreateModel(
            name='PollChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('poll', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='choices', to='community.poll')),
                ('position', models.PositiveSmallIntegerField()),
                ('words', models.CharField(max_length=100)),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('poll', 'position'), name='one_choice_per_place')],
            },
        ),
        migrations.CreateModel(
            name='Vote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('poll', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='votes', to='community.poll', verbose_name='poll')),
                ('choice', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='votes', to='community.pollchoice', verbose_name='choice')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('is_only', models.BooleanField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('choice', 'person'), name='one_vote_per_choice'), models.UniqueConstraint(condition=models.Q(('is_only', True)), fields=('poll', 'person'), name='one_vote_per_person')],
            },
        ),
        migrations.AddField(
            model_name='Topic',
            name='answer',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='answers', to='community.post'),
        ),
        migrations.AddField(
            model_name='Topic',
            name='last_post',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='community.post'),
        ),
        migrations.AddConstraint(
            model_name='Topic',
            constraint=models.CheckConstraint(condition=models.Q(('answer', None), ('is_question', True), _connector='OR'), name='only_questions_are_answered'),
        ),
    ]
