"""Why routing may refuse."""

from __future__ import annotations

from shouwen.kernel.errors import DomainError, InvalidInput, NotFound


class QueueNotFound(NotFound):
    """There is no such queue."""

    code = "queue-not-found"
    zh = "没有编码为「{queue}」的队列。请从列表中选择。"
    en = "There is no queue “{queue}”. Choose one from the list."


class SkillNotFound(InvalidInput):
    """There is no such skill."""

    code = "skill-not-found"
    field = "skills"
    zh = "没有编码为「{skill}」的技能。请从列表中选择。"
    en = "There is no skill “{skill}”. Choose one from the list."


class LevelInvalid(InvalidInput):
    """Levels run from 1 to 10; 0 takes the skill away."""

    code = "skill-level-invalid"
    field = "level"
    zh = "技能等级应为 1 至 10；填 0 表示取消该技能。"
    en = "A level is 1 to 10; 0 takes the skill away."


class PresenceInvalid(InvalidInput):
    """A state that does not exist."""

    code = "presence-invalid"
    field = "state"
    zh = "没有状态「{state}」。可选：{choices}。"
    en = "There is no state “{state}”. One of: {choices}."


class SeatUnknown(NotFound):
    """The person has no seat yet."""

    code = "seat-not-found"
    zh = "人员 {staff} 还没有台席。请先让其签入。"
    en = "Member of staff {staff} has no seat yet. Let them sign in to work first."


class OutOfScope(NotFound):
    """The person belongs to an organisation outside the data scope."""

    code = "seat-not-found"
    zh = "没有找到这位人员，或不在您的管理范围内。"
    en = "This member of staff does not exist or is outside your scope."


class SeatTakenUp(DomainError):
    """Who has a call, or still writes one up, makes no other."""

    code = "seat-taken-up"
    zh = "您有通话、来电振铃或未完成的小结，或台席没有电话席位。请先完成手上的通话。"
    en = "You have a call, one is ringing or not written up, or your seat takes no calls. Finish that first."


class WorkNotFound(NotFound):
    """There is no such work item."""

    code = "work-not-found"
    zh = "没有找到这条排队记录。请刷新列表。"
    en = "This contact is not in any queue. Reload the list."


class AlreadyWaiting(DomainError):
    """One subject waits once."""

    code = "already-waiting"
    zh = "该请求已经在排队或服务中，不用重复提交。"
    en = "This request is already waiting or being served. There is no need to ask again."


class OfferGone(DomainError):
    """The offer is not there any more."""

    code = "offer-gone"
    zh = "这次分配已失效：客户已离开，或已转给其他人。请等待下一次分配。"
    en = "This offer is over: the customer left or somebody else has it. Wait for the next one."


class OfferNotYours(DomainError):
    """The offer was made to somebody else."""

    code = "offer-not-yours"
    status = 403
    zh = "这次服务分配给了其他台席，您不能接受。"
    en = "This contact was offered to another seat; you cannot take it."


class NotYourWork(DomainError):
    """The contact is with somebody else."""

    code = "not-your-work"
    status = 403
    zh = "这次服务由其他人处理，您不能操作。需要时请联系班长。"
    en = "Somebody else has this contact. Ask your shift leader if you need it."


class NotInService(DomainError):
    """The contact is with nobody now."""

    code = "not-in-service"
    zh = "这次服务目前没有在处理中，不能这样操作。请刷新页面。"
    en = "Nobody is serving this contact now. Reload the page."


class NotInWrapUp(DomainError):
    """The contact has not ended yet."""

    code = "not-in-wrap-up"
    zh = "服务还没有结束，不能完成话后处理。请先结束服务。"
    en = "The contact has not ended, so its wrap-up cannot be completed. End it first."


class SameQueue(InvalidInput):
    """A transfer must go somewhere else."""

    code = "same-queue"
    field = "queue_code"
    zh = "该服务已经在这个队列中。请选择其他队列。"
    en = "The contact is in this queue already. Choose another."


class QueueInvalid(InvalidInput):
    """A queue's settings contradict each other."""

    code = "queue-invalid"
    zh = "队列设置不对：{what}。请修改后保存。"
    en = "The queue's settings are wrong: {what}. Correct them and save."


