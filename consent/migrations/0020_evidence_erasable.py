from django.db import migrations

# As for documents (0007), and the erasing entry is of the same subject: one person's erasure opens
# nobody else's evidence.
FORWARD = """
CREATE FUNCTION dealertext_evidence() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    erasing text := current_setting('dealertext.erasing', true);
BEGIN
    IF TG_OP = 'DELETE' AND erasing ~ '^[0-9]{1,18}$' AND EXISTS (
        SELECT 1
          FROM consent_consentevent e
          JOIN consent_consentevent o ON o.id = OLD.entry_id
         WHERE e.id = erasing::bigint
           AND e.kind = 'ERASED'
           AND e.dealership_id = o.dealership_id
           AND e.subject = o.subject
           AND e.subject <> ''
           AND o.index < e.index
           AND pg_xact_status(
                 ((pg_current_xact_id()::text::numeric
                   - mod(pg_current_xact_id()::text::numeric, 4294967296))
                  + e.xmin::text::numeric)::text::xid8
               ) = 'in progress'
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;
DROP TRIGGER append_only ON consent_evidence;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON consent_evidence
    FOR EACH ROW EXECUTE FUNCTION dealertext_evidence();
"""

BACKWARD = """
DROP TRIGGER append_only ON consent_evidence;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON consent_evidence
    FOR EACH ROW EXECUTE FUNCTION dealertext_append_only();
DROP FUNCTION dealertext_evidence();
"""


class Migration(migrations.Migration):
    """Evidence refuses DELETE but to an erasure of its own subject (design §8)."""

    dependencies = [("consent", "0019_erasures")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
