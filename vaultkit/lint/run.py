"""Running rules over a vault: choosing them, and their findings in a stable order."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from datetime import date

from vaultkit.config import Config
from vaultkit.errors import UsageError
from vaultkit.lint.finding import Finding
from vaultkit.lint.rule import Rule, all_rules
from vaultkit.lint.view import View
from vaultkit.vault import Vault


def choose(select: Iterable[str] = (), ignore: Iterable[str] = ()) -> tuple[Rule, ...]:
    """The rules that names or families select, less those they ignore; sorted by name.

    Without a selection the default rules. Raises UsageError for a name nobody has.
    """
    rules = all_rules()
    wanted, unwanted = _expand(select), _expand(ignore)
    return tuple(
        rule
        for name, rule in rules.items()
        if (name in wanted if wanted else rule.default) and name not in unwanted
    )


def _expand(names: Iterable[str]) -> set[str]:
    rules = all_rules()
    families: dict[str, set[str]] = {}
    for name, rule in rules.items():
        families.setdefault(rule.family, set()).add(name)
    chosen: set[str] = set()
    for name in names:
        if name == "all":
            chosen |= set(rules)
        elif name in families:
            chosen |= families[name]
        elif name in rules:
            chosen.add(name)
        else:
            near = difflib.get_close_matches(name, [*rules, *families], 1)
            hint = f"did you mean `{near[0]}`?" if near else "`vaultkit rules` lists them"
            raise UsageError(f"no rule or family is called `{name}`", hint)
    return chosen


def lint(
    vault: Vault, rules: Sequence[Rule], config: Config | None = None, today: date | None = None
) -> list[Finding]:
    """What the rules find, sorted by file, place and rule; excluded files are left out."""
    view = View(vault, config, today)
    found = [
        finding
        for rule in rules
        for finding in rule.findings(view)
        if not view.is_excluded(finding.path)
    ]
    found.sort(key=lambda finding: (finding.path, finding.span, finding.rule, finding.message))
    return found
