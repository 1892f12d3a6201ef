"""Looking after an installation: the doctor, and the proof that the audit trail is whole."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict

import click

from shouwen.project.config import load
from shouwen.project.doctor import Finding, examine
from shouwen.project.speech import say

from .data import database_running, start_django


@click.command()
@click.option("--promise", is_flag=True, help="Ask only whether a request was lost, doubled or left without owner.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def doctor(promise: bool, as_json: bool) -> None:  # noqa: FBT001
    """Look everything over; each finding comes with its remedy."""
    if promise:
        sys.exit(_promise(as_json=as_json))
    findings = list(examine(load()))
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=1))
    else:
        for finding in findings:
            click.echo(_line(finding))
    sys.exit(0 if all(finding.ok for finding in findings) else 1)


def _line(finding: Finding) -> str:
    mark = "✓" if finding.ok else "✗"
    remedy = "" if finding.ok else f"\n    → {finding.remedy}"
    return f"{mark} {finding.name}: {finding.detail}{remedy}"


def _promise(*, as_json: bool) -> int:
    with database_running():
        return report_promise(as_json=as_json)


def report_promise(*, as_json: bool = False) -> int:
    """Say whether the promise holds; return the status to end with. The database runs."""
    start_django()
    from shouwen.project.promise import breaches

    found: Mapping[str, list[str]] = breaches()
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        for name, subjects in found.items():
            click.echo(f"{'✗' if subjects else '✓'} {name}: {len(subjects)}")
            for subject in subjects[:20]:
                click.echo(f"    {subject}")
    return 1 if any(found.values()) else 0


@click.group()
def audit() -> None:
    """The audit trail."""


@audit.command()
def verify() -> None:
    """Walk the whole chain; report breaks, gaps and the oldest row without its link."""
    with database_running():
        sys.exit(report_audit())


def report_audit() -> int:
    """Say whether the audit trail is whole; return the status to end with. The database runs."""
    start_django()
    from shouwen.kit import audit as trail
    from shouwen.project.heads import kept_heads

    config = load()
    found = trail.verify()
    heads = kept_heads(config.data)
    lost = [str(head["day"]) for head in heads if not trail.matches(head, config.audit_key.encode())]
    click.echo(
        say(f"链上 {found.sealed} 行，待封 {found.unsealed} 行", f"{found.sealed} sealed, {found.unsealed} waiting")
    )
    if found.oldest_unsealed:
        click.echo(say("最早未封：", "Oldest unsealed: ") + found.oldest_unsealed.isoformat())
    click.echo(say(f"库外保存的链头 {len(heads)} 个", f"{len(heads)} heads kept outside"))
    faults = [*found.faults, *(f"head of {day} does not stand in the chain" for day in lost)]
    for fault in faults:
        click.echo(f"✗ {fault}")
    return 1 if faults else 0


@click.command()
def recount() -> None:
    """Count every figure anew from the journal; the result is the same, whatever was counted before."""
    with database_running():
        start_django()
        from shouwen.kit import clock
        from shouwen.metrics import actions, queries

        counted = actions.rebuild(policy=queries.POLICY, at=clock.now())
        click.echo(say(f"已重新统计 {counted:,} 次接触。", f"{counted:,} contacts counted anew."))
