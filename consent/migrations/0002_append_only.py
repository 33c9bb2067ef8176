from django.db import migrations

TABLES = ("consent_consentevent", "consent_checkpoint", "consent_evidence")

FORWARD = """
CREATE FUNCTION dealertext_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;
""" + "".join(
    f"""
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION dealertext_append_only();
"""
    for table in TABLES
)

BACKWARD = (
    "".join(f"DROP TRIGGER append_only ON {table};" for table in TABLES)
    + "DROP FUNCTION dealertext_append_only();"
)


class Migration(migrations.Migration):
    """Row triggers refuse UPDATE and DELETE on the ledger, whoever asks (promise I5)."""

    dependencies = [("consent", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
