"""The database counts how many said yes to an event, so that its places hold on every road."""

from django.db import migrations

COUNT = """
-- How many said yes to an event: counted where it is said, so that the check of its places holds on every road.
CREATE FUNCTION community_count_yes() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.choice = NEW.choice AND OLD.event_id = NEW.event_id THEN
        RETURN NULL;
    END IF;
    IF TG_OP <> 'INSERT' AND OLD.choice = 'yes' THEN
        UPDATE community_event SET taken = taken - 1 WHERE id = OLD.event_id;
    END IF;
    IF TG_OP <> 'DELETE' AND NEW.choice = 'yes' THEN
        UPDATE community_event SET taken = taken + 1 WHERE id = NEW.event_id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER answers_are_counted AFTER INSERT OR UPDATE OR DELETE ON community_answer
    FOR EACH ROW EXECUTE FUNCTION community_count_yes();
"""
UNCOUNT = "DROP TRIGGER answers_are_counted ON community_answer; DROP FUNCTION community_count_yes();"


class Migration(migrations.Migration):
    dependencies = [("community", "0002_room_for_the_ledger")]

    operations = [migrations.RunSQL(COUNT, UNCOUNT)]
