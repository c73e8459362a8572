"""Roles of units in records that other offices keep."""

import uuid

import django.contrib.postgres.constraints
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import nhipcau.records.foundation.models.units


class Migration(migrations.Migration):
    dependencies = [
        ("foundation", "0006_erasing"),
    ]

    operations = [
        migrations.CreateModel(
            name="UnitRole",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "public_id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, unique=True, verbose_name="public id"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("lead", "leads"),
                            ("joint", "takes part in leading"),
                            ("host", "receives guests"),
                            ("participant", "takes part"),
                            ("coordination", "reads along"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid until before")),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.office",
                        verbose_name="office",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="unit_roles",
                        to="foundation.reference",
                        verbose_name="record",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="record_roles",
                        to="foundation.unit",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "role of a unit",
                "verbose_name_plural": "roles of units",
            },
        ),
        migrations.CreateModel(
            name="UnitRoleVersion",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, verbose_name="public id")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("lead", "leads"),
                            ("joint", "takes part in leading"),
                            ("host", "receives guests"),
                            ("participant", "takes part"),
                            ("coordination", "reads along"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid until before")),
                (
                    "office",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="foundation.office",
                        verbose_name="office",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="versions",
                        related_query_name="version",
                        to="foundation.unitrole",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="foundation.reference",
                        verbose_name="record",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="foundation.unit",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "version",
                "verbose_name_plural": "versions",
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="unitrole",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                ),
                name="unit_role_is_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="unitrole",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("record", "="),
                    ("unit", "="),
                    ("role", "="),
                    (nhipcau.records.foundation.models.units.Validity(), "&&"),
                ],
                name="unit_role_once_a_day",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="unitrole",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "foundation_unitroleversion" ("id", "office_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "record_id", "role", "unit_id", "valid_from", "valid_to") VALUES (NEW."id", NEW."office_id", NOW(), \'insert\', NEW."id", NEW."public_id", NEW."record_id", NEW."role", NEW."unit_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="741feab0709cafe99e9b76907652fe8d668a2833",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c7874",
                    table="foundation_unitrole",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="unitrole",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "foundation_unitroleversion" ("id", "office_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "record_id", "role", "unit_id", "valid_from", "valid_to") VALUES (NEW."id", NEW."office_id", NOW(), \'update\', NEW."id", NEW."public_id", NEW."record_id", NEW."role", NEW."unit_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="2fd4c325287a37130a2e17548d72b87322e51ec5",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a5f05",
                    table="foundation_unitrole",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="unitrole",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "foundation_unitroleversion" ("id", "office_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "record_id", "role", "unit_id", "valid_from", "valid_to") VALUES (OLD."id", OLD."office_id", NOW(), \'delete\', OLD."id", OLD."public_id", OLD."record_id", OLD."role", OLD."unit_id", OLD."valid_from", OLD."valid_to"); RETURN NULL;',
                    hash="b70f8111f0de0607568f418789ac8beac6282573",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_d6cd1",
                    table="foundation_unitrole",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="unitroleversion",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="59be65ae3f901b0fc766c948b7eb745f5e4175cb",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_68c60",
                    table="foundation_unitroleversion",
                    when="BEFORE",
                ),
            ),
        ),
    ]
