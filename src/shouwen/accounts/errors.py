"""Why accounts may refuse."""

from typing import ClassVar, cast

from shouwen.kernel.errors import DomainError, InvalidInput, NotFound


class SignInRefused(DomainError):
    """Number and password do not belong together; says the same for an unknown number."""

    code = "sign-in-refused"
    status = 401
    field = "password"
    zh = "工号或密码不对。请核对后重试，连续多次错误将暂时锁定账号。"
    en = "The number or the password is wrong. Check both; failures in a row lock the account for a while."


class SignInLocked(DomainError):
    """Too many failures in a row."""

    code = "sign-in-locked"
    status = 423
    zh = "连续输错次数过多，账号已锁定，{minutes} 分钟后可再试。急需使用请联系系统管理员。"
    en = "Locked after too many failures. Try again in {minutes} minutes, or ask your administrator."


class StaffNotFound(NotFound):
    """There is no such member of staff."""

    code = "staff-not-found"
    zh = "没有工号或编号为 {number} 的人员。请核对后再试。"
    en = "There is no member of staff {number}. Check the number."


class NumberTaken(DomainError):
    """Staff numbers are unique."""

    code = "staff-number-taken"
    field = "number"
    zh = "工号 {number} 已被使用。请换一个工号。"
    en = "Number {number} is taken. Choose another."


class UnknownRole(InvalidInput):
    """A role code that is not on the list."""

    code = "unknown-role"
    field = "roles"
    zh = "没有名为「{role}」的台席类型。请从列表中选择。"
    en = "There is no seat type “{role}”. Choose one from the list."


class UnknownOrganisation(InvalidInput):
    """An organisation that does not exist or is out of reach."""

    code = "unknown-organisation"
    field = "organisation_id"
    zh = "没有这个组织，或不在您的管理范围内。请重新选择。"
    en = "There is no such organisation, or it is outside your scope. Choose another."


class WeakPassword(InvalidInput):
    """The password is too easy to guess, or was used before."""

    code = "weak-password"
    field = "password"
    zh = "{zh}"
    en = "{en}"


PASSWORD_FAULTS = {
    "short": ("密码至少 {min} 个字符。请加长后再试。", "Use at least {min} characters."),
    "digits": ("密码不能只有数字。请加入字母或汉字。", "Do not use digits alone. Add letters."),
    "monotone": ("密码重复的字符太多。请换一个。", "Too many characters repeat. Choose another password."),
    "personal": ("密码不能包含工号或姓名。请换一个。", "Leave the staff number and the name out of the password."),
    "common": ("这个密码太常见，容易被猜到。请换一个。", "This password is too common. Choose another."),
    "used": ("这个密码最近用过。请换一个没有用过的。", "This password was used before. Choose a new one."),
}


def weak_password(fault: str, minimum: int) -> WeakPassword:
    """Return the refusal of a password that says what is wrong with it."""
    zh, en = (text.replace("{min}", str(minimum)) for text in PASSWORD_FAULTS[fault])
    return WeakPassword(zh=zh, en=en)


class NotYourself(DomainError):
    """Nobody switches himself off."""

    code = "not-yourself"
    zh = "不能停用自己的账号。请由另一位管理员操作。"
    en = "You cannot deactivate yourself. Ask another administrator."


class CoverNeeded(DomainError):
    """Somebody who owns open requests can leave only when somebody covers them."""

    code = "cover-needed"
    field = "covered_by"
    zh = "停用人员前请指定一位在岗的代管人，其名下未结的事项由代管人负责。"
    en = "Name an active member of staff who covers the open requests before deactivating this one."


class SetUpRefused(DomainError):
    """Somebody works here already."""

    code = "set-up-refused"
    status = 403
    zh = "这里已有管理员，不能再次初始化。请用已有账号登录。"
    en = "There is an administrator already. Sign in with an existing account."


class RoleNotFound(NotFound):
    """There is no such seat type."""

    code = "role-not-found"
    zh = "没有代码为 {role} 的台席类型。请刷新后再试。"
    en = "There is no seat type {role}. Reload and try again."


class RoleTaken(DomainError):
    """Codes of seat types are unique."""

    code = "role-taken"
    field = "code"
    zh = "代码 {role} 已被使用。请换一个代码。"
    en = "The code {role} is taken. Choose another."


class UnknownPermission(InvalidInput):
    """A permission that no room declares."""

    code = "unknown-permission"
    field = "permissions"
    zh = "没有名为「{permission}」的权限。请从权限清单中选择。"
    en = "There is no permission “{permission}”. Choose from the list."


