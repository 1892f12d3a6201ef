"""What a form is: steps of fields, each with help; its JSON Schema follows from them. And the lint."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from . import logic

KINDS = (
    "text",
    "long_text",
    "choice",
    "choices",
    "yes_no",
    "number",
    "date",
    "money",
    "phone",
    "address",
    "attachment",
    "signature",
    "computed",
)
DIALECT = "https://json-schema.org/draft/2020-12/schema"
MOST_FIELDS = 60
MOST_STEPS = 12
MOST_OPTIONS = 60
MOST_FILES = 5
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}\Z")
PLACE = re.compile(r"[a-z][a-z0-9_.\-]{2,119}\Z")
UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
Fault = tuple[str, str, str]
_LIMITS = {"text": 200, "long_text": 2000}
_TEXT_KEYS = {"zh", "en"}
_FIELD_KEYS = {"name", "kind", "label", "help", "required", "options", "show", "value", "most", "least", "unit"}


def fields(content: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Return the fields of a form in the order they are asked."""
    for step in content["steps"]:
        yield from step["fields"]


def canonical(content: dict[str, Any]) -> dict[str, Any]:
    """Return a sound definition as it is kept, with the JSON Schema of its answers."""
    kept = {name: content[name] for name in ("title", "steps")}
    return {**kept, "must": bool(content.get("must")), "places": content.get("places", []), "schema": schema(content)}


def schema(content: dict[str, Any]) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a form's answers."""
    asked = list(fields(content))
    return {
        "$schema": DIALECT,
        "type": "object",
        "properties": {field["name"]: property_of(field) for field in asked},
        "required": [f["name"] for f in asked if f.get("required") and not f.get("show") and f["kind"] != "computed"],
        "additionalProperties": False,
    }


def property_of(field: dict[str, Any]) -> dict[str, Any]:
    """Return what the answer to a field looks like."""
    options = [option["value"] for option in field.get("options", [])]
    lowest, highest = field.get("least"), field.get("most")
    bounds = {
        **({} if lowest is None else {"minimum": lowest}),
        **({} if highest is None else {"maximum": highest}),
    }
    file_id = {"type": "string", "pattern": f"^{UUID}$"}
    shapes: dict[str, dict[str, Any]] = {
        "text": {"type": "string", "minLength": 1, "maxLength": highest or _LIMITS["text"]},
        "long_text": {"type": "string", "minLength": 1, "maxLength": highest or _LIMITS["long_text"]},
        "choice": {"type": "string", "enum": options},
        "choices": {"type": "array", "items": {"enum": options}, "uniqueItems": True, "minItems": 1},
        "yes_no": {"type": "boolean"},
        "number": {"type": "integer", "minimum": -logic.SAFE, "maximum": logic.SAFE, **bounds},
        "money": {"type": "integer", "minimum": 0, "maximum": 10**12, **bounds},
        "date": {"type": "string", "format": "date"},
        "phone": {"type": "string", "format": "phone"},
        "address": {
            "type": "object",
            "properties": {
                "area": {"type": "string", "minLength": 1, "maxLength": 60},
                "detail": {"type": "string", "minLength": 1, "maxLength": 120},
            },
            "required": ["area", "detail"],
            "additionalProperties": False,
        },
        "attachment": {"type": "array", "items": file_id, "minItems": 1, "maxItems": MOST_FILES, "uniqueItems": True},
        "signature": file_id,
        "computed": {"type": ["integer", "string", "boolean", "null"], "readOnly": True},
    }
    return shapes[field["kind"]]


def faults(content: Any) -> list[Fault]:
    """Return what makes a definition unusable: where, and why in Chinese and English."""
    found = list(_faults_of_frame(content))
    if found:
        return found
    found = list(_faults_of_fields(content))
    return found or list(_faults_of_schema(content))


def lint(content: dict[str, Any]) -> list[Fault]:
    """Return where a sound definition lacks help or words: every field and every step must have them."""
    found: list[Fault] = []
    for at, step in enumerate(content["steps"]):
        place = f"steps.{at}"
        found += _wordless(step, place)
        if not step["fields"]:
            found.append((place, "这一步没有字段", "This step asks nothing"))
        for number, field in enumerate(step["fields"]):
            found += _wordless(field, f"{place}.fields.{number}")
    if not content["steps"]:
        found.append(("steps", "表单没有步骤", "The form has no steps"))
    if not _spoken(content["title"]):
        found.append(("title", "缺少中英文标题", "The title is missing in Chinese or English"))
    return found


def _wordless(part: dict[str, Any], place: str) -> Iterator[Fault]:
    named = part.get("label", part.get("title"))
    if not _spoken(named):
        yield place, "缺少中英文名称", "Its name is missing in Chinese or English"
    if not _spoken(part.get("help")):
        yield f"{place}.help", "缺少中英文帮助提示", "Its help is missing in Chinese or English"
    for option in part.get("options", []):
        if not _spoken({"zh": option.get("zh"), "en": option.get("en")}):
            yield place, "选项缺少中英文名称", "An option lacks its name in Chinese or English"


def _spoken(text: Any) -> bool:
    return isinstance(text, dict) and all(isinstance(text.get(k), str) and text[k].strip() for k in _TEXT_KEYS)


