import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("telephony", "0005_recording_pauses")]

    operations = [
        migrations.CreateModel(
            name="MediaServer",
            fields=[
                ("name", models.CharField(max_length=30, primary_key=True, serialize=False)),
                ("ports", models.PositiveIntegerField()),
                ("seen_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="RefusedCall",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("channel", models.CharField(max_length=64, unique=True)),
                ("asterisk", models.CharField(max_length=30)),
                ("dialled", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
            ],
            options={"indexes": [models.Index(fields=["at", "id"], name="telephony_refused_at")]},
        ),
        migrations.CreateModel(
            name="Trunk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.CharField(max_length=60)),
                ("up", models.BooleanField()),
                ("since", models.DateTimeField()),
                (
                    "server",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="trunks",
                        to="telephony.mediaserver",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("server", "address"), name="telephony_trunk_one")]
            },
        ),
        migrations.AddIndex(
            model_name="leg",
            index=models.Index(
                condition=models.Q(("side", "customer")), fields=["begun_at"], name="telephony_leg_port"
            ),
        ),
    ]
