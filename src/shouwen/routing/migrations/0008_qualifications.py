"""Skills may need a qualification; who lacks it is barred from them."""

from django.conf import settings
from django.db import migrations, models

ADOPT = """
-- As before, but who is barred from a skill has it at level 0.
create or replace function routing_adopt(domain bigint, at timestamptz) returns void language plpgsql as $$
begin
    update routing_agent_skill k set level = case when k.barred then 0 else k.wanted_level end
      from routing_skill s
     where s.id = k.skill_id and s.domain_id = domain
       and k.id in (select id from routing_agent_skill
                     where (not barred and not (level = wanted_level)) or (barred and not (level = 0))
                       for no key update skip locked);
    update routing_queue q set stopped = paused
     where q.id in (select id from routing_queue where domain_id = domain and stopped <> paused
                       for no key update skip locked);
    update routing_work_item w set hold_until = null
      from routing_queue q
     where q.id = w.queue_id and q.domain_id = domain and w.state = 'waiting' and w.hold_until is not null
       and (w.hold_until <= at or not exists (
            select 1 from routing_presence p
              join routing_agent_skill k on k.staff_id = p.staff_id and k.level >= w.needed_level
             where p.staff_id = w.preferred_staff_id and k.skill_id = q.skill_id and p.state <> 'offline'))
       and w.id in (select id from routing_work_item where state = 'waiting' and hold_until is not null
                       for no key update skip locked);
    update routing_work_item w set refused_by = '{}', refused_until = null
     where w.state = 'waiting' and w.refused_until <= at
       and w.queue_id in (select id from routing_queue where domain_id = domain)
       and w.id in (select id from routing_work_item where state = 'waiting' and refused_until <= at
                       for no key update skip locked);
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("routing", "0007_appeals"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="agentskill",
            name="routing_agent_skill_wanted",
        ),
        migrations.AddField(
            model_name="agentskill",
            name="barred",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="skill",
            name="qualification",
            field=models.CharField(blank=True, db_default="", default="", max_length=40),
        ),
        migrations.AddField(
            model_name="skill",
            name="qualification_level",
            field=models.SmallIntegerField(db_default=1, default=1),
        ),
        migrations.AddIndex(
            model_name="agentskill",
            index=models.Index(
                condition=models.Q(
                    models.Q(("barred", False), models.Q(("level", models.F("wanted_level")), _negated=True)),
                    models.Q(("barred", True), models.Q(("level", 0), _negated=True)),
                    _connector="OR",
                ),
                fields=["skill"],
                name="routing_agent_skill_wanted",
            ),
        ),
        migrations.RunSQL(ADOPT, migrations.RunSQL.noop),
    ]
