"""Phones say where they stand and whether they can be reached; nobody owns two of a kind."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("telephony", "0008_dialling")]

    operations = [
        migrations.AddField(
            model_name="phone", name="registered", field=models.BooleanField(db_default=False, default=False)
        ),
        migrations.AddField(model_name="phone", name="registered_at", field=models.DateTimeField(null=True)),
        migrations.AddField(
            model_name="phone",
            name="seat",
            field=models.CharField(blank=True, db_default="", default="", max_length=40),
        ),
        migrations.AddConstraint(
            model_name="phone",
            constraint=models.UniqueConstraint(fields=("owner", "kind"), name="telephony_phone_one_of_a_kind"),
        ),
    ]
