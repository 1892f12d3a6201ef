"""What the house's own machinery holds about people."""

from __future__ import annotations

from shouwen.kit.models import (
    ActivityRun,
    Approval,
    AuditRow,
    AuditSeal,
    Command,
    Delivery,
    ExportRun,
    Fact,
    ImportRow,
    ImportRun,
    KeepPeriod,
    LegalHold,
    ProcessBeat,
    RateWindow,
    StoredFile,
    Subscription,
    Tombstone,
    Version,
)

from .holdings import Basis, Blank, Category, Delete, Holding, Keep, Kept, hold, not_personal

hold(
    Holding(
        model=Command,
        fields={"principal": Category.USE, "body": Category.CONTENT},
        whose="",
        what=("接口操作的应答", "answers to commands"),
        purpose=("同一操作重复提交时给出同一应答", "giving a repeated command the same answer"),
        basis=Basis.CONTRACT,
        keep=Keep("30 天", "30 days", days=30, since="recorded_at"),
        fate=Blank({"body": None}),
        export=False,
        person="staff",
        wall=True,
    )
)
hold(
    Holding(
        model=AuditRow,
        fields={"principal": Category.USE, "details": Category.USE},
        whose="",
        what=("审计日志", "audit trail"),
        purpose=("查明谁在何时做了什么", "showing who did what, and when"),
        basis=Basis.LEGAL_DUTY,
        keep=Keep("至少 6 个月（网络安全法第21条）", "at least 6 months (Cybersecurity Law 21)"),
        fate=Kept("法律要求留存的安全日志", "a security log that the law has us keep"),
        export=False,
        person="staff",
    )
)
hold(
    Holding(
        model=LegalHold,
        fields={"reason": Category.CONTENT, "placed_by": Category.USE, "lifted_by": Category.USE},
        whose="",
        what=("法律保全", "legal holds"),
        purpose=("诉讼、监管和争议期间保全证据", "keeping evidence during a dispute or an inquiry"),
        basis=Basis.LEGAL_DUTY,
        keep=Keep("解除后 3 年", "3 years after it was lifted", days=1095, since="lifted_at", least=1095),
        fate=Delete(),
        export=False,
    )
)
hold(
    Holding(
        model=KeepPeriod,
        fields={"reason": Category.CONTENT, "set_by": Category.USE},
        whose="",
        what=("设定的保存期限和设定人", "periods that were set, and by whom"),
        purpose=("查明由谁、为何改变保存期限", "showing who changed a period, and why"),
        basis=Basis.LEGAL_DUTY,
        keep=Keep("设定期间", "while the period is set"),
        fate=Kept("现行的保存期限设定", "the period in force"),
        export=False,
        person="staff",
    )
)
hold(
    Holding(
        model=RateWindow,
        fields={"caller": Category.USE},
        whose="",
        what=("公开入口的使用次数", "use of public doors"),
        purpose=("防止滥用", "preventing abuse"),
        basis=Basis.LEGAL_DUTY,
        keep=Keep("1 小时，由限流程序清除", "1 hour; the limiter itself clears it"),
        fate=Kept("1 小时内自动清除", "cleared within the hour by itself"),
        export=False,
    )
)
hold(
    Holding(
        model=Version,
        fields={
            "authors": Category.USE,
            "author_name": Category.NAME,
            "reviewer": Category.USE,
            "reviewer_name": Category.NAME,
        },
        whose="",
        what=("版本的起草人和审核人", "authors and reviewers of versions"),
        purpose=("查明由谁起草、由谁批准", "showing who drafted and who approved"),
        basis=Basis.EMPLOYMENT,
        keep=Keep("与版本同期", "as long as the version"),
        fate=Kept("发布的版本不改动", "what was published never changes"),
        export=False,
        person="staff",
    )
)
hold(
    Holding(
        model=Approval,
        fields={
            "requested_by": Category.USE,
            "requested_by_name": Category.NAME,
            "decided_by": Category.USE,
            "decided_by_name": Category.NAME,
            "in_place_of": Category.USE,
            "in_place_of_name": Category.NAME,
            "title": Category.CONTENT,
            "reason": Category.CONTENT,
            "remark": Category.CONTENT,
        },
        whose="",
        what=("审批的申请人、审批人和理由", "who asked for an approval, who decided, and why"),
        purpose=("查明由谁申请、由谁批准", "showing who asked and who approved"),
        basis=Basis.EMPLOYMENT,
        keep=Keep("申请后 3 年", "3 years after it was asked for", days=1095, since="requested_at"),
        fate=Blank({"title": "", "reason": "", "remark": ""}),
        export=False,
        person="staff",
    )
)
hold(
    Holding(
        model=ActivityRun,
        fields={"given": Category.CONTENT, "output": Category.CONTENT, "error": Category.CONTENT},
        whose="",
        what=("流程活动的输入和结果", "what activities of flows were given and answered"),
        purpose=("同一活动只办一次，办不成时由人补办", "doing each activity once, and finishing it by hand"),
        basis=Basis.CONTRACT,
        keep=Keep("开始后 2 年 30 天", "2 years and 30 days after it began", days=760, since="started_at"),
        fate=Blank({"given": {}, "error": ""}),
        export=False,
    )
)
hold(
    Holding(
        model=StoredFile,
        fields={"name": Category.CONTENT, "owner": Category.USE},
        whose="owner",
        keyed=True,
        what=("客户提交的附件", "files that customers handed in"),
        purpose=("说明和证明所提的请求", "explaining and proving a request"),
        basis=Basis.CONTRACT,
        keep=Keep("与所附事项同期；未使用的 1 天", "as long as the matter it belongs to; unused ones a day"),
        fate=Kept("与所附事项一起处理", "goes together with the matter it belongs to"),
        recipients=(
            "对象存储服务商（已连接时，只存密文）",
            "the object store, where one is connected; sealed contents only",
        ),
    )
)
hold(
    Holding(
        model=ImportRow,
        fields={"wrong": Category.CONTENT},
        whose="",
        what=("导入表格的错误清单", "faults found in imported tables"),
        purpose=("让导入的人逐格改正", "letting whoever imports put each cell right"),
        basis=Basis.CONTRACT,
        keep=Keep("与导入记录同期，到期自动清除", "as long as the import's own record, which clears itself"),
        fate=Kept("由导入程序到期清除", "cleared by the import itself at its end"),
        export=False,
        person="staff",
    )
)
not_personal(Approval, "kind", "subject", "reference", "state")
not_personal(ActivityRun, "code", "key", "caller", "token", "state", "remark", "answered_by")
not_personal(ImportRun, "owner", "kind", "file_name", "headings", "mapping", "state", "choice", "error_zh", "error_en")
not_personal(ImportRow, "state")
not_personal(Fact, "name", "payload", "audience")  # ids and plain values; gone after 30 days with its partition
not_personal(Subscription, "fact", "subscriber")
not_personal(Delivery, "subscriber", "error")
not_personal(Command, "key", "operation", "fingerprint")
not_personal(AuditRow, "verb", "subject")
not_personal(AuditSeal, "digest")
not_personal(RateWindow, "door")
not_personal(ExportRun, "owner", "kind", "form", "wanted", "language", "state", "error_zh", "error_en")  # gone in days
not_personal(StoredFile, "upload_key", "purpose", "subject", "media_type", "digest", "fingerprint")
not_personal(StoredFile, "place", "sealed_key", "key_name", "scan")
not_personal(LegalHold, "person")
not_personal(KeepPeriod, "table")
not_personal(Tombstone, "table", "digest", "why")
not_personal(ProcessBeat, "kind", "host", "details")
not_personal(Version, "kind", "key", "title", "content", "note", "remark", "state")
