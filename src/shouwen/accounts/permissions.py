"""What may be allowed about staff and organisation."""

from shouwen.kit.permissions import declare

LEADERS = ("shift_leader", "duty_leader", "system_management")

VIEW_STAFF = declare(
    "accounts.staff.view",
    zh="查看人员",
    en="View staff",
    default_for=(*LEADERS, "comprehensive", "specialist", "back_office", "quality"),
)
MANAGE_STAFF = declare("accounts.staff.manage", zh="管理人员", en="Manage staff", default_for=("system_management",))
ASSIGN_ROLES = declare(
    "accounts.roles.assign",
    zh="分配台席权限",
    en="Assign seat permissions",
    default_for=("system_management", "shift_leader"),
)
MANAGE_OPERATOR = declare(
    "accounts.operator.manage",
    zh="设置运营商：名称、标志、特服号、服务时间，导入组织、人员和队列",
    en="Set the operator up: name, logo, access code, hours; load organisation, staff and queues",
    default_for=("system_management",),
)
EDIT_ROLES = declare(
    "accounts.roles.edit", zh="编辑台席类型的权限", en="Edit what seat types may do", default_for=("system_management",)
)
MANAGE_SECURITY = declare(
    "accounts.security.manage",
    zh="设置密码和登录规则",
    en="Set the rules of passwords and sessions",
    default_for=("system_management",),
)
ISSUE_TOKENS = declare(
    "accounts.tokens.issue",
    zh="建立接口令牌",
    en="Make API tokens",
    default_for=("system_management", "data_maintenance"),
)
MANAGE_QUALIFICATIONS = declare(
    "accounts.qualifications.manage",
    zh="维护人员资质",
    en="Maintain qualifications",
    default_for=("system_management", "shift_leader"),
)
NAME_SUBSTITUTES = declare(
    "accounts.substitutes.name",
    zh="安排他人请假期间由谁代审批",
    en="Name who decides approvals for others on leave",
    default_for=LEADERS,
)
VIEW_SECURITY_LOG = declare(
    "accounts.security-log.view",
    zh="查看安全日志",
    en="Read the security log",
    default_for=("system_management",),
)
SHARE_VIEWS = declare(
    "accounts.views.share",
    zh="与本组织共享列表视图",
    en="Share views of lists with one's organisation",
    default_for=LEADERS,
)
GIVE_ACCESS = frozenset({MANAGE_STAFF, ASSIGN_ROLES, EDIT_ROLES})
"""Seats with one of these decide about others: only who edits seat types gives or takes such a seat."""
