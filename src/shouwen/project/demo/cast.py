"""Who works at 江海通信, what its queues are, and who calls. Numbers begin with 154, which nobody has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

PASSWORD = "jianghai-2026"  # noqa: S105  the demo's, printed at its start


@dataclass(frozen=True)
class Person:
    """A member of staff with a seat type, and skills if he serves queues."""

    number: str
    name: str
    role: str
    role_zh: str
    city: str = "苏州"
    skills: tuple[tuple[str, int], ...] = ()
    business: str = ""


@dataclass(frozen=True)
class Line:
    """A queue with the skill it needs."""

    code: str
    name: str
    skill: str
    media: tuple[str, ...] = ("web_chat", "voice")
    general: bool = False


@dataclass(frozen=True)
class Caller:
    """A customer."""

    name: str
    phone: str
    kind: str = "public"
    star: int | None = None
    born: date | None = None
    account: str = ""
    email: str = ""


ALL = (("general", 8), ("broadband", 7), ("billing", 7), ("porting", 5), ("complaints", 6))
# The back office works from the queues of these skills; it answers conversations only when it is at its seat.
BEHIND = (("general", 5), ("broadband", 5), ("billing", 5), ("porting", 5), ("complaints", 5))
STAFF = (
    Person("1001", "顾盼", "system_management", "系统管理台"),
    Person("7001", "蒋雨", "shift_leader", "班长台", skills=(("general", 9), ("complaints", 9))),
    Person("7002", "许哲", "duty_leader", "值班长台"),
    Person("8021", "方以宁", "comprehensive", "综合受理台席", skills=ALL),
    Person("8033", "沈佳", "comprehensive", "综合受理台席", skills=ALL),
    Person("8046", "罗文静", "comprehensive", "综合受理台席", city="南京", skills=ALL),
    Person("8101", "唐可", "specialist", "专业受理台席", skills=(("broadband", 9),), business="broadband"),
    Person("9001", "周建平", "back_office", "业务处理后台", skills=BEHIND),
    Person("9002", "白雪", "back_office", "业务处理后台", skills=BEHIND),
    Person("6001", "石倩", "quality", "质检台"),
    Person("5001", "孟凡", "data_maintenance", "资料维护台"),
)
SIGN_INS = [(person.number, PASSWORD, f"{person.role_zh} {person.name}") for person in STAFF]
DUTY_LEADER = "7002"

SKILLS = (
    ("general", "综合业务"),
    ("broadband", "宽带报障"),
    ("billing", "资费账单"),
    ("porting", "携号转网"),
    ("complaints", "投诉专席"),
)
WRITTEN = ("web_chat", "email", "e_form", "letter", "fax", "voice_mailbox", "sms", "wechat", "voice")
LINES = (
    Line("general", "综合业务", "general", media=WRITTEN, general=True),
    Line("broadband", "宽带报障", "broadband"),
    Line("billing", "资费账单", "billing"),
    Line("porting", "携号转网", "porting"),
    Line("complaints", "投诉专席", "complaints"),
)
TOPICS = (
    ("general", "其他问题", "Something else", "general"),
    ("broadband", "宽带报障", "Broadband fault", "broadband"),
    ("billing", "资费账单", "Bill and tariff", "billing"),
    ("porting", "携号转网", "Number portability", "porting"),
    ("complaint", "投诉建议", "Complaint", "complaints"),
)
CATEGORIES = (
    ("network.broadband", "broadband"),
    ("network.iptv", "broadband"),
    ("tariff", "billing"),
    ("vas", "billing"),
    ("service.porting", "porting"),
)
CALLERS = (
    Caller("陈国栋", "15400006620", star=5, born=date(1984, 5, 12), account="JH0512018807", email="chen@example.com"),
    Caller("李雯雯", "15400003308", star=3, born=date(1996, 9, 3), account="JH0512018808"),
    Caller("张庆", "15400007712", star=2, born=date(1990, 1, 20), account="JH0512018809"),
    Caller("刘桂英", "15400003071", star=4, born=date(1955, 3, 8), account="JH0512018810"),
    Caller("何秀英", "15400005566", star=3, born=date(1958, 11, 30), account="JH0512018811"),
    Caller("恒远纺织有限公司", "15400009013", kind="gov_ent", star=6, account="JH0512900001", email="it@example.com"),
    Caller("锦程物流", "15400004419", kind="business", star=4, account="JH0512900002"),
    Caller("孙一鸣", "15400002274", star=1, born=date(2004, 6, 18), account="JH0512018812"),
)
BREAKS = (
    ("lunch", "用餐", "Meal", "break", 45, 1),
    ("rest", "休息", "Rest", "break", 30, 4),
    ("coaching", "辅导", "Coaching", "training", None, None),
    ("shift", "班会", "Shift meeting", "meeting", None, None),
)
CODES = (
    ("10000", "客户服务热线", "Customer service", {"main": True}),
    ("112", "障碍申告", "Fault reports", {"alias_of": "10000"}),
    ("180", "服务投诉", "Complaints", {"queue": "complaints"}),
)