class RoleInUse(DomainError):
    """A seat type that people hold, or that the product brings, stays."""

    code = "role-in-use"
    zh = "这个台席类型是系统自带的，或仍有人员使用，不能删除。请先为这些人员改派台席类型。"
    en = "This seat type belongs to the product, or somebody holds it. Give its holders another one first."


class NobodyLeft(DomainError):
    """Somebody must always be able to give access."""

    code = "nobody-left"
    zh = "这样改之后将没有在职人员能管理人员和权限。请先把系统管理权限交给另一位在职人员。"
    en = "Nobody active could manage staff and permissions any more. Give these permissions to somebody else first."


class SeatAboveYou(DomainError):
    """A seat that gives access is given and taken by those who edit seat types."""

    code = "seat-above-you"
    status = 403
    field = "roles"
    zh = "台席类型「{role}」含有管理权限，只能由系统管理台分配或收回。"
    en = "The seat type “{role}” gives access to others; only the system management desk gives or takes it."


class NotYourOwnSeat(DomainError):
    """A leader does not give himself another seat."""

    code = "not-your-own-seat"
    status = 403
    field = "roles"
    zh = "不能修改自己的台席类型。请由系统管理员操作。"
    en = "You cannot change your own seat types. Ask an administrator."


class ScopeTooWide(InvalidInput):
    """Nobody gives a wider view than he has himself."""

    code = "scope-too-wide"
    field = "scope"
    zh = "数据范围超出了您自己的范围。请选择更小的范围，或由上级管理员设置。"
    en = "This data scope is wider than yours. Choose a narrower one, or ask an administrator above you."


class ScopeTooNarrow(InvalidInput):
    """A scope below somebody's own unit has no unit to stand for."""

    code = "scope-too-narrow"
    field = "scope"
    zh = "所选数据范围低于该人员所属组织的层级。请选择「仅本人经手」，或不低于其组织的范围。"
    en = "This scope lies below the person's own organisation. Choose “own matters only” or one at least as wide."


class OrganisationInvalid(InvalidInput):
    """The place or the name in the tree is not possible."""

    code = "organisation-invalid"
    field = "name"
    zh = "同一上级下已有「{name}」，请换一个名称。"
    en = "There is a “{name}” in the same place already. Choose another name."


class OperatorInvalid(InvalidInput):
    """Hours or number that cannot be. `wrong` names the fields."""

    code = "operator-invalid"
    zh = "特服号为 3 到 11 位数字；开始时间要早于结束时间；至少选择一天。"
    en = "The access code has 3 to 11 digits; opening comes before closing; choose at least one day."
    remedies: ClassVar[dict[str, tuple[str, str]]] = {
        "access_code": ("特服号为 3 到 11 位数字", "3 to 11 digits"),
        "opens": ("开始时间要早于结束时间，不带时区", "Before the closing time, without a time zone"),
        "weekdays": ("至少选择一天，取值 0（周一）到 6（周日）", "At least one day, 0 (Monday) to 6 (Sunday)"),
    }

    def faults(self, language: str) -> list[tuple[str, str]]:
        """Name each field at fault."""
        wrong = cast("list[str]", self.params["wrong"])
        return [(field, self.remedies[field][language.startswith("en")]) for field in wrong]


class LogoInvalid(InvalidInput):
    """Not a picture that every browser shows safely."""

    code = "logo-invalid"
    field = "image"
    zh = "标志须为 PNG、JPEG 或 WebP 图片，不超过 {limit} KB。请另选一张，或先缩小。"
    en = "The logo must be a PNG, JPEG or WebP picture of at most {limit} KB. Choose another one, or make it smaller."


class CodeNeeded(DomainError):
    """The password is right; the second factor is still to come."""

    code = "code-needed"
    status = 401
    field = "code"
    zh = "请输入动态验证码或一个恢复码。"
    en = "Enter the code of your authenticator, or a recovery code."


class CodeRefused(DomainError):
    """The code is wrong, too old, or was used."""

    code = "code-refused"
    status = 401
    field = "code"
    zh = "验证码不对或已使用过。请等待下一个动态码后重试，并检查手机时间是否准确。"
    en = "The code is wrong or was used. Wait for the next one, and check that your phone's clock is right."


class WrongCode(InvalidInput):
    """The code that should confirm something is wrong."""

    code = "wrong-code"
    field = "code"
    zh = "验证码不对。请等待下一个动态码后重试，并检查手机时间是否准确。"
    en = "The code is wrong. Wait for the next one, and check that your phone's clock is right."


