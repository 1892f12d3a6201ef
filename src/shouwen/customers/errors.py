"""What customers refuse."""

from __future__ import annotations

from shouwen.kernel.errors import DomainError, InvalidInput, NotFound


class CustomerNotFound(NotFound):
    """No such customer, or not in the reader's area."""

    code = "customer-not-found"
    zh = "没有找到这位客户，或不在您的服务区域。请核对号码后再查。"
    en = "There is no such customer in your area. Check the number."


class PhoneTaken(DomainError):
    """The number signs another customer in."""

    code = "phone-taken"
    field = "phone"
    zh = "号码 {phone} 已登记在客户 {customer_id} 名下。请打开该客户，或换一个登录号码。"
    en = "The number {phone} belongs to customer {customer_id}. Open that customer, or give another number."


class AccountTaken(DomainError):
    """The contract number is in use."""

    code = "account-taken"
    field = "account_number"
    zh = "合同号 {number} 已属于另一位客户。请核对合同号。"
    en = "The contract number {number} belongs to another customer. Check it."


class ContactTaken(DomainError):
    """The customer already has this contact."""

    code = "contact-taken"
    field = "value"
    zh = "这位客户已有这个联系方式，不用再加。"
    en = "The customer already has this contact; there is nothing to add."


class ContactNotFound(NotFound):
    """No such contact point of this customer."""

    code = "contact-not-found"
    zh = "这位客户没有这个联系方式。请刷新后再试。"
    en = "The customer has no such contact. Reload and try again."


class ContactNeeded(DomainError):
    """The sign-in number cannot be removed."""

    code = "contact-needed"
    zh = "这是客户的登录号码，不能删除。请先为客户换一个登录号码。"
    en = "The customer signs in with this number. Give him another one first."


class InvalidEmail(InvalidInput):
    """Not an e-mail address."""

    code = "invalid-email"
    field = "value"
    zh = "「{text}」不是有效的电子邮箱。请填写形如 name@example.com 的地址。"
    en = "“{text}” is not an e-mail address. Give one like name@example.com."


class NameMissing(InvalidInput):
    """A customer without a name."""

    code = "name-missing"
    field = "name"
    zh = "请填写客户名称。"
    en = "Give the customer's name."


class BornTomorrow(InvalidInput):
    """A birth date that is still to come."""

    code = "born-tomorrow"
    field = "birth_date"
    zh = "出生日期不能晚于今天。请核对证件。"
    en = "The birth date cannot be after today. Check the document."


class OutsideArea(InvalidInput):
    """An organisation that is not there, or not the reader's."""

    code = "outside-area"
    field = "organisation_id"
    zh = "没有这个机构，或不在您的服务区域。请从列表中选择。"
    en = "There is no such organisation in your area. Choose one from the list."


class ReasonNeeded(InvalidInput):
    """Personal data is shown in full for a reason only."""

    code = "reason-needed"
    field = "reason"
    zh = "请写明查看完整信息的原因（至少 4 个字），原因会写入审计日志。"
    en = "Say why you need the full data (at least 4 characters); the reason goes to the audit trail."


class TooManyCodes(DomainError):
    """Codes are asked for too often."""

    code = "too-many-codes"
    status = 429
    field = "phone"
    zh = "获取验证码过于频繁。请在 {seconds} 秒后再试；已收到的验证码 5 分钟内有效。"
    en = "Codes are asked for too often. Try again in {seconds} s; a code you hold is good for 5 minutes."


class CodeRefused(DomainError):
    """The one answer to every code that does not open a session."""

    code = "code-refused"
    status = 422
    field = "code"
    zh = "验证码不正确或已失效。请核对短信，或重新获取验证码。"
    en = "The code is wrong or no longer good. Check the message, or ask for a new code."


class LinkRefused(NotFound):
    """The link never was, is over, or was taken back."""

    code = "link-refused"
    zh = "链接无效或已过期。请用手机号登录后在「办理进度」里查看。"
    en = "The link is not valid or has expired. Sign in with your number to see your matters."


class WeakPin(InvalidInput):
    """The service password can be guessed."""

    code = "weak-pin"
    field = "pin"
    zh = "服务密码应为 6 位数字，不能是连号、同一个数字，或号码、生日的一部分。请换一个。"
    en = "Give 6 digits that are no row, no repetition, and no part of a number or birthday."


class PinMissing(DomainError):
    """The customer has no service password."""

    code = "pin-missing"
    zh = "这位客户没有设置服务密码。请用其他方式核实身份。"
    en = "The customer has no service password. Check the identity in another way."


class PinLocked(DomainError):
    """Too many wrong tries."""

    code = "pin-locked"
    zh = "服务密码连续输错，已锁定 {minutes} 分钟。请用其他方式核实身份。"
    en = "The service password is locked for {minutes} minutes. Check the identity in another way."
