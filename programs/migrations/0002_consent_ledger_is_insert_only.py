from django.db import migrations

FORWARDS = """
CREATE FUNCTION programs_consent_ledger_is_insert_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- three years after a withdrawal nobody may ask for the proof any more, and it has to go
    IF TG_OP = 'DELETE' AND EXISTS (
        SELECT 1 FROM programs_consentevent later
        WHERE later.program_id = OLD.program_id AND later.person_ref = OLD.person_ref
        AND later.purpose = OLD.purpose AND later.action = 'withdrawn' AND later.id >= OLD.id
        AND later.at < now() - interval '3 years'
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'the consent ledger is insert-only' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER consent_ledger_is_insert_only BEFORE UPDATE OR DELETE ON programs_consentevent
    FOR EACH ROW EXECUTE FUNCTION programs_consent_ledger_is_insert_only();
CREATE TRIGGER consent_ledger_is_never_emptied BEFORE TRUNCATE ON programs_consentevent
    FOR EACH STATEMENT WHEN (current_setting('influencer.flush', true) IS DISTINCT FROM 'on')
    EXECUTE FUNCTION programs_consent_ledger_is_insert_only();
"""
BACKWARDS = """
DROP TRIGGER consent_ledger_is_never_emptied ON programs_consentevent;
DROP TRIGGER consent_ledger_is_insert_only ON programs_consentevent;
DROP FUNCTION programs_consent_ledger_is_insert_only();
"""


class Migration(migrations.Migration):
    """Proof must not be changed, not even by ourselves: the database refuses it."""

    dependencies = [("programs", "0001_initial")]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