def _faults_of_frame(content: Any) -> Iterator[Fault]:
    if not isinstance(content, dict) or not isinstance(content.get("steps"), list):
        yield "steps", "表单由步骤组成", "A form is made of steps"
        return
    if not _is_text(content.get("title")):
        yield "title", "标题须含中英文", "The title is a text in Chinese and English"
    if len(content["steps"]) > MOST_STEPS:
        yield "steps", f"最多 {MOST_STEPS} 步", f"At most {MOST_STEPS} steps"
    places = content.get("places", [])
    if not isinstance(places, list) or not all(isinstance(p, str) and PLACE.match(p) for p in places):
        yield "places", "使用位置格式不对，例如 ticket.kind.fault", "A place looks like ticket.kind.fault"
    for at, step in enumerate(content["steps"]):
        if not isinstance(step, dict) or not isinstance(step.get("fields"), list) or not _is_key(step.get("key")):
            yield f"steps.{at}", "每一步须有 key 和 fields", "A step has a key and fields"
        elif not _is_text(step.get("title")) or not _is_text(step.get("help")):
            yield f"steps.{at}", "步骤的标题和帮助须含中英文", "A step's title and help are texts in both languages"


def _faults_of_fields(content: dict[str, Any]) -> Iterator[Fault]:
    keys = [step["key"] for step in content["steps"]]
    if len(set(keys)) < len(keys):
        yield "steps", "步骤的 key 不能重复", "Keys of steps are unique"
    known: set[str] = set()
    for at, step in enumerate(content["steps"]):
        for number, field in enumerate(step["fields"]):
            for zh, en in _faults_of_field(field, known):
                yield f"steps.{at}.fields.{number}", zh, en
            if isinstance(field, dict) and isinstance(field.get("name"), str):
                known.add(field["name"])
    if len(known) > MOST_FIELDS:
        yield "steps", f"最多 {MOST_FIELDS} 个字段", f"At most {MOST_FIELDS} fields"


def _faults_of_field(field: Any, known: set[str]) -> Iterator[tuple[str, str]]:
    if not isinstance(field, dict) or not _is_key(field.get("name")) or field.get("kind") not in KINDS:
        yield "字段须有 name（小写字母开头）和可用的 kind", "A field has a name in lower case and a kind from the list"
        return
    if field["name"] in known:
        yield f"字段 {field['name']} 重复", f"Field {field['name']} is there twice"
    if set(field) - _FIELD_KEYS:
        yield "字段含有未知属性", "A field has unknown properties"
    if not _is_text(field.get("label")) or not _is_text(field.get("help")):
        yield "名称和帮助须含中英文", "Name and help are texts in both languages"
    yield from _faults_of_options(field)
    yield from _faults_of_bounds(field)
    yield from _faults_of_logic(field, known)


def _faults_of_options(field: dict[str, Any]) -> Iterator[tuple[str, str]]:
    options = field.get("options", [])
    fits = isinstance(options, list) and all(isinstance(o, dict) and _is_key(o.get("value")) for o in options)
    if not fits:
        yield "选项须有 value（小写字母开头）", "An option has a value in lower case"
        return
    values = [option["value"] for option in options]
    wanted = field["kind"] in ("choice", "choices")
    if (wanted and not 2 <= len(values) <= MOST_OPTIONS) or (not wanted and values):
        yield f"单选、多选须有 2 到 {MOST_OPTIONS} 个选项", f"A choice has 2 to {MOST_OPTIONS} options, others none"
    if len(set(values)) < len(values):
        yield "选项的 value 不能重复", "Values of options are unique"


def _faults_of_bounds(field: dict[str, Any]) -> Iterator[tuple[str, str]]:
    bounds = [b for b in (field.get("least"), field.get("most")) if b is not None]
    highest = field.get("most")
    if any(isinstance(b, bool) or not isinstance(b, int) or abs(b) > 10**12 for b in bounds):
        yield "上下限须为整数", "Bounds are whole numbers"
    elif bounds != sorted(bounds):
        yield "下限不能大于上限", "The lower bound is above the upper one"
    elif field["kind"] in _LIMITS and highest is not None and not 1 <= highest <= 4000:
        yield "字数上限须在 1 到 4000 之间", "A text has 1 to 4000 characters"


def _faults_of_logic(field: dict[str, Any], known: set[str]) -> Iterator[tuple[str, str]]:
    computed = field["kind"] == "computed"
    if computed != (field.get("value") is not None):
        yield "计算字段（且仅计算字段）须有算式", "A computed field has an expression, others none"
    for name in ("show", "value"):
        if field.get(name) is not None:
            for fault in logic.faults(field[name], known):
                yield f"条件或算式有误：{fault}", f"The expression is wrong: {fault}"


def _faults_of_schema(content: dict[str, Any]) -> Iterator[Fault]:
    from jsonschema import Draft202012Validator  # a large library: loaded by who checks a form
    from jsonschema.exceptions import SchemaError

    try:
        Draft202012Validator.check_schema(schema(content))
    except SchemaError as error:
        yield "schema", f"不是有效的 JSON Schema：{error.message}", f"Not a valid JSON Schema: {error.message}"


def _is_key(value: Any) -> bool:
    return isinstance(value, str) and NAME.match(value) is not None


def _is_text(text: Any) -> bool:
    return isinstance(text, dict) and set(text) == _TEXT_KEYS and all(isinstance(v, str) for v in text.values())
