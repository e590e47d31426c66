"""A seeded sample of what `lint` finds, with the lines around each, for a person to judge.

    python scripts/sample_findings.py VAULT [--rule NAME] [--count 30] [--seed 1] [--around 2]

For each rule: how many findings there are, then the sample (all where fewer), each with its place,
its message and its lines. `docs/precision.md` records what was judged.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from vaultkit.config import Config, read_config
from vaultkit.lint.choice import choose
from vaultkit.lint.finding import Finding
from vaultkit.lint.run import lint
from vaultkit.report.shown import fitted, one_line
from vaultkit.vault import Vault, read_vault

_WIDEST = 220


def sampled(vault: Vault, config: Config, names: tuple[str, ...]) -> dict[str, list[Finding]]:
    """Rule -> its findings."""
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in lint(vault, choose(names, ()), config, date.today()):
        found[finding.rule].append(finding)
    return dict(sorted(found.items()))


def shown(vault: Vault, finding: Finding, around: int) -> Iterator[str]:
    """A finding with its lines; the marked text stands between `«` and `»`."""
    page = vault.notes.get(finding.path) or vault.boards.get(finding.path)
    offers = f"  offers {', '.join(finding.suggestions)}" if finding.suggestions else ""
    fix = f"  fix: {finding.fix.title}" if finding.fix else ""
    if page is None:
        yield f"{finding.path}: {one_line(finding.message)}{offers}{fix}"
        return
    source, span = page.source, finding.span
    line = source.position(span.start).line
    yield f"{finding.path}:{line}: {one_line(finding.message)}{offers}{fix}"
    starts = (*source.line_starts, len(source.data))
    for number in range(max(0, line - 1 - around), min(len(starts) - 1, line + around)):
        start, end = starts[number], starts[number + 1]
        text = source.data[start:end].decode("utf-8", "replace")
        if number == line - 1:
            parts = (start, span.start), (span.start, min(span.end, end)), (span.end, end)
            before, marked, after = (
                source.data[a : max(a, b)].decode("utf-8", "replace") for a, b in parts
            )
            text = f"{before[-_WIDEST // 2 :]}«{marked[:_WIDEST]}»{after}"
        yield f"    {number + 1}| {fitted(one_line(text.rstrip()), _WIDEST)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("vault", type=Path)
    parser.add_argument("--rule", default="all", help="a rule or family")
    parser.add_argument("--count", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--around", type=int, default=2)
    given = parser.parse_args()
    config = read_config(given.vault) or Config()
    vault = read_vault(given.vault, config)
    for rule, findings in sampled(vault, config, (given.rule,)).items():
        chosen = random.Random(given.seed).sample(findings, min(given.count, len(findings)))
        print(f"\n=== {rule}: {len(findings)} findings, {len(chosen)} shown")
        for finding in sorted(chosen, key=lambda item: (item.path, item.span)):
            print("\n".join(shown(vault, finding, given.around)))


if __name__ == "__main__":
    main()
