from django.conf import settings
from django.db import migrations, models

# What the first version left to the site's good will: the time, the order, and who may empty the table.
LIFT = """
DROP TRIGGER consent_ledger_is_never_emptied ON programs_consentevent;
DROP TRIGGER consent_ledger_is_insert_only ON programs_consentevent;
"""
COUNT = """
UPDATE programs_consentevent line SET number = counted.number
FROM (SELECT id, row_number() OVER (PARTITION BY program_id, purpose, user_id ORDER BY id) AS number
      FROM programs_consentevent) counted
WHERE counted.id = line.id;
"""
HOLD = """
-- A new line: the database counts it and dates it, and a consent that stands cannot be granted once more.
CREATE FUNCTION programs_consent_line_is_new() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE before programs_consentevent;
BEGIN
    IF NEW.at IS NOT NULL OR NEW.number IS NOT NULL THEN
        RAISE EXCEPTION 'the database itself dates and counts the lines of the consent ledger'
            USING ERRCODE = 'restrict_violation';
    END IF;
    SELECT * INTO before FROM programs_consentevent
    WHERE program_id = NEW.program_id AND purpose = NEW.purpose AND user_id = NEW.user_id
    ORDER BY number DESC LIMIT 1;
    IF NEW.action = coalesce(before.action, 'withdrawn') THEN
        RAISE EXCEPTION 'this consent is % already', NEW.action USING ERRCODE = 'restrict_violation';
    END IF;
    NEW.number := coalesce(before.number, 0) + 1;
    NEW.at := clock_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER consent_line_is_new BEFORE INSERT ON programs_consentevent
    FOR EACH ROW EXECUTE FUNCTION programs_consent_line_is_new();

CREATE OR REPLACE FUNCTION programs_consent_ledger_is_insert_only() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    -- three years after a withdrawal nobody may ask for the proof any more, and it has to go
    IF TG_OP = 'DELETE' AND EXISTS (
        SELECT 1 FROM programs_consentevent later
        WHERE later.program_id = OLD.program_id AND later.purpose = OLD.purpose AND later.user_id = OLD.user_id
        AND later.action = 'withdrawn' AND later.number >= OLD.number AND later.at < now() - interval '3 years'
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'the consent ledger is insert-only' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER consent_ledger_is_insert_only BEFORE UPDATE OR DELETE ON programs_consentevent
    FOR EACH ROW EXECUTE FUNCTION programs_consent_ledger_is_insert_only();
CREATE TRIGGER consent_ledger_is_never_emptied BEFORE TRUNCATE ON programs_consentevent
    FOR EACH STATEMENT EXECUTE FUNCTION programs_consent_ledger_is_insert_only();

-- The only way a line goes: by the owner's right, and only what has had its time. Grants first: the trigger lets a line
-- go only while an old withdrawal that came after it can still be seen.
CREATE FUNCTION programs_forget_old_consents() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE removed bigint; total bigint := 0; gone text;
BEGIN
    FOREACH gone IN ARRAY ARRAY['granted', 'withdrawn'] LOOP
        DELETE FROM programs_consentevent line
        WHERE action = gone AND at < now() - interval '3 years' AND EXISTS (
            SELECT 1 FROM programs_consentevent later
            WHERE later.program_id = line.program_id AND later.purpose = line.purpose AND later.user_id = line.user_id
            AND later.action = 'withdrawn' AND later.number >= line.number AND later.at < now() - interval '3 years'
        );
        GET DIAGNOSTICS removed = ROW_COUNT;
        total := total + removed;
    END LOOP;
    RETURN total;
END $$;
"""


class Migration(migrations.Migration):
    """The database dates the lines of the consent ledger, counts them, and refuses repeats, changes and emptying."""

    dependencies = [
        ('programs', '0004_evidence_is_attached'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(LIFT),
        migrations.RemoveIndex(
            model_name='consentevent',
            name='consents_by_purpose',
        ),
        migrations.AddField(
            model_name='consentevent',
            name='number',
            field=models.PositiveIntegerField(null=True, editable=False),
        ),
        migrations.RunSQL(COUNT),
        migrations.AlterField(
            model_name='consentevent',
            name='number',
            field=models.PositiveIntegerField(db_default=None, editable=False),
        ),
        migrations.AlterField(
            model_name='consentevent',
            name='at',
            field=models.DateTimeField(db_default=None, editable=False),
        ),
        migrations.AddConstraint(
            model_name='consentevent',
            constraint=models.UniqueConstraint(models.F('program'), models.F('purpose'), models.F('user'), models.OrderBy(models.F('number'), descending=True), name='consents_one_after_the_other'),
        ),
        migrations.RunSQL(HOLD),
    ]
