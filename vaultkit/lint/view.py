"""What a rule sees: the vault, the configuration, and answers that several rules share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from vaultkit.config import Config
from vaultkit.lint.finding import Finding
from vaultkit.lint.near_headings import NearHeadings
from vaultkit.note import Note
from vaultkit.repair.forms import Titles
from vaultkit.repair.suggest import Suggester
from vaultkit.repair.survey import Bucket, Sighting, Surveyor
from vaultkit.vault import Ambiguous, Found, Page, Resolution, Settings, Vault
from vaultkit.vault.excluded import Excluded

if TYPE_CHECKING:
    from vaultkit.graph.model import Graph


class Option(NamedTuple):
    """A setting of one rule, as `[rules.<name>]` in the configuration has it.

    default: its value where nothing is set; its type is the type asked for.
    """

    name: str
    default: Any
    meaning: str


class Context(NamedTuple):
    """What a rule may know beside the notes.

    settings: what `.obsidian` says.
    today:    the day that ages are counted to, or None where nobody said.
    """

    config: Config = Config()
    settings: Settings = Settings()
    today: date | None = None

    def option(self, rule: str, option: Option) -> Any:
        """A rule's setting as the configuration has it, or its default."""
        return self.config.rules.get(rule, {}).get(option.name, option.default)


class View:
    """One vault for one run; everything here is computed once, when a rule first asks.

    only:         the files that are looked at, or None for all; rules of the scope "file" ask
                  `notes`, `pages` and `links_in`, which hold to it.
    titles:       gives the titles and aliases of all notes, where they are known already.
    findings_of:  what another rule finds, suppressed or not; the run sets it.
    leaned_on:    the notes that a rule's `leans_on` names; the run sets it.
    rules_called: the rules that a name of a rule or family means, none for an unknown one.
    """

    def __init__(
        self,
        vault: Vault,
        config: Config | None = None,
        today: date | None = None,
        only: frozenset[str] | None = None,
        titles: Callable[[], Titles] | None = None,
    ) -> None:
        self.vault = vault
        self._titles = titles
        self.only = only
        self.config = config or Config()
        self.context = Context(self.config, vault.settings, today)
        self.leaned_on: Callable[[str], frozenset[str]] = _no_rule
        self.asked: dict[str, str] = {}
        self.findings_of: Callable[[str], Sequence[Finding]] = _nobody
        self.rules_called: Callable[[str], frozenset[str]] = _no_rule

    def notes(self) -> Iterator[tuple[str, Note]]:
        """The notes that are looked at."""
        notes = self.vault.notes
        if self.only is None:
            return iter(notes.items())
        return ((path, notes[path]) for path in sorted(self.only) if path in notes)

    def pages(self) -> Iterator[tuple[str, Page]]:
        """The files with links that are looked at."""
        return self.vault.pages_of(self.only)

    def holds(self, marks: tuple[bytes, ...], in_front: bool = False) -> bool:
        """Whether a note that is looked at holds one of the marks; where there are none, yes."""
        if not marks:
            return True
        return any(True for _ in self.holding(marks, in_front))

    def holding(self, marks: tuple[bytes, ...], in_front: bool = False) -> Iterator[Note]:
        """The notes that are looked at and hold one of the marks, or all where there are none.

        in_front: in their front matter alone.
        """
        texts = self._fronts if in_front else self._texts
        if not marks:
            return (note for _, note in texts)
        if len(marks) == 1:
            (mark,) = marks
            return (note for data, note in texts if mark in data)
        one, two, *more = marks
        return (
            note
            for data, note in texts
            if one in data or two in data or (more and any(mark in data for mark in more))
        )

    @cached_property
    def _texts(self) -> list[tuple[bytes, Note]]:
        return [(note.source.data, note) for _, note in self.notes()]

    @cached_property
    def _fronts(self) -> list[tuple[bytes, Note]]:
        placed = ((note.front_matter, data, note) for data, note in self._texts)
        return [(data[slice(*place.block)], note) for place, data, note in placed if place]

    @cached_property
    def surveyor(self) -> Surveyor:
        """Tells any link's bucket."""
        return Surveyor(self.vault, known=self._titles)

    @cached_property
    def suggester(self) -> Suggester:
        """Tells what a broken link may have meant."""
        return Suggester(self.surveyor.forms)

    @cached_property
    def near_headings(self) -> NearHeadings:
        """Tells what heading a broken fragment may have meant."""
        return NearHeadings(self.vault)

    @cached_property
    def _troubles(self) -> dict[Bucket, list[Sighting]]:
        buckets: dict[Bucket, list[Sighting]] = {}
        for sighting in self.surveyor.troubles(self.only):
            buckets.setdefault(sighting.bucket, []).append(sighting)
        return buckets

    def links_in(self, bucket: Bucket) -> list[Sighting]:
        """Every link of a bucket that is not a sound one, in the vault's order."""
        return self._troubles.get(bucket, [])

    @cached_property
    def incoming(self) -> Mapping[str, frozenset[str]]:
        """File -> the other files with a link to it, in any place where links count."""
        vault = self.vault
        sources: dict[str, set[str]] = {}
        for path, page in vault.pages():
            for link in page.links:
                outright = link.kind == "file" and link.where == "canvas"
                found = (
                    vault.resolve_path(link.target)
                    if outright
                    else vault.resolve(link.target, path)
                )
                for target in _files(found):
                    if target != path:
                        sources.setdefault(target, set()).add(path)
        return {target: frozenset(paths) for target, paths in sources.items()}

    @cached_property
    def graph(self) -> Graph:
        """The concept graph, with the relations of the configuration."""
        from vaultkit.graph.build import build_graph
        from vaultkit.graph.settings import graph_settings

        return build_graph(self.vault, graph_settings(self.config).relations)

    def page(self, path: str) -> Page:
        """The note or board of a path."""
        vault = self.vault
        return vault.notes[path] if path in vault.notes else vault.boards[path]

    def installed(self, package: str) -> str:
        """The version of a package in this environment, "" where it is not there.

        What was asked for is kept: an answer that was remembered holds while it is the same.
        """
        if package not in self.asked:
            self.asked[package] = installed(package)
        return self.asked[package]

    @cached_property
    def _excluded(self) -> Excluded:
        return Excluded(self.vault.settings.excluded)

    def is_excluded(self, path: str) -> bool:
        """Whether the vault's settings hide a file from search and graph."""
        return path in self._excluded


def installed(package: str) -> str:
    """The version of a package in this environment, "" where it is not there."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _nobody(name: str) -> Sequence[Finding]:
    return ()


def _no_rule(name: str) -> frozenset[str]:
    return frozenset()


def _files(found: Resolution) -> tuple[str, ...]:
    """The file a link means, or each that it may mean."""
    if isinstance(found, Found):
        return (found.path,)
    return found.candidates if isinstance(found, Ambiguous) else ()
