from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kit", "0011_scanned_files")]

    operations = [
        migrations.CreateModel(
            name="KeepPeriod",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("table", models.CharField(max_length=60, unique=True)),
                ("days", models.PositiveIntegerField()),
                ("reason", models.CharField(max_length=500)),
                ("set_by", models.CharField(max_length=40)),
                ("set_at", models.DateTimeField()),
            ],
            options={
                "db_table": "kit_keep_period",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("days__gt", 0)), name="kit_keep_period_days"),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="kit_keep_period_reasoned"
                    ),
                ],
            },
        ),
    ]