class FactorAlreadyOn(DomainError):
    """There is a second factor already."""

    code = "factor-already-on"
    zh = "动态验证码已启用。要换手机，请先停用后再重新启用。"
    en = "The second factor is on already. To change your phone, switch it off first."


class FactorOff(DomainError):
    """There is no second factor to do that with."""

    code = "factor-off"
    zh = "动态验证码尚未启用。请先扫码启用。"
    en = "The second factor is off. Scan the code and switch it on first."


class FactorRequired(DomainError):
    """A seat type asks for the second factor."""

    code = "factor-required"
    zh = "您的台席类型要求使用动态验证码，不能停用。换手机请联系系统管理员重置。"
    en = "Your seat type requires the second factor. For a new phone, ask your administrator to reset it."


class DuesFirst(DomainError):
    """Something must be done before anything else: a new password, a second factor."""

    code = "dues-first"
    status = 403
    zh = "请先在「我的账号」完成修改密码或启用动态验证码，再继续工作。"
    en = "First change your password or switch on the second factor under “My account”."


class OldPasswordWrong(InvalidInput):
    """Who changes his password shows that he knows it."""

    code = "old-password-wrong"
    field = "old"
    zh = "当前密码不对。请核对后重试，连续输错将锁定账号。"
    en = "The present password is wrong. Check it; failures in a row lock the account."


class SessionNotFound(NotFound):
    """There is no such session, or it has ended."""

    code = "session-not-found"
    zh = "这个登录已结束。请刷新列表。"
    en = "This session has ended. Reload the list."


class TokenNotFound(NotFound):
    """There is no such token, or it was revoked."""

    code = "token-not-found"
    zh = "没有这个令牌，或已吊销。请刷新列表。"
    en = "There is no such token, or it was revoked. Reload the list."


class ScopeNotYours(InvalidInput):
    """A token may do no more than the one who makes it."""

    code = "scope-not-yours"
    field = "scopes"
    zh = "您没有「{permission}」的权限，令牌也不能有。请从您自己的权限中选择。"
    en = "You do not hold “{permission}”, so the token cannot. Choose among your own permissions."


class TokenTooLong(InvalidInput):
    """Tokens end."""

    code = "token-too-long"
    field = "days"
    zh = "令牌的有效期最长 {days} 天。请填写更短的时间。"
    en = "A token lives {days} days at most. Choose a shorter time."


class KindTaken(DomainError):
    """Codes of kinds of qualification are unique."""

    code = "qualification-kind-taken"
    field = "code"
    zh = "资质代码 {kind} 已被使用。请换一个代码。"
    en = "The code {kind} is taken. Choose another."


class UnknownKind(InvalidInput):
    """There is no such kind of qualification."""

    code = "unknown-qualification-kind"
    field = "kind"
    zh = "没有代码为「{kind}」的资质。请从列表中选择，或先新增。"
    en = "There is no qualification “{kind}”. Choose from the list, or add it first."


class QualificationNotFound(NotFound):
    """Somebody does not have the qualification."""

    code = "qualification-not-found"
    zh = "该人员没有这项资质。请刷新后再试。"
    en = "This person does not have that qualification. Reload and try again."


class SingleSignOnOff(NotFound):
    """No identity provider is connected."""

    code = "single-sign-on-off"
    zh = "没有配置统一认证。请用工号和密码登录。"
    en = "No identity provider is connected. Sign in with number and password."


class FirstPasswordOver(DomainError):
    """A first password that nobody used in time."""

    code = "first-password-over"
    status = 403
    zh = "初始密码超过 {days} 天没有使用，已经失效。请联系系统管理员重新设置。"
    en = "The first password was not used within {days} days and works no longer. Ask your administrator for a new one."


class SingleSignOnRefused(DomainError):
    """What came back from the provider is not good: too old, used, or not his."""

    code = "single-sign-on-refused"
    status = 401
    zh = "统一认证没有通过或已过期。请回到登录页重新开始。"
    en = "Single sign-on was refused or took too long. Go back to the sign-in page and start again."


class ProofTooWeak(DomainError):
    """The provider let somebody in by less than his seat type asks for."""

    code = "single-sign-on-too-weak"
    status = 403
    zh = "您的台席需要第二验证因素，而统一认证没有使用。请在统一认证处用动态码或安全密钥登录后再试。"
    en = "Your seat type needs a second factor, and the identity provider used none. Sign in there with one."


