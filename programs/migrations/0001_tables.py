import core.kit.words
import django.contrib.postgres.fields
import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import django.utils.timezone
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Program',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='name of the program')),
                ('slug', models.SlugField(max_length=60, unique=True)),
                ('company_name', models.CharField(max_length=120, verbose_name='company')),
                ('country', models.CharField(choices=[('DE', 'Germany'), ('AT', 'Austria'), ('CH', 'Switzerland')], default='DE', max_length=2, verbose_name='country profile')),
                ('weekly_minutes', models.PositiveSmallIntegerField(default=60, validators=[django.core.validators.MaxValueValidator(600)], verbose_name='working time per week, in minutes')),
                ('start_on', models.DateField(verbose_name='start')),
                ('time_zone', models.CharField(default='Europe/Berlin', max_length=64, verbose_name='time zone')),
                ('group_minimum', models.PositiveSmallIntegerField(default=5, validators=[django.core.validators.MinValueValidator(5), django.core.validators.MaxValueValidator(50)], verbose_name='smallest group shown (k)')),
                ('value_target', models.DecimalField(decimal_places=2, default=Decimal('0.80'), max_digits=3, verbose_name='share of value content')),
                ('accent', models.CharField(blank=True, max_length=7, validators=[django.core.validators.RegexValidator('^#[0-9a-fA-F]{6}$')])),
                ('second_factor_roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('manager', 'program manager'), ('influencer', 'corporate influencer'), ('coach', 'coach'), ('executive', 'executive'), ('council', 'works council or data protection')], max_length=10), blank=True, default=list, size=None)),
                ('archived_at', models.DateTimeField(null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('group_minimum__gte', 5)), name='group_minimum_has_a_floor'), models.CheckConstraint(condition=models.Q(('value_target__range', (0, 1))), name='value_target_is_a_share')],
            },
        ),
        migrations.CreateModel(
            name='Goal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='goals', to='programs.program')),
                ('rank', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(3)])),
                ('text', models.CharField(max_length=160, verbose_name='goal')),
            ],
            options={
                'ordering': ['rank'],
                'constraints': [models.UniqueConstraint(fields=('program', 'rank'), name='one_goal_per_rank'), models.CheckConstraint(condition=models.Q(('rank__range', (1, 3))), name='at_most_three_goals')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='programs.program')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('role', models.CharField(choices=[('manager', 'program manager'), ('influencer', 'corporate influencer'), ('coach', 'coach'), ('executive', 'executive'), ('council', 'works council or data protection')], max_length=10)),
                ('is_contact', models.BooleanField(default=False, verbose_name='contact person')),
                ('contact_for', models.CharField(blank=True, max_length=120, verbose_name='contact for')),
                ('since', models.DateTimeField(auto_now_add=True)),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['user', 'program'], name='memberships_of_person')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('program', 'user', 'role'), name='one_membership_per_role')],
            },
        ),
        migrations.CreateModel(
            name='TeamInvitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='team_invitations', to='programs.program')),
                ('email', models.EmailField(max_length=254)),
                ('name', models.CharField(max_length=120)),
                ('language', models.CharField(max_length=10)),
                ('role', models.CharField(choices=[('manager', 'program manager'), ('influencer', 'corporate influencer'), ('coach', 'coach'), ('executive', 'executive'), ('council', 'works council or data protection')], max_length=10)),
                ('is_contact', models.BooleanField(default=False)),
                ('contact_for', models.CharField(blank=True, max_length=120)),
                ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('agreed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('invited_at', models.DateTimeField(auto_now_add=True)),
                ('agreed_at', models.DateTimeField(null=True)),
                ('valid_until', models.DateField()),
                ('takes_over', models.BooleanField(default=False)),
                ('withdrawn_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('program'), django.db.models.functions.text.Lower('email'), models.F('role'), condition=models.Q(('withdrawn_at', None)), name='one_team_invitation'), models.CheckConstraint(condition=models.Q(('role', 'influencer'), _negated=True), name='team_invitation_is_for_the_team'), models.CheckConstraint(condition=models.Q(('takes_over', False), ('role', 'manager'), _connector='OR'), name='only_a_lead_takes_over'), models.CheckConstraint(condition=models.Q(('agreed_by', None), models.Q(('agreed_by', models.F('invited_by')), _negated=True), _connector='OR'), name='second_yes_is_of_somebody_else')],
            },
        ),
        migrations.CreateModel(
            name='Phase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', core.kit.words.WordsField(max_length=200)),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='phases', to='programs.program')),
                ('position', models.PositiveSmallIntegerField()),
                ('key', models.SlugField(blank=True, max_length=40)),
                ('aim', core.kit.words.WordsField(blank=True)),
                ('start_on', models.DateField(verbose_name='start')),
                ('end_on', models.DateField(verbose_name='end')),
                ('state', models.CharField(choices=[('planned', 'planned'), ('active', 'active'), ('finished', 'finished'), ('skipped', 'skipped')], default='planned', max_length=8)),
                ('started_on', models.DateField(null=True)),
                ('finished_on', models.DateField(null=True)),
            ],
            options={
                'ordering': ['position', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('end_on__gte', models.F('start_on'))), name='phase_ends_after_its_start'), models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('program', 'position'), name='one_phase_per_position')],
            },
        ),
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.program')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('purpose', models.CharField(choices=[('participation', 'taking part'), ('own_figures', 'bringing my own figures'), ('group_figures', 'counting me into group figures'), ('team_sees_onboarding', 'showing my onboarding to the program team'), ('newsletter', 'receiving the newsletter')], max_length=24)),
                ('consents', models.JSONField(default=list)),
                ('asked_at', models.DateTimeField(auto_now_add=True)),
                ('due_on', models.DateField()),
            ],
            options={
                'indexes': [models.Index(fields=['due_on'], name='erasures_due')],
                'constraints': [models.UniqueConstraint(fields=('program', 'user', 'purpose'), name='one_erasure_per_consent')],
            },
        ),
        migrations.CreateModel(
            name='ConsentEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='programs.program')),
                ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person_ref', models.CharField(max_length=64)),
                ('purpose', models.CharField(choices=[('participation', 'taking part'), ('own_figures', 'bringing my own figures'), ('group_figures', 'counting me into group figures'), ('team_sees_onboarding', 'showing my onboarding to the program team'), ('newsletter', 'receiving the newsletter')], max_length=24)),
                ('action', models.CharField(choices=[('granted', 'granted'), ('withdrawn', 'withdrawn')], max_length=9)),
                ('notice_version', models.PositiveSmallIntegerField()),
                ('text_sha256', models.CharField(max_length=64)),
                ('language', models.CharField(max_length=2)),
                ('channel', models.CharField(max_length=20)),
                ('number', models.PositiveIntegerField(db_default=None, editable=False)),
                ('at', models.DateTimeField(db_default=None, editable=False)),
            ],
            options={
                'indexes': [models.Index(fields=['user', 'program'], name='consents_of_person')],
                'constraints': [models.UniqueConstraint(models.F('program'), models.F('purpose'), models.F('user'), models.OrderBy(models.F('number'), descending=True), name='consents_one_after_the_other')],
            },
        ),
        migrations.CreateModel(
            name='Declined',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.program')),
                ('address_hash', models.CharField(max_length=64)),
                ('on', models.DateField(auto_now_add=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('program', 'address_hash'), name='declined_once')],
            },
        ),
        migrations.CreateModel(
            name='PhaseChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('phase', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='programs.phase')),
                ('kind', models.CharField(choices=[('started', 'started'), ('finished', 'finished'), ('reopened', 'reopened'), ('skipped', 'skipped'), ('moved', 'moved')], max_length=8)),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['-at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['reopened', 'skipped']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='reopening_needs_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='Milestone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('deleted_at', models.DateTimeField(null=True)),
                ('title', core.kit.words.WordsField(max_length=200)),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='milestones', to='programs.program')),
                ('phase', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='milestones', to='programs.phase')),
                ('kind', models.CharField(choices=[('review', 'review'), ('milestone', 'milestone'), ('event', 'event')], default='milestone', max_length=9, verbose_name='kind')),
                ('on', models.DateField(verbose_name='date')),
                ('at', models.TimeField(blank=True, null=True, verbose_name='time')),
                ('place', models.CharField(blank=True, max_length=120, verbose_name='place')),
                ('revision', models.PositiveIntegerField(db_default=0, default=0)),
                ('changed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ['on', 'at', 'pk'],
                'indexes': [models.Index(fields=['program', 'on'], name='dates_of_program')],
            },
        ),
        migrations.CreateModel(
            name='Item',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('deleted_at', models.DateTimeField(null=True)),
                ('title', core.kit.words.WordsField(max_length=200)),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='programs.program')),
                ('phase', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='programs.phase')),
                ('position', models.PositiveSmallIntegerField()),
                ('key', models.SlugField(blank=True, max_length=60)),
                ('hint', core.kit.words.WordsField(blank=True)),
                ('is_must', models.BooleanField(default=True)),
                ('state', models.CharField(choices=[('open', 'open'), ('done', 'done'), ('na', 'not applicable')], default='open', max_length=4)),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='programs.membership', verbose_name='owner')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='due')),
                ('closed_at', models.DateTimeField(null=True)),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['phase__position', 'position', 'pk'],
                'indexes': [models.Index(fields=['program', 'state', 'due_on'], name='items_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'na'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='not_applicable_needs_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.program')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('before', models.JSONField()),
                ('finished', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.phase')),
                ('started', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.phase')),
                ('undone_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Generation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='generations', to='programs.program')),
                ('number', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('start_on', models.DateField(verbose_name='start')),
                ('end_on', models.DateField(blank=True, null=True, verbose_name='end')),
                ('places', models.PositiveSmallIntegerField(default=20, verbose_name='places')),
                ('contact', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='programs.membership', verbose_name='contact person')),
                ('closed_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('program', 'number'), name='one_generation_per_number'), models.CheckConstraint(condition=models.Q(('end_on', None), ('end_on__gte', models.F('start_on')), _connector='OR'), name='generation_ends_after_its_start')],
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('deleted_at', models.DateTimeField(null=True)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='programs.item')),
                ('kind', models.CharField(choices=[('note', 'note'), ('link', 'link'), ('file', 'file')], max_length=4)),
                ('text', models.TextField(blank=True)),
                ('attachment', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.attachment')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'link'), _negated=True), ('text__startswith', 'https://'), _connector='OR'), name='links_are_https'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'file'), _negated=True), ('attachment__isnull', False), _connector='XOR'), name='evidence_file_is_attached')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='programs.program')),
                ('generation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='programs.generation')),
                ('email', models.EmailField(max_length=254)),
                ('name', models.CharField(blank=True, max_length=120)),
                ('language', models.CharField(default='de', max_length=2)),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('state', models.CharField(choices=[('queued', 'waiting to be sent'), ('sent', 'sent'), ('failed', 'could not be delivered'), ('accepted', 'joined'), ('revoked', 'withdrawn')], default='queued', max_length=8)),
                ('valid_until', models.DateTimeField()),
                ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('answered_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['generation', 'state'], name='invitations_of_generation')],
                'constraints': [models.UniqueConstraint(models.F('program'), django.db.models.functions.text.Lower('email'), condition=models.Q(('state', 'revoked'), _negated=True), name='one_open_invitation_per_address')],
            },
        ),
        migrations.CreateModel(
            name='Roster',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('generation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rosters', to='programs.generation')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('source', models.CharField(max_length=200)),
                ('encoding', models.CharField(blank=True, max_length=20)),
                ('lines', models.JSONField(default=list)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('applied_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Participant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='participants', to='programs.program')),
                ('generation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='participants', to='programs.generation')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='participations', to=settings.AUTH_USER_MODEL)),
                ('state', models.CharField(choices=[('active', 'taking part'), ('paused', 'pausing'), ('left', 'left')], default='active', max_length=6)),
                ('joined_on', models.DateField()),
                ('left_on', models.DateField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['generation', 'state'], name='participants_of_generation')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'left'), _negated=True), fields=('program', 'user'), name='one_generation_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', core.kit.words.WordsField(max_length=200)),
                ('generation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='programs.generation')),
                ('position', models.PositiveSmallIntegerField()),
                ('key', models.SlugField(max_length=40)),
                ('text', core.kit.words.WordsField(blank=True)),
                ('kind', models.CharField(choices=[('read', 'read'), ('do', 'do'), ('meet', 'meet'), ('link', 'open')], default='do', max_length=4)),
                ('minutes', models.PositiveSmallIntegerField(default=10)),
                ('due_days', models.PositiveSmallIntegerField(default=14)),
                ('link', models.CharField(blank=True, max_length=80)),
                ('deed', models.SlugField(blank=True, max_length=40)),
                ('address', models.URLField(blank=True, max_length=500, verbose_name='page of your own')),
                ('milestone', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='programs.milestone')),
                ('is_left_out', models.BooleanField(default=False)),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('generation', 'key'), name='one_step_per_key')],
            },
        ),
        migrations.CreateModel(
            name='Span',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='spans', to='programs.participant')),
                ('start_on', models.DateField()),
                ('end_on', models.DateField(null=True)),
            ],
            options={
                'ordering': ['start_on', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('end_on', None)), fields=('participant',), name='one_open_span'), models.CheckConstraint(condition=models.Q(('end_on', None), ('end_on__gte', models.F('start_on')), _connector='OR'), name='span_has_a_length')],
            },
        ),
        migrations.CreateModel(
            name='StepDone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='done', to='programs.step')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps_done', to='programs.participant')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('step', 'participant'), name='a_step_is_done_once')],
            },
        ),
    ]
