from django.db import migrations

FORWARDS = """
CREATE FUNCTION programs_consent_ledger_is_insert_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
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
