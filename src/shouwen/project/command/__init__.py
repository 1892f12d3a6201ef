"""The `shouwen` command. Each subcommand is loaded when it is called, so that none pays for another."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import ClassVar

import click

from shouwen.project.config import ConfigError


class Commands(click.Group):
    """Finds subcommands by name: a module, and the name of the command in it."""

    places: ClassVar[dict[str, str]] = {
        "up": "shouwen.project.command.up:up",
        "web": "shouwen.project.command.servers:web",
        "live": "shouwen.project.command.servers:live",
        "worker": "shouwen.project.command.servers:worker",
        "door": "shouwen.project.command.servers:door",
        "voice": "shouwen.project.command.voice:voice",
        "migrate": "shouwen.project.command.data:migrate",
        "demo": "shouwen.project.command.data:demo",
        "prepare": "shouwen.project.command.data:prepare",
        "remove-demo": "shouwen.project.command.data:remove_demo",
        "doctor": "shouwen.project.command.care:doctor",
        "audit": "shouwen.project.command.care:audit",
        "recount": "shouwen.project.command.care:recount",
        "backup": "shouwen.project.command.keeping:backup",
        "restore": "shouwen.project.command.keeping:restore",
        "upgrade": "shouwen.project.command.keeping:upgrade",
        "rekey": "shouwen.project.command.rekeying:rekey",
        "replay": "shouwen.project.replay.command:replay",
    }

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names in the order a newcomer meets them."""
        return [name for name in self.places if self._present(name)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Load one."""
        if cmd_name not in self.places or not self._present(cmd_name):
            return None
        module, _, name = self.places[cmd_name].partition(":")
        found = getattr(import_module(module), name)
        assert isinstance(found, click.Command)
        return found

    def _present(self, name: str) -> bool:
        module = self.places[name].partition(":")[0]
        return find_spec(module.rpartition(".")[0]) is not None and find_spec(module) is not None

    def invoke(self, ctx: click.Context) -> object:
        """Run a subcommand; what a person can mend comes as one sentence, not as a trace."""
        try:
            return super().invoke(ctx)
        except mendable() as failure:
            raise click.ClickException(str(failure)) from None


def mendable() -> tuple[type[Exception], ...]:
    """Return the failures whose message is the whole story."""
    from shouwen.project.backup import BackupFailed, RestoreRefused
    from shouwen.project.installation import StartFailed
    from shouwen.project.postgres import PostgresError
    from shouwen.project.supervisor import AlreadyRunning
    from shouwen.project.upgrade import UpgradeRefused
    from shouwen.project.voice import AsteriskMissing, FetchFailed

    ours = (BackupFailed, RestoreRefused, UpgradeRefused, AsteriskMissing, FetchFailed)
    return (ConfigError, StartFailed, PostgresError, AlreadyRunning, *ours)


@click.group(cls=Commands)
def main() -> None:
    """首问 Shouwen: a customer service centre in which no request is lost."""
