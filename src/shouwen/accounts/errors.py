"""Why accounts may refuse."""

from shouwen.kernel.errors import DomainError, InvalidInput, NotFound


class SignInRefused(DomainError):
    """Number and password do not belong together; says the same for an unknown number."""

    code = "sign-in-refused"
    status = 401
    field = "password"
    zh = "工号或密码不对。请核对后重试，连续 5 次错误将锁定 15 分钟。"
    en = "The number or the password is wrong. Check both; five failures in a row lock the account for 15 minutes."


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
    """The password is too easy to guess."""

    code = "weak-password"
    field = "password"
    zh = "密码至少 10 个字符，且不能只有数字，也不能包含工号。"
    en = "Use at least 10 characters, not only digits, without the staff number."


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
    """Hours or number that cannot be."""

    code = "operator-invalid"
    zh = "特服号为 3 到 11 位数字；开始时间要早于结束时间；至少选择一天。"
    en = "The access code has 3 to 11 digits; opening comes before closing; choose at least one day."


class LogoInvalid(InvalidInput):
    """Not a picture that every browser shows safely."""

    code = "logo-invalid"
    field = "image"
    zh = "标志须为 PNG、JPEG 或 WebP 图片，不超过 {limit} KB。请另选一张，或先缩小。"
    en = "The logo must be a PNG, JPEG or WebP picture of at most {limit} KB. Choose another one, or make it smaller."
