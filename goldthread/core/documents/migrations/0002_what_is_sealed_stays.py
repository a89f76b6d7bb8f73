"""A sealed letter never changes and is never deleted: the database refuses it, whoever asks."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION documents_keep_letter() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  IF TG_OP = 'DELETE'
     OR (NEW.reference, NEW.record_id, NEW.kind, NEW.person_id, NEW.children, NEW.way, NEW.made_of, NEW.sha256, NEW.sealed_at)
        IS DISTINCT FROM
        (OLD.reference, OLD.record_id, OLD.kind, OLD.person_id, OLD.children, OLD.way, OLD.made_of, OLD.sha256, OLD.sealed_at)
     OR NEW.sealed_by_id IS DISTINCT FROM OLD.sealed_by_id
     OR (OLD.gone_at IS NOT NULL AND (NEW.gone_at, NEW.gone_by_id) IS DISTINCT FROM (OLD.gone_at, OLD.gone_by_id))
     OR (OLD.stopped_at IS NOT NULL AND NEW.stopped_at IS DISTINCT FROM OLD.stopped_at)
  THEN
    RAISE EXCEPTION 'A sealed letter does not change: % was refused.', TG_OP;
  END IF;
  RETURN NEW;
END $body$;
CREATE TRIGGER keep_letter BEFORE UPDATE OR DELETE ON documents_letter FOR EACH ROW EXECUTE FUNCTION documents_keep_letter();

CREATE FUNCTION documents_keep_sealed() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  RAISE EXCEPTION 'A sealed letter does not change: % was refused.', TG_OP;
END $body$;
CREATE TRIGGER keep_sealed BEFORE UPDATE OR DELETE ON documents_sealed FOR EACH ROW EXECUTE FUNCTION documents_keep_sealed();
"""
BACKWARDS = """
DROP TRIGGER keep_sealed ON documents_sealed; DROP FUNCTION documents_keep_sealed();
DROP TRIGGER keep_letter ON documents_letter; DROP FUNCTION documents_keep_letter();
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
