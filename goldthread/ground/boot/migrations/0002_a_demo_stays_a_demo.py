"""Whether a database is a demo is decided once; the database itself refuses a change of mind."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION boot_demo_is_for_good() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  IF TG_OP = 'DELETE' OR NEW.is_demo <> OLD.is_demo THEN
    RAISE EXCEPTION 'Whether this database is a demo was decided when it was set up.';
  END IF;
  RETURN NEW;
END $body$;
CREATE TRIGGER demo_is_for_good BEFORE UPDATE OR DELETE ON boot_installation FOR EACH ROW EXECUTE FUNCTION boot_demo_is_for_good();
"""
BACKWARDS = "DROP TRIGGER demo_is_for_good ON boot_installation; DROP FUNCTION boot_demo_is_for_good();"


class Migration(migrations.Migration):
    dependencies = [("boot", "0001_initial")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
