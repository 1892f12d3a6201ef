"""Why customers turn to us, to begin with; administrators add to it."""

from django.db import migrations

TREE = (
    (
        ("broadband", "家庭宽带", "Home broadband"),
        (
            ("broadband.fault", "故障报修", "Fault report"),
            ("broadband.slow", "网速慢", "Slow connection"),
            ("broadband.move", "移机", "Move of the line"),
            ("broadband.install", "新装进度", "Progress of installation"),
        ),
    ),
    (
        ("mobile", "移动业务", "Mobile"),
        (
            ("mobile.signal", "信号与通话质量", "Signal and call quality"),
            ("mobile.data", "流量使用", "Data usage"),
            ("mobile.roaming", "漫游", "Roaming"),
            ("mobile.porting", "携号转网", "Number porting"),
        ),
    ),
    (
        ("billing", "资费账单", "Tariff and bills"),
        (
            ("billing.query", "话费查询", "Balance and bill query"),
            ("billing.dispute", "费用争议", "Disputed charge"),
            ("billing.refund", "退费", "Refund"),
            ("billing.payment", "缴费与停复机", "Payment, suspension, resumption"),
        ),
    ),
    (
        ("product", "产品与办理", "Products and orders"),
        (
            ("product.advice", "套餐咨询", "Advice on plans"),
            ("product.change", "套餐变更", "Change of plan"),
            ("product.vas", "增值业务", "Value-added services"),
        ),
    ),
    (
        ("service", "服务", "Service"),
        (
            ("service.complaint", "服务投诉", "Complaint about service"),
            ("service.suggestion", "建议", "Suggestion"),
            ("service.progress", "查询办理进度", "Progress of a request"),
        ),
    ),
    (
        ("other", "其他", "Other"),
        (
            ("other.wrong", "打错或无需求", "Wrong number or no request"),
            ("other.silent", "客户未说明", "Customer did not say"),
        ),
    ),
)


def plant(apps, schema_editor):
    reason = apps.get_model("interactions", "Reason")
    for (code, zh, en), leaves in TREE:
        parent = reason.objects.create(code=code, zh=zh, en=en)
        for leaf, leaf_zh, leaf_en in leaves:
            reason.objects.create(code=leaf, zh=leaf_zh, en=leaf_en, parent=parent)


class Migration(migrations.Migration):
    dependencies = [("interactions", "0002_journal")]
    operations = [migrations.RunPython(plant, migrations.RunPython.noop)]
