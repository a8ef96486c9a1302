"""The database dates the lines of the consent ledger, counts them, and refuses repeats, changes and emptying."""

from django.db import migrations

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

CREATE FUNCTION programs_consent_ledger_is_insert_only() RETURNS trigger
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
LIFT = """
DROP FUNCTION programs_forget_old_consents();
DROP TRIGGER consent_ledger_is_never_emptied ON programs_consentevent;
DROP TRIGGER consent_ledger_is_insert_only ON programs_consentevent;
DROP TRIGGER consent_line_is_new ON programs_consentevent;
DROP FUNCTION programs_consent_ledger_is_insert_only();
DROP FUNCTION programs_consent_line_is_new();
"""


class Migration(migrations.Migration):
    dependencies = [("programs", "0001_tables")]

    operations = [migrations.RunSQL(HOLD, LIFT)]
