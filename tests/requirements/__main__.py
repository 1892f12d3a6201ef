"""`python -m tests.requirements [--list]`: what is proven, by group; the last line is `proven N/379`."""

from __future__ import annotations

import sys

from .rows import claims, faults, groups


def main(arguments: list[str]) -> int:
    """Print the groups, or with --list every proven row with its sentence and test."""
    proven: dict[str, list[tuple[str, str]]] = {}
    for claim in claims():
        for row in claim.rows:
            proven.setdefault(row, []).append((claim.sentence, claim.test))
    known = groups()
    for code, (title, rows) in known.items():
        done = [row for row in rows if row in proven]
        print(f"{code}  {len(done):>3}/{len(rows):<3} {title}")
        if "--list" in arguments:
            for row in done:
                for sentence, test in proven[row]:
                    print(f"     {row} → {sentence} → {test}")
    wrong = faults()
    for fault in wrong:
        print(fault, file=sys.stderr)
    total = [row for _, rows in known.values() for row in rows]
    print(f"proven {sum(row in proven for row in total)}/{len(total)}")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