class OtherDomain(InvalidInput):
    """A seat works in one routing domain."""

    code = "other-domain"
    field = "skills"
    zh = "技能「{skill}」属于另一个路由域，不能授予该台席。"
    en = "Skill “{skill}” belongs to another routing domain and cannot be given to this seat."


class ContactBlocked(DomainError):
    """The contact is marked as a nuisance and turned away for a time."""

    code = "contact-blocked"
    status = 403
    zh = "因多次骚扰，您的联系在 {until} 前暂停受理。如有异议，请在页面上提交申诉，我们会复核。"
    en = "We take no contacts of yours until {until}: repeated nuisance. If this is wrong, appeal on this page."


class QueueClosed(DomainError):
    """We are closed and nobody waits here until we open."""

    code = "queue-closed"
    zh = "「{queue}」现在不在服务时间，{opens} 起恢复服务。请届时再联系，或选择其他问题类型。"
    en = "“{queue}” is closed and opens at {opens}. Come back then, or choose another topic."


class NuisanceInvalid(InvalidInput):
    """A mark needs a contact, a level, a reason and an end."""

    code = "nuisance-invalid"
    field = "until"
    zh = "请填写联系人、处置方式（延后或拒接）、原因，以及 30 天以内的截止时间。"
    en = "Give the contact, the measure (slow or block), the reason, and an end within 30 days."


class NuisanceNotFound(NotFound):
    """There is no such mark."""

    code = "nuisance-not-found"
    zh = "没有找到这条骚扰标记。请刷新列表。"
    en = "There is no such nuisance mark. Reload the list."


class AppealImpossible(DomainError):
    """Only who is marked may appeal, and he must say why."""

    code = "appeal-impossible"
    zh = "您目前没有被限制，或没有填写申诉理由。请写明理由后再提交。"
    en = "You are not restricted now, or gave no reason. Say why it is wrong and send it again."


class DecisionInvalid(InvalidInput):
    """A decision on an appeal needs an appeal that is open, and words for who appealed."""

    code = "appeal-decision-invalid"
    field = "note"
    zh = "请填写答复（300 字以内）。只有尚未答复的申诉可以办理。"
    en = "Give an answer (300 characters at most). Only an appeal that is not answered yet can be decided."


class NotWaiting(DomainError):
    """The contact waits no more."""

    code = "not-waiting"
    zh = "这位客户已不在排队：已被接起、离开或转走。请刷新列表。"
    en = "This contact waits no more: taken, gone or moved. Reload the list."


class SeatNotReady(DomainError):
    """Only a ready seat can be given a contact."""

    code = "seat-not-ready"
    zh = "该台席不是空闲状态，不能指派。请先让其示闲，或选择其他台席。"
    en = "This seat is not ready, so it cannot be given a contact. Make it ready first or choose another."


class AnnouncementInvalid(InvalidInput):
    """An announcement needs both languages and an end."""

    code = "announcement-invalid"
    field = "until"
    zh = "请填写中文和英文内容，以及 3 天以内的截止时间。"
    en = "Give the text in Chinese and English, and an end within 3 days."


class AnnouncementNotFound(NotFound):
    """There is no such announcement."""

    code = "announcement-not-found"
    zh = "没有找到这条公告。请刷新列表。"
    en = "There is no such announcement. Reload the list."


class LoanInvalid(InvalidInput):
    """A loan needs skills and an end."""

    code = "loan-invalid"
    field = "until"
    zh = "请选择至少一项技能（等级 1 至 10），以及 7 天以内的截止时间。"
    en = "Choose at least one skill (level 1 to 10) and an end within 7 days."


class BreakUsedUp(DomainError):
    """The allowance of a reason is used up for today."""

    code = "break-used-up"
    zh = "今天的「{name}」已用完（{used} 分钟，{times} 次）。需要时请班长为您置为小休。"
    en = "Today's “{name}” is used up ({used} minutes, {times} times). Your shift leader can still put you on a break."


class CallbackNotFound(NotFound):
    """There is no such callback."""

    code = "callback-not-found"
    zh = "没有找到这次回拨。请刷新列表。"
    en = "There is no such callback. Reload the list."


class LedgerSpanInvalid(InvalidInput):
    """A ledger is read for a day or two."""

    code = "ledger-span-invalid"
    field = "until"
    zh = "请选择结束晚于开始、不超过 2 天的时段。"
    en = "Choose an end after the beginning, and two days at most."
