from django.db import migrations

# DELETE needs an erasing entry, as for what the archive sealed (archive 0002_append_only): the
# setting dealertext.erasing names a ledger entry of kind ERASED, of the same dealership, that this
# very transaction appended.
FORWARD = """
CREATE FUNCTION dealertext_document() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    erasing text := current_setting('dealertext.erasing', true);
BEGIN
    IF TG_OP = 'DELETE' AND erasing ~ '^[0-9]{1,18}$' AND EXISTS (
        SELECT 1 FROM consent_consentevent e
         WHERE e.id = erasing::bigint
           AND e.kind = 'ERASED'
           AND e.dealership_id = OLD.dealership_id
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
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON consent_document
    FOR EACH ROW EXECUTE FUNCTION dealertext_document();
"""

BACKWARD = """
DROP TRIGGER append_only ON consent_document;
DROP FUNCTION dealertext_document();
"""


class Migration(migrations.Migration):
    """A row trigger refuses UPDATE on documents, and DELETE but to an erasure (design §8)."""

    dependencies = [("consent", "0006_documents")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
