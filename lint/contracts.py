"""Import contracts of our own."""

from __future__ import annotations

from typing import Any

from importlinter import Contract, ContractCheck, fields, output


class PrivateModules(Contract):
    """Inside each room, only the public modules may be imported from outside it.

    `shouwen.desk.api` may import `shouwen.tickets.actions`; it may not import `shouwen.tickets.models`.
    Tests may look anywhere.
    """

    ancestor: Any = fields.StringField()
    public: Any = fields.SetField(subfield=fields.StringField())
    open_packages: Any = fields.SetField(subfield=fields.StringField(), required=False)
    composition_roots: Any = fields.SetField(subfield=fields.StringField(), required=False)

    def check(self, graph: Any, verbose: bool) -> ContractCheck:  # noqa: ARG002, FBT001  importlinter's signature
        """Find imports that reach behind a room's door."""
        prefix = f"{self.ancestor}."
        importers = sorted(m for m in graph.modules if m.startswith(prefix) and self._is_bound(m))
        broken = [
            (importer, imported)
            for importer in importers
            for imported in sorted(graph.find_modules_directly_imported_by(importer))
            if self._reaches_inside(importer, imported)
        ]
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def _is_bound(self, module: str) -> bool:
        parts = module.split(".")
        return parts[1] not in (self.composition_roots or ()) and not {"tests", "testing"} & set(parts)

    def _reaches_inside(self, importer: str, imported: str) -> bool:
        home, (top, package, *inner) = importer.split(".")[1], (*imported.split("."), "")
        if top != self.ancestor or package == home or package in (self.open_packages or ()):
            return False
        return bool(inner[:-1]) and inner[0] not in self.public

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Name each import that must go."""
        for importer, imported in check.metadata["broken"]:
            output.print_error(f"{importer} may not reach into {imported}")
