"""What may be allowed about queues and seats."""

from shouwen.kit.permissions import declare

WORK = declare(
    "routing.work",
    zh="接受分配的服务",
    en="Take contacts",
    default_for=("comprehensive", "specialist", "back_office", "shift_leader", "duty_leader"),
)
VIEW = declare(
    "routing.view",
    zh="查看排队和台席状态",
    en="See queues and seats",
    default_for=("shift_leader", "duty_leader", "system_management", "quality"),
)
LEAD = declare(
    "routing.lead",
    zh="现场调度：台席状态、暂停排队、改派",
    en="Lead the floor: force states, pause queues, move contacts",
    default_for=("shift_leader", "duty_leader"),
)
NUISANCE = declare(
    "routing.nuisance",
    zh="标记和解除骚扰联系",
    en="Mark contacts as a nuisance and lift it",
    default_for=("shift_leader",),
)
SKILLS = declare(
    "routing.skills",
    zh="管理台席技能",
    en="Manage seats' skills",
    default_for=("shift_leader", "system_management"),
)
CONFIGURE = declare(
    "routing.configure",
    zh="设置队列和技能",
    en="Set up queues and skills",
    default_for=("system_management",),
)
PUBLISH = declare(
    "routing.publish",
    zh="发布队列规则、接入码和小休原因",
    en="Publish queue rules, dialled codes and break reasons",
    default_for=("system_management", "shift_leader"),
)
