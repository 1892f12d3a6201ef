"""The eight seat types."""

from django.db import migrations

ROLES = [
    ("comprehensive", "综合受理台席", "Comprehensive seat"),
    ("specialist", "专业受理台席", "Specialist seat"),
    ("system_management", "系统管理台", "System management desk"),
    ("data_maintenance", "资料维护台", "Data maintenance desk"),
    ("quality", "质检台", "Quality desk"),
    ("shift_leader", "班长台", "Shift leader desk"),
    ("duty_leader", "值班长台", "Duty leader desk"),
    ("back_office", "业务处理后台", "Back office"),
]


def fill(apps, schema_editor):
    role = apps.get_model("accounts", "Role")
    for code, zh, en in ROLES:
        role.objects.get_or_create(code=code, defaults={"zh": zh, "en": en})


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("kit", "0002_sql")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
