"""What may be allowed about customers."""

from shouwen.kit.permissions import declare

AGENTS = ("comprehensive", "specialist", "back_office", "shift_leader", "duty_leader")

VIEW = declare(
    "customers.view",
    zh="查看客户资料",
    en="View customers",
    default_for=(*AGENTS, "quality", "data_maintenance", "system_management"),
)
VIEW_KEY = declare(
    "customers.key.view",
    zh="查看重点客户资料",
    en="View key customers",
    default_for=("specialist", "shift_leader", "duty_leader", "data_maintenance"),
)
REVEAL = declare(
    "customers.reveal",
    zh="查看客户完整信息",
    en="Reveal personal data",
    default_for=(*AGENTS, "data_maintenance"),
)
EXPORT_FULL = declare(
    "customers.export-full",
    zh="导出客户完整信息",
    en="Export customers unmasked",
)
IMPORT = declare(
    "customers.import",
    zh="批量导入客户",
    en="Import customers",
    default_for=("data_maintenance", "system_management"),
)
REGISTER = declare(
    "customers.register",
    zh="登记客户",
    en="Register customers",
    default_for=(*AGENTS, "data_maintenance", "system_management"),
)
UPDATE = declare(
    "customers.update", zh="修改客户资料", en="Change customers", default_for=(*AGENTS, "data_maintenance")
)
VIEW_RESTRICTED = declare(
    "customers.restricted.view",
    zh="查看和限制处理客户资料（法务）",
    en="See and restrict customers' data (legal)",
    default_for=(
        "shift_leader",
        "duty_leader",
    ),
)
VERIFY = declare("customers.verify", zh="核验服务密码", en="Check service passwords", default_for=AGENTS)
