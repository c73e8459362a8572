from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("foundation", "0007_unit_roles"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["account_id", "id"], name="event_of_account_idx"),
        ),
    ]
