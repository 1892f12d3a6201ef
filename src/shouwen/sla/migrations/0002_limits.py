"""The limits of the service standard (48 h, 72 h, 3 working days), of web chat, and the public holidays of 2026."""

from datetime import date, timedelta

from django.db import migrations

HOUR = 3600
KINDS = ("enquiry", "fault", "complaint", "suggestion")
CHAT = {"answer": 60, "handling": 1800, "wrap_up": 300}
HOLIDAYS = (
    ("元旦", date(2026, 1, 1), 3),
    ("春节", date(2026, 2, 15), 9),
    ("清明节", date(2026, 4, 4), 3),
    ("劳动节", date(2026, 5, 1), 5),
    ("端午节", date(2026, 6, 19), 3),
    ("中秋节", date(2026, 9, 25), 3),
    ("国庆节", date(2026, 10, 1), 7),
)
WORKED = ((1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10))


def limits():
    for metric, seconds in CHAT.items():
        yield {"code": f"chat.{metric}", "metric": metric, "allowance_seconds": seconds}
    for kind in KINDS:
        yield {"code": f"{kind}.response", "metric": "response", "allowance_seconds": 48 * HOUR}
        yield {"code": f"{kind}.handling", "metric": "handling", "allowance_seconds": 72 * HOUR}
        yield {"code": f"{kind}.feedback", "metric": "feedback", "working_days": 3}


def fill(apps, schema_editor):
    policy, day = apps.get_model("sla", "Policy"), apps.get_model("sla", "CalendarDay")
    policy.objects.bulk_create([policy(**row) for row in limits()], ignore_conflicts=True)
    off = [
        day(day=first + timedelta(days=i), works=False, name=name)
        for name, first, length in HOLIDAYS
        for i in range(length)
    ]
    on = [day(day=date(2026, *month_day), works=True, name="调休上班") for month_day in WORKED]
    day.objects.bulk_create(off + on, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("sla", "0001_initial")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
