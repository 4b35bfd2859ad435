from django.db import migrations

from pobratym.audit.protection import protect, unprotect

TABLES = ("audit_entry", "audit_seal", "audit_sealedhead")


def order_by_bytes(apps, schema_editor):
    """Subjects are ordered by their bytes, as SQLite does it, so that a seal is the same file everywhere."""
    if schema_editor.connection.vendor == "postgresql":
        for table in ("audit_entry", "audit_sealedhead", "audit_sight"):
            schema_editor.execute(f'ALTER TABLE {table} ALTER COLUMN subject TYPE varchar(120) COLLATE "C"')


def put_on(apps, schema_editor):
    protect(schema_editor.connection, TABLES)


def take_off(apps, schema_editor):
    unprotect(schema_editor.connection, TABLES)


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_seals")]

    operations = [
        migrations.RunPython(order_by_bytes, migrations.RunPython.noop),
        migrations.RunPython(put_on, take_off),
    ]
