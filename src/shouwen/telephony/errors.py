"""What the door for calls refuses."""

from __future__ import annotations

from shouwen.kernel.errors import DomainError, InvalidInput, NotFound


class CallNotYours(DomainError):
    """Only who talks with the caller ends the call or writes it up."""

    code = "call-not-yours"
    zh = "这个通话由工号 {number} 接听。需要接手请让对方转接。"
    en = "Agent {number} has this call. Ask them to transfer it to you."


class NobodyTalksYet(DomainError):
    """The call was not answered."""

    code = "call-not-answered"
    zh = "这个来电还没有人接听。请在话机振铃时接听。"
    en = "Nobody has answered this call yet. Answer when your phone rings."


class AnswerAtYourPhone(DomainError):
    """A call is taken by answering the phone that rings."""

    code = "answer-at-your-phone"
    zh = "来电在话机上接听：您的话机正在振铃。不方便接听请点“退回”。"
    en = "Calls are answered at the phone: yours is ringing. Decline if you cannot take it."


class NoCallsHere(DomainError):
    """The queue that a code leads to takes no calls."""

    code = "no-calls-here"
    zh = "队列「{queue}」不受理电话。请在队列的受理渠道中加入电话，或把接入码指向其他队列。"
    en = "Queue “{queue}” takes no calls. Add calls to its media, or let the code lead to another queue."


class ConsultRunning(DomainError):
    """One colleague is asked at a time."""

    code = "consult-running"
    zh = "已经在咨询。请先结束这次咨询，再咨询其他队列。"
    en = "You are asking somebody already. End that first, then ask another queue."


class NobodyAsked(DomainError):
    """There is no colleague on the line."""

    code = "nobody-asked"
    zh = "现在没有人在接受咨询。请等对方接听，或直接转接到队列。"
    en = "Nobody you asked is on the line. Wait until they answer, or transfer to a queue."


class NoPhoneHeld(DomainError):
    """Who calls needs a phone that rings for him."""

    code = "no-phone-held"
    zh = "您还没有可用的话机。请先在页面上方选择在浏览器接听，或在座位上的话机入座。"
    en = "You have no phone now. Choose the browser or a phone at the top of the page first."


class NoNumber(DomainError):
    """There is nothing to dial."""

    code = "no-number"
    zh = "这位客户没有可以呼叫的电话号码。请先在客户资料里补充。"
    en = "This customer has no number that can be called. Add one to his record first."


class DestinationBarred(DomainError):
    """The number is none that we call."""

    code = "destination-barred"
    zh = "这个号码不在允许呼叫的范围。确需呼叫，请值班长调整外呼规则。"
    en = "This number is not among those we may call. If it must be called, ask a duty leader to change the rules."


class OutsideHours(DomainError):
    """We call at certain hours."""

    code = "outside-dial-hours"
    zh = "现在不在允许呼叫客户的时段。{when} 起可以呼叫。"
    en = "Customers are not called at this time. You may call from {when} on."


class CalledTooOften(DomainError):
    """Nobody is called again and again."""

    code = "called-too-often"
    zh = "今天呼叫这个号码的次数已到上限。{when} 起可以再次呼叫。"
    en = "This number has been called as often as allowed today. You may call again from {when} on."


class CalledJustNow(DomainError):
    """Some time lies between two calls to one number."""

    code = "called-just-now"
    zh = "刚刚呼叫过这个号码。{when} 起可以再次呼叫。"
    en = "This number was called a moment ago. You may call again from {when} on."


class AllPortsTaken(DomainError):
    """Calls to customers need a port of the platform, like those from them."""

    code = "all-ports-taken"
    zh = "电话端口已全部占用，暂时不能呼出。请过一会儿再试。"
    en = "All ports are taken just now, so no call can be made. Try again in a moment."


class RingOver(DomainError):
    """Whoever answers found the call gone or given to somebody else."""

    code = "ring-over"
    zh = "来电已结束或已转给其他人。"
    en = "The call is over or somebody else has it."


class PhoneInvalid(InvalidInput):
    """A phone has a number of digits, and an address like sip:8021@10.0.0.5:5060 if it does not register."""

    code = "phone-invalid"
    field = "number"
    zh = "话机号应为 2 到 20 位数字，固定地址形如 sip:8021@10.0.0.5:5060。请改正后保存。"
    en = "A phone needs a number of 2 to 20 digits; a fixed address looks like sip:8021@10.0.0.5:5060. Correct it."


class NoPhoneHere(DomainError):
    """There is no phone of that number to sit down at."""

    code = "no-phone-here"
    status = 404
    field = "number"
    zh = "没有可以使用的话机 {number}。请核对座位上的话机号，或选择浏览器话机。"
    en = "There is no phone {number} that you could use. Check the number at the seat, or use the browser."


class SeatTaken(DomainError):
    """Somebody else sits at that phone."""

    code = "seat-taken"
    field = "number"
    zh = "话机 {number} 正由工号 {who} 使用。请换一个座位，或请对方先离席。"
    en = "Agent {who} is at phone {number}. Take another seat, or ask them to leave it."


class PhoneNotFound(NotFound):
    """There is no such phone."""

    code = "phone-not-found"
    zh = "没有话机 {number}。请从列表中选择。"
    en = "There is no phone {number}. Choose one from the list."


class PhoneInUse(DomainError):
    """Somebody talks at that phone."""

    code = "phone-in-use"
    zh = "话机 {number} 正在通话。请在通话结束后再改。"
    en = "Somebody is on a call at phone {number}. Change it when the call is over."


class NoSecret(DomainError):
    """A phone at a fixed address proves itself by it, and a browser by who is signed in."""

    code = "phone-has-no-secret"
    zh = "话机 {number} 不用密码注册：固定地址的话机按地址识别，浏览器话机由系统自动更换密码。"
    en = "Phone {number} registers with no password: a fixed address is known by it, a browser gets its own by itself."


class OwnerUnknown(InvalidInput):
    """A phone belongs to somebody who works here."""

    code = "phone-owner-unknown"
    field = "owner"
    zh = "没有在岗人员的工号是 {number}。请核对工号，或留空作为座位话机。"
    en = "Nobody in service has the number {number}. Correct it, or leave it empty for a phone at a seat."


class OneOfHisOwn(InvalidInput):
    """Somebody has one phone of his own at most."""

    code = "phone-one-of-his-own"
    field = "owner"
    zh = "工号 {number} 已有自己的话机 {phone}。请先停用那一部，或留空作为座位话机。"
    en = "Agent {number} has phone {phone} of his own. Retire that first, or leave this empty for a phone at a seat."


class NumberTaken(DomainError):
    """Two phones have two numbers."""

    code = "phone-number-taken"
    field = "number"
    zh = "话机号 {number} 已被其他人使用，请换一个。"
    en = "Phone number {number} is in use. Choose another."
