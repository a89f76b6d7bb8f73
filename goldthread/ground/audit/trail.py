"""The change trail: one generic trigger, attached to every table of ours after each migration.

Statement-level triggers with transition tables: a bulk load costs one extra INSERT … SELECT, not one call a row.
OFFSET 0 keeps each row's JSON from being made again for every place that asks for it, which took twice as long.
"""

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction

from goldthread.ground.audit import sealing

FUNCTION = """
CREATE OR REPLACE FUNCTION audit_row(j jsonb, hide text[]) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $body$
  SELECT CASE WHEN cardinality(hide) = 0 THEN j ELSE
    j || (SELECT coalesce(jsonb_object_agg(k, 'hidden ' || left(md5(j->>k), 8)), '{}') FROM unnest(hide) k WHERE j->>k IS NOT NULL)
  END
$body$;

CREATE OR REPLACE FUNCTION audit_write() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $body$
DECLARE
  who text := coalesce(current_setting('app.actor', true), '');
  why text := coalesce(current_setting('app.purpose', true), '');
  req text := coalesce(current_setting('app.request', true), '');
  key text := TG_ARGV[0];
  hide text[] := string_to_array(coalesce(TG_ARGV[1], ''), ' ');
BEGIN
  IF who = '' THEN
    RAISE EXCEPTION 'No actor is set: % on % was refused. Open goldthread.ground.audit.acting first.', TG_OP, TG_TABLE_NAME;
  END IF;
  IF TG_OP = 'INSERT' THEN
    INSERT INTO audit_change (at, transaction, "table", row, op, was, now, actor, purpose, request)
    SELECT clock_timestamp(), txid_current(), TG_TABLE_NAME, (j->>key)::bigint, 'I', NULL, jsonb_strip_nulls(j), who, why, req
    FROM (SELECT audit_row(to_jsonb(n), hide) AS j FROM new_rows n OFFSET 0) AS rows;
  ELSIF TG_OP = 'UPDATE' THEN
    INSERT INTO audit_change (at, transaction, "table", row, op, was, now, actor, purpose, request)
    SELECT clock_timestamp(), txid_current(), TG_TABLE_NAME, (n.j->>key)::bigint, 'U',
           (SELECT jsonb_object_agg(e.key, e.value) FROM jsonb_each(o.j) e WHERE n.j->e.key IS DISTINCT FROM e.value),
           (SELECT jsonb_object_agg(e.key, e.value) FROM jsonb_each(n.j) e WHERE o.j->e.key IS DISTINCT FROM e.value),
           who, why, req
    FROM (SELECT audit_row(to_jsonb(t), hide) AS j FROM new_rows t OFFSET 0) AS n JOIN (SELECT audit_row(to_jsonb(t), hide) AS j FROM old_rows t OFFSET 0) AS o ON n.j->>key = o.j->>key
    WHERE n.j IS DISTINCT FROM o.j;
  ELSE
    INSERT INTO audit_change (at, transaction, "table", row, op, was, now, actor, purpose, request)
    SELECT clock_timestamp(), txid_current(), TG_TABLE_NAME, (j->>key)::bigint, 'D', jsonb_strip_nulls(j), NULL, who, why, req
    FROM (SELECT audit_row(to_jsonb(o), hide) AS j FROM old_rows o OFFSET 0) AS rows;
  END IF;
  RETURN NULL;
END $body$;

CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  RAISE EXCEPTION 'The trail is append-only: % on % was refused.', TG_OP, TG_TABLE_NAME;
END $body$;
"""

# Only ever added to. The change trail is written by its trigger and a seal by its function: the product adds no row to either.
KEPT = ("audit_change", "audit_reading", "audit_seal", "audit_sealedblock", "audit_verification", "audit_replay")
NOT_WRITTEN = ("audit_change", "audit_seal", "audit_sealedblock")

# What proves somebody's identity: that it changed is written down, what it is never.
SECRETS = {"password", "secret_hash", "address_hash", "seed"}
# Tables of others that are kept in the trail as ours are, with their secret columns: how somebody proves who they are, and where they are signed in.
OF_OTHERS = {
    "mfa.authenticator": {"data"},
    "usersessions.usersession": {"session_key"},
    "socialaccount.socialaccount": {"extra_data"},
}

TRANSITIONS = {
    "insert": "REFERENCING NEW TABLE AS new_rows",
    "update": "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "delete": "REFERENCING OLD TABLE AS old_rows",
}


def attach(**_: object) -> None:
    """Put the trigger on every table whose model is audited, keep the trails append-only, and grant the app role."""
    role = connection.ops.quote_name(settings.APP_ROLE)
    with connection.cursor() as cursor:
        cursor.execute(FUNCTION + sealing.FUNCTION)
        cursor.execute("SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgname LIKE 'audit_%%'")
        present = {(table.strip('"'), name) for table, name in cursor.fetchall()}
        for table, key, hidden in _audited_tables():
            for op, transition in TRANSITIONS.items():
                if hidden or (table, f"audit_{op}") not in present:
                    cursor.execute(
                        f'CREATE OR REPLACE TRIGGER audit_{op} AFTER {op.upper()} ON "{table}" {transition} '
                        f"FOR EACH STATEMENT EXECUTE FUNCTION audit_write('{key}', '{hidden}')"
                    )
        for table in KEPT:
            if (table, "audit_keep") not in present:
                cursor.execute(
                    f'CREATE TRIGGER audit_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON "{table}" FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()'
                )
        cursor.execute("CREATE INDEX IF NOT EXISTS reading_of_people ON audit_reading USING gin (people)")
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [settings.APP_ROLE])
        if cursor.fetchone():
            # One statement's worth of time: nobody finds the trail open between what is given and what is taken back.
            with transaction.atomic():
                cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
                cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}")
                cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}")
                cursor.execute(f"REVOKE INSERT ON {', '.join(NOT_WRITTEN)} FROM {role}")
                cursor.execute(f"REVOKE UPDATE, DELETE ON {', '.join(KEPT)} FROM {role}")
                cursor.execute("REVOKE EXECUTE ON FUNCTION audit_seal_days(text), audit_settled(regclass) FROM PUBLIC")
                cursor.execute(f"GRANT EXECUTE ON FUNCTION audit_seal_days(text) TO {role}")


def _audited_tables() -> list[tuple[str, str, str]]:
    """Every table of the product's own models and those `OF_OTHERS`, with its key column and its secret columns."""
    return [
        (
            model._meta.db_table,
            str(model._meta.pk.column),
            " ".join(
                field.column for field in model._meta.concrete_fields if field.column in OF_OTHERS.get(model._meta.label_lower, SECRETS)
            ),
        )
        for model in apps.get_models()
        if model._meta.label_lower in OF_OTHERS or (model.__module__.startswith("goldthread.") and getattr(model, "is_audited", True))
    ]
