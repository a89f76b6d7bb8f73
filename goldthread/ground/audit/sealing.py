"""How the trails are sealed: the database hashes each closed day, row by row, and chains the days.

A seal covers keys, not moments: from after the last sealed key to the last one written in the day, and never beyond a key
that was handed out while a transaction was still writing. So a row that is committed late is in one seal,
whatever its clock said, and no seal is ever contradicted by one.

The function works as the owner of the tables. The product's own role may ask for a seal of what is over, and can neither
write one nor change one. Verifying does not use the function: it hashes by its own words (`digests`).
"""

FORM = 1
BLOCK = 1000
TIME_ZONE = "Europe/London"

# Every column, as an array in JSON: moments as microseconds, documents as their text, so that nothing can stand for anything else.
ROWS = {
    "audit_change": 'id, {at}, transaction, "table", row, op, was::text, now::text, actor, purpose, request',
    "audit_reading": "id, {at}, actor, user_id, act, what, people, purpose, request",
}
AT = "(extract(epoch FROM at) * 1000000)::bigint"
HEADER = (
    "convert_to(json_build_array(number, trail, to_char(day, 'YYYY-MM-DD'), first_key, last_key, count, form, "
    "(extract(epoch FROM sealed_at) * 1000000)::bigint, version)::text, 'UTF8')"
)
LINK = f"sha256(coalesce(before, ''::bytea) || digest || {HEADER})"
# Of a seal's blocks, in order; a day without rows has none.
DIGEST = "sha256(coalesce(string_agg(hash || sha256(marks), ''::bytea ORDER BY block), ''::bytea))"


def row_hash(table: str) -> str:
    return f"sha256(convert_to(json_build_array({ROWS[table].format(at=AT)})::text, 'UTF8'))"


def digests(table: str, first: str, last: str) -> str:
    """A query of the blocks between two keys: block, count, hash, marks. OFFSET 0 keeps each row from being hashed twice."""
    return f"""
      SELECT id / {BLOCK} AS block, count(*) AS count, sha256(string_agg(h, ''::bytea ORDER BY id)) AS hash,
             string_agg(int2send((id % {BLOCK})::int2) || substr(h, 1, 4), ''::bytea ORDER BY id) AS marks
      FROM (SELECT id, {row_hash(table)} AS h FROM public.{table} WHERE id BETWEEN {first} AND {last} OFFSET 0) AS hashed
      GROUP BY id / {BLOCK}"""  # noqa: S608 (declared above, no input)


def _tops(table: str) -> str:
    """For each day that is over the last key written in it, or in a day before it; rows of a moment sealed already go with the first."""
    return f"""
    tops_{table} := (SELECT array_agg(top ORDER BY day) FROM (
      SELECT day, max(top) OVER (ORDER BY day) AS top FROM generate_series(v_day, v_today - 1, '1 day') AS day LEFT JOIN (
        SELECT greatest((at AT TIME ZONE '{TIME_ZONE}')::date, v_day) AS written, max(id) AS top FROM {table}
        WHERE id > (SELECT coalesce(max(last_key), -9223372036854775808) FROM audit_seal WHERE trail = '{table}') AND id <= settled_{table}
        GROUP BY 1) AS days ON written = day) AS running);"""  # noqa: S608 (declared above, no input)


def _seal_one(table: str) -> str:
    """One day of one trail."""
    return f"""
    SELECT coalesce(max(last_key) + 1, least(1, (SELECT min(id) FROM {table}))) INTO v_first FROM audit_seal WHERE trail = '{table}';
    v_last := greatest(tops_{table}[v_made + 1], v_first - 1);
    SELECT coalesce(max(number), 0) + 1 INTO v_number FROM audit_seal;
    INSERT INTO audit_sealedblock (seal_id, block, count, hash, marks) SELECT v_number, d.* FROM ({digests(table, "v_first", "v_last")}) AS d;
    INSERT INTO audit_seal (number, trail, day, first_key, last_key, count, digest, before, hash, form, sealed_at, version)
      SELECT number, trail, day, first_key, last_key, count, digest, before, {LINK}, form, sealed_at, version
      FROM (SELECT v_number AS number, '{table}' AS trail, v_day AS day, v_first AS first_key, v_last AS last_key,
                   (SELECT coalesce(sum(count), 0)::bigint FROM audit_sealedblock WHERE seal_id = v_number) AS count,
                   (SELECT {DIGEST} FROM audit_sealedblock WHERE seal_id = v_number) AS digest,
                   (SELECT hash FROM audit_seal WHERE number = v_number - 1) AS before,
                   {FORM} AS form, clock_timestamp() AS sealed_at, p_version AS version) AS made;"""  # noqa: S608 (declared above, no input)


FUNCTION = f"""
CREATE OR REPLACE FUNCTION audit_settled(p_table regclass) RETURNS bigint LANGUAGE plpgsql SET search_path = public, pg_temp AS $body$
-- The last key handed out, once every transaction that was writing by then has ended; NULL when one goes on for too long.
#variable_conflict use_column
DECLARE
  v_last bigint;
  v_writing text[];
BEGIN
  EXECUTE format('SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM %s', pg_get_serial_sequence(p_table::text, 'id')) INTO v_last;
  FOR try IN 1..40 LOOP
    SELECT array_agg(DISTINCT virtualtransaction) INTO v_writing FROM pg_locks
      WHERE relation = p_table AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND mode = 'RowExclusiveLock' AND granted AND pid IS DISTINCT FROM pg_backend_pid()
        AND (v_writing IS NULL OR virtualtransaction = ANY (v_writing));
    IF v_writing IS NULL THEN RETURN v_last; END IF;
    PERFORM pg_sleep(0.25);
  END LOOP;
  RETURN NULL;
END $body$;

CREATE OR REPLACE FUNCTION audit_seal_days(p_version text) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $body$
-- Seals every day that is over, both trails; how many days. NULL when somebody is still writing.
#variable_conflict use_column
DECLARE
  settled_audit_change bigint;
  settled_audit_reading bigint;
  tops_audit_change bigint[];
  tops_audit_reading bigint[];
  v_day date;
  v_first bigint;
  v_last bigint;
  v_number bigint;
  v_made integer := 0;
  v_today date := (clock_timestamp() AT TIME ZONE '{TIME_ZONE}')::date;
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'Seal in a transaction that reads what is committed: this one would miss rows.';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtext('goldthread seal'));
  SELECT coalesce(max(day) + 1, (SELECT least((SELECT at FROM audit_change ORDER BY id LIMIT 1),
    (SELECT at FROM audit_reading ORDER BY id LIMIT 1)) AT TIME ZONE '{TIME_ZONE}')::date, v_today) INTO v_day FROM audit_seal;
  IF v_day >= v_today THEN RETURN 0; END IF;
  settled_audit_change := audit_settled('audit_change');
  settled_audit_reading := audit_settled('audit_reading');
  IF settled_audit_change IS NULL OR settled_audit_reading IS NULL THEN RETURN NULL; END IF;
  {_tops("audit_change")}
  {_tops("audit_reading")}
  WHILE v_day < v_today LOOP
    {_seal_one("audit_change")}
    {_seal_one("audit_reading")}
    v_made := v_made + 1;
    v_day := v_day + 1;
  END LOOP;
  RETURN v_made;
END $body$;
"""  # noqa: S608 (declared above, no input)
