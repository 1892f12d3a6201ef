"""What may be asked, why it may be refused, and how the answer is put."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

KINDS = ("access", "correct", "restrict", "erase")
STATES = ("asked", "decided", "done", "refused")
PACKAGE_LIFE = timedelta(days=7)
IDENTITY_MIN = 4

KIND_WORDS: dict[str, tuple[str, str]] = {
    "access": ("查阅、复制个人信息", "Access to and a copy of my data"),
    "correct": ("更正个人信息", "Correction of my data"),
    "restrict": ("限制处理个人信息", "Restriction of processing"),
    "erase": ("删除个人信息", "Erasure of my data"),
}
REASONS: dict[str, tuple[str, str]] = {
    "identity": ("未能核实您的身份", "we could not make sure that it is you who asks"),
    "law": ("法律、行政法规规定的保存期限未届满", "the period that the law prescribes has not ended"),
    "hold": ("数据正因诉讼、监管或争议被依法保全", "the data is under a legal hold"),
    "others": ("涉及他人的个人信息", "it concerns the data of somebody else"),
    "unfounded": ("请求所依据的事实经核查不成立", "what the request relies on was not confirmed"),
    "repeated": ("近期已处理过相同的请求", "the same was answered a short while ago"),
}
APPEAL = (
    "如不同意，可回复本事项要求重新处理，或向监管部门投诉、向人民法院起诉。",
    "If you disagree, send the matter back to us, complain to the regulator, or go to court.",
)


@dataclass(frozen=True)
class Stays:
    """Something that is kept: what, why, and until when."""

    what: tuple[str, str]
    why: tuple[str, str]
    until: date | None


def refusal(reason: str, explanation: str, *, english: bool) -> str:
    """Return the answer to a request that is refused: why, in words, and where to turn."""
    words = REASONS[reason][english]
    if english:
        return f"We cannot do this: {words}. {explanation.strip()} {APPEAL[1]}"
    return f"您的请求未能办理：{words}。{explanation.strip()}{APPEAL[0]}"


def erasure(stays: Iterable[Stays], *, english: bool) -> str:
    """Return the answer to a request for erasure: when it happens, what stays, and why."""
    kept = [_stay(one, english=english) for one in stays]
    if english:
        rest = f" What the law has us keep is locked away and used for nothing else: {'; '.join(kept)}." if kept else ""
        return (
            "We will erase your data. It happens when this matter closes, by your confirmation or after our attempts "
            f"to reach you; until then you can stop it by sending the matter back.{rest}"
        )
    rest = f"依法须保留的数据将封存，不作其他使用：{'；'.join(kept)}。" if kept else ""
    return (
        f"我们将删除您的个人信息。本事项办结后执行（您确认后，或多次联系未果后）；在此之前要求重新处理即可停止。{rest}"
    )


def _stay(one: Stays, *, english: bool) -> str:
    until = ""
    if one.until:
        until = f", until {one.until.isoformat()}" if english else f"，至 {one.until.isoformat()}"
    return f"{one.what[english]} ({one.why[english]}{until})" if english else f"{one.what[0]}（{one.why[0]}{until}）"


def package_ready(until: date, *, english: bool) -> str:
    """Return the answer that the copy is there."""
    if english:
        return f"The copy of your data is ready. Sign in and open “My data” to download it until {until.isoformat()}."
    return f"您的个人信息副本已备好。请登录后在「我的个人信息」下载，{until.isoformat()} 前有效。"


DONE: dict[str, tuple[str, str]] = {
    "correct": ("已按您的要求更正资料。", "Your data was corrected as you asked."),
    "restrict": (
        "已限制处理您的个人信息：除保存和法律要求外不再使用，营销已停止。您可随时要求解除。",
        "But for storage and what the law demands, your data is not used; marketing has stopped. Ask us to lift it.",
    ),
}


GROUNDS: dict[str, tuple[str, str]] = {
    "sensitive": ("处理敏感个人信息", "sensitive personal data"),
    "automated": ("利用个人信息进行自动化决策", "automated decisions about people"),
    "handed_on": ("委托处理、向其他处理者提供、公开个人信息", "processing on our behalf, handing on, publishing"),
    "abroad": ("向境外提供个人信息", "sending it abroad"),
    "influence": ("其他对个人权益有重大影响的处理活动", "other great influence on people's rights"),
}
ASSESSMENT_WORDS: dict[str, tuple[str, str]] = {
    "activities": ("处理活动", "Processing activities"),
    "grounds": ("评估事由", "Why it is assessed"),
    "lawfulness": ("目的、方式是否合法、正当、必要", "Lawful, legitimate and necessary"),
    "impact": ("对个人权益的影响及安全风险", "Influence on people, and risks"),
    "measures": ("保护措施是否合法、有效、与风险相适应", "Measures that fit the risks"),
    "risk": ("剩余风险", "Risk that remains"),
    "conclusion": ("结论", "Conclusion"),
    "consulted": ("征求过谁的意见", "Who was asked"),
}
RISKS = {"low": ("低", "low"), "medium": ("中", "medium"), "high": ("高", "high")}


def said(name: str, given: Any) -> tuple[str, str] | None:
    """Return the words for a code of an assessment; None where the value speaks for itself."""
    codes = {"grounds": GROUNDS, "risk": RISKS}.get(name, {})
    return codes.get(given) if isinstance(given, str) else None


SENSITIVE = frozenset({"identity", "secret"})
ASSESSMENT = "governance.assessment"
SAID_MIN = 10
KEPT_YEARS = 3


class Assessment(BaseModel):
    """What an assessment says (个人信息保护法第五十五、五十六条); a draft may still lack parts."""

    model_config = ConfigDict(extra="forbid")

    activities: Annotated[list[Annotated[str, Field(max_length=80)]], Field(max_length=200)] = []
    grounds: list[Literal["sensitive", "automated", "handed_on", "abroad", "influence"]] = []
    lawfulness: Annotated[str, Field(max_length=5000)] = ""
    impact: Annotated[str, Field(max_length=5000)] = ""
    measures: Annotated[str, Field(max_length=5000)] = ""
    risk: Literal["", "low", "medium", "high"] = ""
    conclusion: Annotated[str, Field(max_length=2000)] = ""
    consulted: Annotated[str, Field(max_length=500)] = ""


def lacking(assessment: Assessment) -> list[str]:
    """Return the parts that an assessment must say before somebody reviews it, and does not."""
    texts = ("lawfulness", "impact", "measures", "conclusion")
    short = [name for name in texts if len(getattr(assessment, name).strip()) < SAID_MIN]
    empty = [name for name in ("activities", "grounds", "risk") if not getattr(assessment, name)]
    return [name for name in ASSESSMENT_WORDS if name in {*short, *empty}]


def kept_until(published: date) -> date:
    """Return the first day on which the law no longer asks for an assessment."""
    leap = (published.month, published.day) == (2, 29)
    return date(published.year + KEPT_YEARS, 3 if leap else published.month, 1 if leap else published.day)


def ground_of(categories: Collection[str], recipients: tuple[str, str] | None) -> str:
    """Return why the law wants some personal data assessed before it is processed, or "" where it does not."""
    if SENSITIVE & set(categories):
        return "sensitive"
    return "handed_on" if recipients else ""
