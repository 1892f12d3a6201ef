"""Staff and units from a table: who joins, where, on which seats."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from shouwen.kit.imports import Field, Wrong, kind
from shouwen.kit.imports.kinds import Values
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal

from . import actions, queries
from .errors import weak_password
from .models import Role, Staff
from .permissions import ASSIGN_ROLES, MANAGE_STAFF

FIELDS = (
    Field(
        "number",
        "工号",
        "Number",
        required=True,
        unique=True,
        aliases=("员工号", "员工编号", "staff number"),
        example="8021",
    ),
    Field("name", "姓名", "Name", required=True, aliases=("员工姓名", "人员姓名"), example="方以宁"),
    Field(
        "organisation",
        "组织",
        "Organisation",
        required=True,
        aliases=("部门", "单位", "所属", "机构", "分公司", "unit"),
        example="苏州",
    ),
    Field(
        "roles",
        "台席类型",
        "Seat types",
        required=True,
        aliases=("角色", "岗位", "台席", "seat type"),
        example="综合台、班长",
    ),
    Field("password", "初始密码", "First password", required=True, aliases=("密码",), secret=True),
    Field("email", "邮箱", "E-mail", aliases=("电子邮箱", "邮件", "mail")),
    Field("business", "专席业务", "Business", aliases=("业务",)),
)
NAME_MOST, NUMBER_MOST = 60, 20
_SPLIT = re.compile(r"[、,，;；/|]+")


def may(by: Principal) -> None:
    """Refuse who may not add staff."""
    require(by, MANAGE_STAFF)
    require(by, ASSIGN_ROLES)


def check(by: Principal, batch: Sequence[Values]) -> list[list[Wrong]]:
    """Say what is wrong with each row."""
    taken = set(
        Staff.objects.filter(number__in=[row.get("number", "") for row in batch]).values_list("number", flat=True)
    )
    known = _Known(by)
    return [_wrong(row, taken, known) for row in batch]


def write(by: Principal, row: Values) -> int:
    """Register one member of staff."""
    known = _Known(by)
    return actions.register(
        by=by,
        number=row["number"],
        name=row["name"],
        password=row["password"],
        organisation_id=known.unit(row["organisation"]),
        roles=[known.roles.get(_plain(name), name) for name in _split(row["roles"])],
        email=row.get("email", ""),
        business=row.get("business", ""),
        temporary=True,
    )


class _Known:
    """The organisations in reach by name, and the seat types by code and name."""

    def __init__(self, by: Principal) -> None:
        units = {int(str(unit["id"])): unit for unit in queries.organisations(by)}
        self.paths = {number: _path(number, units) for number in units}
        roles = list(Role.objects.values_list("code", "zh", "en"))
        self.roles: Mapping[str, str] = {_plain(name): code for code, *names in roles for name in (code, *names)}

    def units(self, name: str) -> list[int]:
        """Return the units of that name, or of that end of their path (江苏/苏州)."""
        wanted = [part.strip() for part in name.split("/")]
        return [number for number, path in self.paths.items() if path[-len(wanted) :] == wanted]

    def unit(self, name: str) -> int:
        """Return the one unit of that name; 0 for none, or several."""
        found = self.units(name)
        return found[0] if len(found) == 1 else 0


def _path(number: int, units: Mapping[int, Mapping[str, object]]) -> list[str]:
    unit = units[number]
    above = unit["parent_id"]
    over = _path(int(str(above)), units) if above in units else []
    return [*over, str(unit["name"])]


def _wrong(row: Values, taken: set[str], known: _Known) -> list[Wrong]:
    found = [test(row, taken, known) for test in _TESTS]
    return [wrong for wrong in found if wrong is not None]


def _number(row: Values, taken: set[str], _known: _Known) -> Wrong | None:
    number = row.get("number", "")
    if number in taken:
        return Wrong("number", f"工号 {number} 已被使用", f"Number {number} is taken")
    if len(number) > NUMBER_MOST:
        return Wrong("number", f"工号最多 {NUMBER_MOST} 个字符", f"A number has at most {NUMBER_MOST} characters")
    return None


def _name(row: Values, _taken: set[str], _known: _Known) -> Wrong | None:
    if len(row.get("name", "")) > NAME_MOST:
        return Wrong("name", f"姓名最多 {NAME_MOST} 个字符", f"A name has at most {NAME_MOST} characters")
    return None


def _organisation(row: Values, _taken: set[str], known: _Known) -> Wrong | None:
    name = row.get("organisation", "")
    found = known.units(name) if name else [0]
    if len(found) > 1:
        return Wrong(
            "organisation",
            f"有多个名为「{name[:30]}」的组织，请写成「省/市」",
            f"Several units are called “{name[:30]}”: write “Province/City”",
        )
    if not found:
        return Wrong(
            "organisation",
            f"没有名为「{name[:30]}」的组织，或不在您的管理范围内",
            f"There is no organisation “{name[:30]}” in your scope",
        )
    return None


def _roles(row: Values, _taken: set[str], known: _Known) -> Wrong | None:
    for name in _split(row.get("roles", "")):
        if _plain(name) not in known.roles:
            return Wrong("roles", f"没有名为「{name[:30]}」的台席类型", f"There is no seat type “{name[:30]}”")
    return None


def _password(row: Values, _taken: set[str], _known: _Known) -> Wrong | None:
    given, policy = row.get("password", ""), queries.policy()
    number, name = row.get("number", ""), row.get("name", "")
    fault = queries.password_fault(given, number=number, name=name, policy=policy) if given else ""
    if not fault:
        return None
    weak = weak_password(fault, policy.password_min)
    return Wrong("password", weak.text("zh"), weak.text("en"))


def _email(row: Values, _taken: set[str], _known: _Known) -> Wrong | None:
    if not row.get("email"):
        return None
    try:
        validate_email(row["email"])
    except ValidationError:
        return Wrong("email", "邮箱地址不完整", "This is not a complete e-mail address")
    return None


_TESTS: tuple[Callable[[Values, set[str], _Known], Wrong | None], ...] = (
    _number,
    _name,
    _organisation,
    _roles,
    _password,
    _email,
)


def _plain(name: str) -> str:
    """Return a seat type as people call it: 综合台, 综合台席 and 综合受理台席 are one."""
    return re.sub(r"受理|台席|台|业务处理|[\s_-]", "", name).casefold()


def _split(text: str) -> list[str]:
    return [name.strip() for name in _SPLIT.split(text) if name.strip()]


kind(
    "accounts.staff",
    zh="人员",
    en="Staff",
    fields=FIELDS,
    may=may,
    check=check,
    write=write,
    take_back=lambda by, staff_id: actions.take_back(staff_id=staff_id, by=by),
    subject="staff",
)


# ── units ─────────────────────────────────────────────────────────────────────────────────────────────────────────

UNIT_FIELDS = (
    Field("province", "省", "Province", required=True, aliases=("省份", "省公司"), example="江苏"),
    Field("city", "市", "City", aliases=("地市", "城市", "市公司"), example="苏州"),
    Field("team", "班组", "Team", aliases=("组", "小组"), example="一班"),
)


def _may_open(by: Principal) -> None:
    require(by, MANAGE_STAFF)


def _names(row: Values) -> list[str]:
    return [name for name in (row.get("province", ""), row.get("city", ""), row.get("team", "")) if name]


def _check_units(_by: Principal, batch: Sequence[Values]) -> list[list[Wrong]]:
    return [_wrong_unit(row) for row in batch]


def _wrong_unit(row: Values) -> list[Wrong]:
    if row.get("team") and not row.get("city"):
        return [Wrong("city", "班组属于一个市，请填写市", "A team belongs to a city: give the city")]
    long = next((key for key in ("province", "city", "team") if len(row.get(key, "")) > NAME_MOST), "")
    if not long:
        return []
    return [Wrong(long, f"名称最多 {NAME_MOST} 个字符", f"A name has at most {NAME_MOST} characters")]


kind(
    "accounts.organisations",
    zh="组织",
    en="Organisation",
    fields=UNIT_FIELDS,
    may=_may_open,
    check=_check_units,
    write=lambda by, row: actions.open_path(names=_names(row), by=by),
    take_back=lambda by, unit: actions.take_back_path(organisation_id=unit, by=by),
    subject="organisation",
)
