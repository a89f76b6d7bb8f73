"""Invitations, decisions and letters that went before anybody was asked why: they stand among what was shared, without a purpose."""

from django.db import migrations

FORWARDS = """
INSERT INTO sharing_share (what, thing, record_id, children, agency_id, agency_kind, person_id, to_whom, at, by_id)
SELECT went.what, i.reference, i.record_id,
       ARRAY(SELECT c.child_id FROM records_recordchild c WHERE c.record_id = i.record_id AND c.removed_at IS NULL ORDER BY c.child_id),
       i.agency_id, i.agency_kind, i.person_id, COALESCE(i.name || ', ' || i.role, i.role), went.at, went.by
  FROM meeting_invitee i
 CROSS JOIN LATERAL (VALUES ('invitation', i.invited_at, i.invited_by_id), ('decisions', i.sent_at, i.sent_by_id)) AS went (what, at, by)
 WHERE i.worker_id IS NULL AND went.at IS NOT NULL;

INSERT INTO sharing_share (what, thing, record_id, children, person_id, to_whom, at, by_id)
SELECT 'letter', l.reference, l.record_id,
       ARRAY(SELECT p.id FROM people_person p WHERE p.reference = ANY (l.children) ORDER BY p.id),
       l.person_id, COALESCE(p.shown_name, 'Somebody without a name'), l.gone_at, l.gone_by_id
  FROM documents_letter l JOIN people_person p ON p.id = l.person_id
 WHERE l.gone_at IS NOT NULL;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("meeting", "0005_left_out_though_asked"),
        ("sharing", "0001_initial"),
        ("documents", "0003_told_at"),
        ("people", "0001_initial"),
        ("records", "0001_initial"),
    ]
    operations = [migrations.RunSQL(FORWARDS, migrations.RunSQL.noop)]
