"""Facts about staff."""

from dataclasses import dataclass

from shouwen.kit.events import Fact


@dataclass(frozen=True)
class StaffRegistered(Fact):
    """Somebody joined."""

    staff_id: int
    number: str


@dataclass(frozen=True)
class AccessChanged(Fact):
    """What somebody may see or do changed: his live connections start anew."""

    staff_id: int


@dataclass(frozen=True)
class StaffDeactivated(Fact):
    """Somebody left; `covered_by` answers for what he owned."""

    staff_id: int
    covered_by: int


@dataclass(frozen=True)
class SignedOut(Fact):
    """Somebody signed out in one of his browsers."""

    staff_id: int


@dataclass(frozen=True)
class RoleChanged(Fact):
    """What a seat type allows changed: those who hold it see their screens anew."""

    code: str


@dataclass(frozen=True)
class OperatorSet(Fact):
    """What customers see of the operator was set: name, number, hours, time zone."""

    access_code: str


@dataclass(frozen=True)
class QualificationExpiring(Fact):
    """Somebody's qualification ends within the month, or has ended."""

    qualification_id: int
    staff_id: int
    zh: str
    en: str
    valid_until: str


@dataclass(frozen=True)
class SubstituteNamed(Fact):
    """Somebody is away on some days, and another decides in his place."""

    substitution_id: int
    staff_id: int
    substitute_id: int
    first_day: str
    last_day: str


@dataclass(frozen=True)
class SubstitutionEnded(Fact):
    """A substitution was taken back, or ended before its last day."""

    substitution_id: int
    staff_id: int
    substitute_id: int
