"""Where requests about one's own data stand in the tree of tickets."""

from django.db import migrations


def fill(apps, schema_editor):
    category = apps.get_model("tickets", "Category")
    above = category.objects.filter(code="service").first()
    if above is None:
        return
    category.objects.get_or_create(
        code="service.personal_data",
        defaults={
            "parent": above,
            "level": 2,
            "position": 90,
            "name_zh": "个人信息权利",
            "name_en": "Personal data rights",
            "super_class": "service_quality",
        },
    )


class Migration(migrations.Migration):
    dependencies = [("governance", "0001_initial"), ("tickets", "0002_categories")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
