"""What each figure means: the one registry that code, pages and tests share."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from .. import queries
from .schemas import DefinitionOut, DefinitionsOut, OptionOut, WordsOut

router = Router(tags=["metrics"])


@router.get("/metrics/definitions", operation_id="listDefinitions", response=DefinitionsOut)
def list_definitions(request: HttpRequest) -> DefinitionsOut:  # noqa: ARG001 - open to every member of staff
    """Return every figure's name, meaning, formula and source, and the edge cases it depends on as they are chosen."""
    values = queries.chosen_options()
    return DefinitionsOut(
        groups=_words(queries.GROUPS),
        sources=_words(queries.SOURCES),
        definitions=[_definition(d) for d in queries.DEFINITIONS.values()],
        options=[_option(o, values[o.key]) for o in queries.OPTIONS],
    )


def _words(named: dict[str, tuple[str, str]]) -> list[WordsOut]:
    return [WordsOut(key=key, zh=zh, en=en) for key, (zh, en) in named.items()]


def _option(found: queries.Option, value: str) -> OptionOut:
    return OptionOut(
        key=found.key,
        zh=found.zh,
        en=found.en,
        definition_zh=found.means_zh,
        definition_en=found.means_en,
        value=value,
    )


def _definition(found: queries.Definition) -> DefinitionOut:
    return DefinitionOut(
        key=found.key,
        unit=found.unit,
        group=found.group,
        zh=found.zh,
        en=found.en,
        definition_zh=found.means_zh,
        definition_en=found.means_en,
        formula_zh=found.formula_zh,
        formula_en=found.formula_en,
        source=found.source,
        options=list(found.options),
        needs_zh=found.needs[0],
        needs_en=found.needs[1],
    )
