"""Which rules run where, and how grave their findings are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from vaultkit.config import Config
from vaultkit.errors import UsageError
from vaultkit.lint.finding import Finding, Severity
from vaultkit.lint.rule import Rule, all_rules
from vaultkit.schema import Key, PathPattern, read_table
from vaultkit.schema.folder import SEVERITIES
from vaultkit.schema.keys import Kind, near

ALL = "all"


def expand(names: Iterable[str], where: str = "", *, opt_in: bool = True) -> frozenset[str]:
    """The rules that names of rules and families mean.

    where:  the file and key in which the names stand, for the message.
    opt_in: whether a family holds its rules that are off by default too; by their own names,
            and under `all`, they are always meant.
    Raises UsageError for a name that is neither.
    """
    rules = all_rules()
    families: dict[str, set[str]] = {ALL: set(rules)}
    for name, rule in rules.items():
        members = families.setdefault(rule.family, set())
        if opt_in or rule.default:
            members.add(name)
    chosen: set[str] = set()
    for name in names:
        if name not in rules and name not in families:
            known = [*rules, *families]
            hint = near(name, known, "")
            what = f"{where}: " if where else ""
            told = "`vaultkit rules` lists them" if hint.startswith(": ") else hint
            raise UsageError(f"{what}no rule or family is called `{name}`", told)
        chosen |= families.get(name, {name})
    return frozenset(chosen)


def rules_called(name: str) -> frozenset[str]:
    """The rules that a name means; none where nobody has it. `all` means the default rules."""
    if name == ALL:
        return frozenset(rule.name for rule in all_rules().values() if rule.default)
    try:
        return expand([name])
    except UsageError:
        return frozenset()


def choose(
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    where: str = "",
    extend: Iterable[str] = (),
) -> tuple[Rule, ...]:
    """The rules that names or families select, and those that extend them, less those they ignore.

    Sorted by name. Without a selection the default rules; of a family those that are on by
    default. Raises UsageError for a name nobody has.
    """
    wanted, unwanted = expand(select, where, opt_in=False), expand(ignore, where)
    more = expand(extend, where, opt_in=False)
    return tuple(
        rule
        for name, rule in all_rules().items()
        if ((name in wanted if wanted else rule.default) or name in more) and name not in unwanted
    )


@dataclass(frozen=True, slots=True)
class _Part:
    path: PathPattern
    select: frozenset[str]
    ignore: frozenset[str]
    severity: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Choice:
    """The rules of one run, with what the configuration says of parts of the vault.

    rules:    every rule that runs anywhere.
    everywhere: the names of those that run in the whole vault.
    """

    rules: tuple[Rule, ...]
    everywhere: frozenset[str]
    _parts: tuple[_Part, ...] = ()
    _severity: Mapping[str, str] = field(default_factory=dict)

    def is_on(self, rule: str, path: str) -> bool:
        """Whether a rule's findings in a file count."""
        on = rule in self.everywhere
        for part in self._parts:
            if part.path.matches(path):
                on = (on or rule in part.select) and rule not in part.ignore
        return on

    def graded(self, finding: Finding) -> Finding:
        """The finding, as grave as the configuration says it is there."""
        if not self._severity and not self._parts:
            return finding
        severity: str = self._severity.get(finding.rule, finding.severity)
        for part in self._parts:
            if finding.rule in part.severity and part.path.matches(finding.path):
                severity = part.severity[finding.rule]
        return finding._replace(severity=cast(Severity, severity))


def choice_of(rules: Iterable[Rule], config: Config) -> Choice:
    """The rules with the configuration's settings for folders and single rules.

    Raises UsageError for a name or an option that nobody has, or of the wrong type.
    """
    file = str(config.file) if config.file else "the configuration"
    chosen = tuple(rules)
    parts: list[_Part] = []
    for number, folder in enumerate(config.folders, 1):
        where = f"{file}: `folders`, entry {number}"
        expand(folder.severity, f"{where}: `severity`")
        parts.append(
            _Part(
                folder.path,
                expand(folder.select, f"{where}: `select`", opt_in=False),
                expand(folder.ignore, f"{where}: `ignore`"),
                {
                    rule: severity
                    for name, severity in folder.severity.items()
                    for rule in expand([name])
                },
            )
        )
    everywhere = frozenset(rule.name for rule in chosen)
    more = frozenset[str]().union(*(part.select for part in parts)) - everywhere
    known = all_rules()
    every = tuple(known[name] for name in sorted(everywhere | more))
    severity = {
        name: table["severity"]
        for name, table in _rule_tables(config, file).items()
        if "severity" in table
    }
    return Choice(every, everywhere, tuple(parts), severity)


def rule_keys(rule: Rule) -> tuple[Key, ...]:
    """The keys of `[rules.<name>]`."""
    kinds: dict[type, Kind] = {str: "text", bool: "flag", int: "whole", float: "number"}
    return (
        Key("severity", "text", "How grave its findings are.", SEVERITIES),
        *(
            Key(option.name, kinds.get(type(option.default), "texts"), option.meaning + ".")
            for option in rule.options
        ),
    )


def _rule_tables(config: Config, file: str) -> Mapping[str, Mapping[str, Any]]:
    known = all_rules()
    for name, table in config.rules.items():
        if name not in known:
            raise UsageError(
                f"{file}: `rules`: no rule is called `{name}`", near(name, known, "rules")
            )
        read_table(f"{file}: `rules`.{name}", table, rule_keys(known[name]))
    return config.rules