class IdentityUnknown(DomainError):
    """The provider vouches for somebody who does not work here."""

    code = "identity-unknown"
    status = 403
    zh = "统一认证账号「{number}」在这里没有对应的在职人员。请联系系统管理员核对工号。"
    en = "Nobody active here belongs to the account “{number}”. Ask your administrator to check the staff number."


class ProviderUnavailable(DomainError):
    """The identity provider cannot be reached."""

    code = "provider-unavailable"
    status = 503
    zh = "统一认证暂时连不上。请稍等片刻再试，或用工号和密码登录。"
    en = "The identity provider cannot be reached. Try again in a moment, or sign in with number and password."


class ViewNotFound(NotFound):
    """There is no such view, or it is somebody else's."""

    code = "view-not-found"
    zh = "没有这个视图，或它已被删除。请刷新列表后再试。"
    en = "There is no such view, or it was deleted. Reload the list and try again."


class ViewNameTaken(DomainError):
    """One list has one view of a name for each of its users."""

    code = "view-name-taken"
    field = "name"
    zh = "这个列表已有名为「{name}」的视图。请换一个名称，或先删除原来的。"
    en = "This list has a view “{name}” already. Choose another name, or delete the other one first."


class TooManyViews(DomainError):
    """A list keeps so many views of one person."""

    code = "too-many-views"
    zh = "每个列表最多保存 {limit} 个视图。请先删除不用的。"
    en = "A list keeps at most {limit} views. Delete one that you no longer use."


class UnknownTimeZone(InvalidInput):
    """A time zone that is not on the world's list."""

    code = "unknown-time-zone"
    field = "time_zone"
    zh = "没有名为「{zone}」的时区。请从列表中选择，例如 Asia/Shanghai、Asia/Urumqi。"
    en = "There is no time zone “{zone}”. Choose one from the list, such as Asia/Shanghai or Asia/Urumqi."


class DaysInvalid(InvalidInput):
    """A leave begins today or later, ends on or after its first day, and is not endless."""

    code = "substitution-days-invalid"
    field = "last_day"
    zh = "请假日期须从今天或以后开始，结束日不早于开始日，最长 {most} 天。请更正日期。"
    en = "The days begin today or later, end on or after the first, and are at most {most}. Correct the days."


class SubstitutionReasonNeeded(InvalidInput):
    """Whoever decides in another's place must know why."""

    code = "substitution-reason-needed"
    field = "reason"
    zh = "请写明为什么需要代审批，例如年休假、外出培训。"
    en = "Say why somebody decides in this place, such as leave or training."


class SubstituteUnknown(InvalidInput):
    """A substitute is an active colleague."""

    code = "substitute-unknown"
    field = "substitute_id"
    zh = "请选择一位在职的同事，且不能是本人。"
    en = "Choose an active colleague, not the same person."


class SubstituteCannot(InvalidInput):
    """Who stands in must be able to decide what the other decides."""

    code = "substitute-cannot"
    field = "substitute_id"
    zh = "{name} 的权限或数据范围不能处理{what}。请选择有此权限的同事，或请管理员先给他权限。"
    en = "{name} may not decide, or does not see, {what_en}. Choose a colleague who may, or have him given the right."


class AwayAlready(DomainError):
    """One is away once at a time."""

    code = "substitution-overlaps"
    field = "first_day"
    zh = "{first} 至 {last} 已安排了代审批人。请先结束那一段，或换日期。"
    en = "Somebody stands in from {first} to {last} already. End that first, or choose other days."


class SubstituteAway(DomainError):
    """Nobody stands in while he is away himself."""

    code = "substitute-away"
    field = "substitute_id"
    zh = "{name} 在 {first} 至 {last} 也不在。请选择其他同事。"
    en = "{name} is away from {first} to {last} too. Choose another colleague."


class StandsInThen(DomainError):
    """Who is counted on cannot be away on those days."""

    code = "substitution-stands-in"
    field = "first_day"
    zh = "在 {first} 至 {last} 期间要代 {name} 审批。请先为 {name} 换一位代审批人。"
    en = "From {first} to {last} he stands in for {name}. Name another substitute for {name} first."


class SubstitutionNotFound(NotFound):
    """There is no such substitution that still runs, or not one the caller may end."""

    code = "substitution-not-found"
    zh = "没有找到这项代审批安排，或它已结束。请刷新后再看。"
    en = "There is no such substitution that still runs. Reload and look again."
