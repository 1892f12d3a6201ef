"""What this room holds about people: staff."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Model

from shouwen.kit.privacy import Basis, Category, Holding, Keep, Kept, hold, not_personal

from .models import (
    ApiToken,
    ListChoice,
    Operator,
    Organisation,
    PasswordUsed,
    ProviderIdentity,
    ProviderSession,
    Qualification,
    QualificationKind,
    RecoveryCode,
    Role,
    SavedView,
    SignIn,
    Staff,
    Substitution,
    Totp,
)

PROVIDER = ("统一认证提供方（已连接时）", "the identity provider, where one is connected")
EMPLOYED = Keep("在职期间；停用后与其经办记录同期", "while employed, then as long as the records of their work")

hold(
    Holding(
        model=Staff,
        fields={
            "number": Category.ACCOUNT,
            "name": Category.NAME,
            "email": Category.CONTACT,
            "password": Category.SECRET,
        },
        whose="id",
        person="staff",
        what=("员工账号", "staff accounts"),
        purpose=("登录、派单、向客户说明由谁负责", "signing in, assigning work, telling customers who answers for it"),
        basis=Basis.EMPLOYMENT,
        keep=EMPLOYED,
        fate=Kept("经办记录须能查明由谁办理", "records must show who did the work"),
        export=False,
    )
)
not_personal(Staff, "language", "theme", "time_zone", "keys", "business", "scope")
not_personal(Organisation, "name", "path")
not_personal(Role, "code", "zh", "en", "permissions", "granted", "withheld")
not_personal(Operator, "access_code", "time_zone", "weekdays", "logo", "logo_kind", "logo_digest")


def _access(
    model: type[Model],
    fields: Mapping[str, Category],
    what: tuple[str, str],
    purpose: tuple[str, str],
    *,
    whose: str = "staff_id",
    keep: Keep = EMPLOYED,
    recipients: tuple[str, str] | None = None,
) -> None:
    """Declare what proves who a member of staff is, and where he came in."""
    hold(
        Holding(
            model=model,
            fields=fields,
            whose=whose,
            person="staff",
            what=what,
            purpose=purpose,
            basis=Basis.EMPLOYMENT,
            keep=keep,
            recipients=recipients,
            fate=Kept("安全事件须能查明由谁操作", "a breach must be traced to who acted"),
            export=False,
        )
    )


_access(
    SignIn,
    {"address": Category.USE, "device": Category.USE},
    ("员工登录记录", "sign-ins of staff"),
    ("让本人和管理员看到并结束登录", "seeing and ending sessions"),
    keep=Keep("登录结束后 180 天", "180 days after it ended"),
)
_access(
    Totp,
    {"sealed": Category.SECRET},
    ("员工动态验证码密钥（加密）", "second factors of staff, encrypted"),
    ("登录时的二次验证", "the second factor at sign-in"),
)
_access(
    RecoveryCode,
    {"digest": Category.SECRET},
    ("员工恢复码（摘要）", "recovery codes of staff, as digests"),
    ("手机丢失时登录", "signing in when a phone is lost"),
)
_access(
    PasswordUsed,
    {"hash": Category.SECRET},
    ("员工用过的密码（散列）", "earlier passwords of staff, as hashes"),
    ("不重复使用密码", "not returning to a password"),
)
_access(
    ApiToken,
    {"digest": Category.SECRET, "used_from": Category.USE},
    ("员工接口令牌（摘要）", "API tokens of staff, as digests"),
    ("程序以本人名义调用接口", "programs that act in their name"),
)
_access(
    ProviderIdentity,
    {"subject": Category.ACCOUNT},
    ("员工统一认证账号", "staff at the identity provider"),
    ("统一认证登录", "single sign-on"),
    recipients=PROVIDER,
)
_access(
    ProviderSession,
    {"subject": Category.ACCOUNT, "sid": Category.ACCOUNT, "sealed": Category.SECRET},
    ("员工统一认证登录（加密）", "sessions at the identity provider, encrypted"),
    ("核实登录是否仍有效", "asking whether a session is still good"),
    whose="sign_in__staff_id",
    recipients=PROVIDER,
)
_access(
    SavedView,
    {"name": Category.CHOICE, "filters": Category.CHOICE},
    ("员工保存的列表视图", "views of lists that staff keep"),
    ("再次打开同样的列表", "opening the same list again"),
    whose="owner_id",
    keep=Keep("由本人删除；删除后 30 天", "until deleted by their owner, and 30 days more"),
)
_access(
    Substitution,
    {"reason": Category.CONTENT, "placed_by_name": Category.NAME},
    ("员工请假期间的代审批安排", "who decides in whose place"),
    ("请假期间审批不中断，并能查明由谁代办", "approvals go on, and it can be traced who decided in whose place"),
)
not_personal(Substitution, "placed_by", "first_day", "last_day")
not_personal(SavedView, "list_code", "columns")
not_personal(SignIn, "session_digest", "method", "ended_by")
not_personal(ApiToken, "name", "hint", "scopes")
not_personal(ProviderIdentity, "issuer")
not_personal(ProviderSession, "issuer")
not_personal(QualificationKind, "code", "zh", "en")
not_personal(Qualification, "valid_until", "warned_for")
not_personal(ListChoice, "list_code", "columns")
