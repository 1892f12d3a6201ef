"""What the written doors refuse."""

from __future__ import annotations

from shouwen.kernel.errors import DomainError, InvalidInput


class ConversationRunning(DomainError):
    """A customer talks with us in one conversation at a time."""

    code = "conversation-running"
    zh = "您已有一个进行中的会话。请在该会话中继续，或先结束它。"
    en = "You are in a conversation already. Go on in it, or end it first."


class SomebodyElseAnswers(DomainError):
    """Two people never write in one conversation."""

    code = "answered-by-another"
    zh = "这个会话由工号 {number} {name} 处理，您的回复没有发送，草稿已保留。需要接手请让对方转接。"
    en = (
        "Agent {number} {name} has this conversation. Your reply was not sent and is kept as a draft; "
        "ask them to transfer it to you."
    )


class NobodyAnswersYet(DomainError):
    """The conversation waits in its queue."""

    code = "not-answered-yet"
    zh = "这个会话还在排队，没有人接。请等系统分配给您后再处理。"
    en = "This conversation waits in its queue. It can be handled once it is assigned to you."


class CustomerLeft(DomainError):
    """The customer left at the moment of answering."""

    code = "customer-left"
    zh = "客户刚刚离开，会话已结束，联系记录已保留。请等待下一次分配。"
    en = "The customer has just left and the conversation is over; the contact is kept. Wait for the next one."


class NoQueue(DomainError):
    """No queue takes this medium."""

    code = "no-queue"
    status = 503
    zh = "暂时没有受理该渠道的队列，您写的内容已保留。请稍后再试，或拨打客服热线。"
    en = "No queue takes this channel now. What you wrote is kept; try again later or call us."


class NotOffered(DomainError):
    """Only conversations are answered here."""

    code = "offer-gone"
    zh = "这次分配已失效：客户已离开，或已转给其他人。请等待下一次分配。"
    en = "This offer is over: the customer left or somebody else has it. Wait for the next one."


class CustomerUnknown(InvalidInput):
    """We do not know who the visitor is."""

    code = "customer-unknown"
    field = "customer_id"
    zh = "这个访客还没有关联客户。请先查找或登记客户并关联到会话。"
    en = "This visitor is not linked to a customer yet. Find or register the customer and link them first."


class TopicInvalid(InvalidInput):
    """A topic needs a code, two names and a queue that exists."""

    code = "topic-invalid"
    field = "code"
    zh = "话题需要编码、中英文名称和一个存在的队列。请补全后保存。"
    en = "A topic needs a code, a Chinese and an English name, and a queue that exists."


class AnswerMissing(DomainError):
    """A contact is not complete before the customer was told something."""

    code = "answer-missing"
    zh = "还没有给客户答复，不能完成。请先回复客户，或建单跟进。"
    en = "The customer was not told anything yet. Reply first, or open a ticket to follow up."
