"""Running rules over a vault: their findings in a stable order, less what was asked to be quiet."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date

from vaultkit.config import Config
from vaultkit.lint.choice import ALL, Choice, choice_of, choose, rules_called
from vaultkit.lint.finding import Finding, place_of
from vaultkit.lint.rule import Rule, all_rules
from vaultkit.lint.stated import Scope
from vaultkit.lint.suppression import Suppression, suppressions
from vaultkit.lint.view import View
from vaultkit.repair.forms import Titles
from vaultkit.vault import Vault

__all__ = ["Run", "choose", "lint"]
SCOPES: tuple[Scope, ...] = ("note", "file", "front", "vault")


class Run:
    """One run of a choice of rules over one vault; each rule runs at most once.

    only:   the files that are looked at, or None for all.
    leaned: what `leans_on` said of each rule when all of them were looked at.
    titles: gives the titles and aliases of all notes, where they are known already.
    """

    def __init__(
        self,
        vault: Vault,
        rules: Iterable[Rule],
        config: Config,
        today: date | None = None,
        only: frozenset[str] | None = None,
        leaned: Mapping[str, frozenset[str]] | None = None,
        titles: Callable[[], Titles] | None = None,
    ) -> None:
        self.view = View(vault, config, today, only, titles)
        self.view.findings_of = self.findings_of
        self.view.leaned_on = self.leaned_on
        self.view.rules_called = rules_called
        self.choice: Choice = choice_of(rules, config)
        self._found: dict[str, tuple[Finding, ...]] = {}
        self._leaned: dict[str, frozenset[str]] = dict(leaned or {})

    def leaned_on(self, name: str) -> frozenset[str]:
        """The notes on whose text a rule's findings in other notes depend."""
        if name not in self._leaned:
            self._leaned[name] = all_rules()[name].leans_on(self.view)
        return self._leaned[name]

    def findings_of(self, name: str) -> tuple[Finding, ...]:
        """All that a rule finds, in the whole vault, suppressed or not."""
        if name not in self._found:
            self._found[name] = tuple(all_rules()[name].findings(self.view))
        return self._found[name]

    def findings(self, scopes: Collection[Scope] = SCOPES) -> list[Finding]:
        """What counts: not excluded by the vault, not switched off there, not suppressed.

        scopes: of the rules whose findings are wanted.
        """
        view, choice, quiet = self.view, self.choice, _Quiet(self.view.vault)
        found = [
            choice.graded(finding)
            for rule in choice.rules
            if rule.scope in scopes
            for finding in self.findings_of(rule.name)
            if choice.is_on(rule.name, finding.path)
            and not view.is_excluded(finding.path)
            and not quiet.about(finding)
        ]
        found.sort(key=place_of)
        return found


class _Quiet:
    """Which findings the notes' own comments keep quiet about."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._found: dict[str, Sequence[Suppression]] = {}
        self._families: Mapping[str, str] = {
            name: rule.family for name, rule in all_rules().items()
        }

    def about(self, finding: Finding) -> bool:
        note = self._vault.notes.get(finding.path)
        if note is None or finding.rule == "useless-suppression":
            return False
        if finding.path not in self._found:
            self._found[finding.path] = suppressions(note)
        found = self._found[finding.path]
        if not found:
            return False
        means = {finding.rule, self._families[finding.rule], ALL}
        return any(
            item.covers(finding.span.start)
            and (not item.names or any(name.text in means for name in item.names))
            for item in found
        )


def lint(
    vault: Vault, rules: Sequence[Rule], config: Config | None = None, today: date | None = None
) -> list[Finding]:
    """What the rules find, sorted by file, place and rule.

    Raises UsageError for a configuration that names a rule or an option nobody has.
    """
    return Run(vault, rules, config or Config(), today).findings()
