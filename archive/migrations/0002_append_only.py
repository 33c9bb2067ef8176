from django.db import migrations

TABLES = ("archive_transcript", "archive_transcriptfile", "archive_sealedmessage")

# DELETE needs an erasing entry: the setting dealertext.erasing names the key of a ledger entry of
# kind ERASED, of the same dealership, that this very transaction appended. The row is visible to us
# and its xmin still runs: so it is ours, or of a savepoint of ours. xmin lacks the epoch, which is
# taken from this transaction; where the two lie across a wrap-around, the answer is a refusal.
FORWARD = """
CREATE FUNCTION dealertext_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    erasing text := current_setting('dealertext.erasing', true);
    seller bigint;
BEGIN
    IF TG_OP = 'DELETE' AND erasing ~ '^[0-9]{1,18}$' THEN
        IF TG_TABLE_NAME = 'archive_transcript' THEN
            seller := OLD.dealership_id;
        ELSE
            SELECT t.dealership_id INTO seller
              FROM archive_transcript t WHERE t.id = OLD.transcript_id;
        END IF;
        IF EXISTS (
            SELECT 1 FROM consent_consentevent e
             WHERE e.id = erasing::bigint
               AND e.kind = 'ERASED'
               AND e.dealership_id = seller
               AND pg_xact_status(
                     ((pg_current_xact_id()::text::numeric
                       - mod(pg_current_xact_id()::text::numeric, 4294967296))
                      + e.xmin::text::numeric)::text::xid8
                   ) = 'in progress'
        ) THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION '% is sealed: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;
""" + "".join(
    f"""
CREATE TRIGGER sealed BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION dealertext_sealed();
"""
    for table in TABLES
)

BACKWARD = (
    "".join(f"DROP TRIGGER sealed ON {table};" for table in TABLES)
    + "DROP FUNCTION dealertext_sealed();"
)


class Migration(migrations.Migration):
    """Row triggers refuse UPDATE on what was sealed, and DELETE but to an erasure (design §8)."""

    dependencies = [("archive", "0001_initial"), ("consent", "0002_append_only")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
