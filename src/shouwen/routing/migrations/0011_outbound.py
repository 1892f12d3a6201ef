"""Contacts that we begin ourselves are carried by a slot too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("routing", "0010_while_waiting")]

    operations = [
        migrations.AddField(
            model_name="workitem",
            name="outbound",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
