"""What may be allowed about forms."""

from shouwen.kit.permissions import declare

DESIGN = declare(
    "forms.design", zh="设计表单", en="Design forms", default_for=("data_maintenance", "system_management")
)
PUBLISH = declare(
    "forms.publish",
    zh="审核并发布表单",
    en="Review and publish forms",
    default_for=("data_maintenance", "system_management"),
)
