"""Events get their place in the trail, and seals a table."""

from django.db import migrations, models

import nhipcau.records.foundation.models.trail

# An event's place is the transaction that wrote it. Only the owner may say which (a restored backup does):
# whoever else writes gets the true one, so that nobody slips an event in among those already sealed.
_PLACE = """
CREATE FUNCTION foundation_server() RETURNS bigint LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
    AS $$ SELECT system_identifier FROM pg_catalog.pg_control_system() $$;
CREATE FUNCTION foundation_event_place() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT pg_catalog.pg_has_role((SELECT relowner FROM pg_catalog.pg_class WHERE oid = TG_RELID), 'USAGE') THEN
        NEW.cluster := public.foundation_server();
        NEW.xid := pg_catalog.pg_current_xact_id()::text::bigint;
    END IF;
    RETURN NEW;
END $$;
"""
_TRIGGER = """
CREATE TRIGGER event_place BEFORE INSERT ON foundation_event
    FOR EACH ROW EXECUTE FUNCTION foundation_event_place();
"""


class Migration(migrations.Migration):
    dependencies = [("foundation", "0001_foundation")]

    operations = [
        migrations.RunSQL(
            _PLACE,
            "DROP FUNCTION foundation_event_place(); DROP FUNCTION foundation_server();",
        ),
        migrations.AddField(
            "event",
            "cluster",
            models.BigIntegerField(
                db_default=nhipcau.records.foundation.models.trail.ServerNumber(),
                editable=False,
                verbose_name="database server",
            ),
        ),
        migrations.AddField(
            "event",
            "xid",
            models.BigIntegerField(
                db_default=nhipcau.records.foundation.models.trail.TransactionNumber(),
                editable=False,
                verbose_name="transaction",
            ),
        ),
        migrations.RunSQL(_TRIGGER, "DROP TRIGGER event_place ON foundation_event;"),
        migrations.AddIndex(
            "event", models.Index(fields=["cluster", "xid", "id"], name="event_in_order_idx")
        ),
        migrations.AddIndex(
            "event",
            models.Index(
                fields=["verb", "id"],
                name="event_of_note_idx",
                condition=models.Q(verb__in=["erase", "freeze"]),
            ),
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False, verbose_name="number")),
                ("at", models.CharField(max_length=40, verbose_name="at")),
                ("cluster", models.BigIntegerField(verbose_name="database server")),
                ("snapshot", models.TextField(verbose_name="snapshot")),
                ("count", models.BigIntegerField(verbose_name="events")),
                ("root", models.CharField(max_length=64, verbose_name="root of the hash tree")),
                ("previous", models.CharField(max_length=64, verbose_name="digest of the seal before")),
                ("key", models.CharField(max_length=64, verbose_name="fingerprint of the key")),
                ("note", models.CharField(blank=True, max_length=1000, verbose_name="note")),
                ("signature", models.CharField(max_length=128, verbose_name="signature")),
            ],
            options={
                "verbose_name": "seal",
                "verbose_name_plural": "seals",
                "indexes": [models.Index(fields=["cluster", "number"], name="seal_of_server_idx")],
            },
        ),
    ]
