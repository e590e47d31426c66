"""pytest collects the blocks of notes: `pytest snippets/`, and `pytest vault/`.

Each block is one test, named after the heading it stands under, so that its id stays when
other sections change. Blocks run as `vaultkit verify` runs them, in a walled child and never
in pytest's own process: a block that exits ends itself, not the test run.
"""

from __future__ import annotations

import os
from abc import abstractmethod
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from vaultkit.config import Config

_MADE_BY_US = b"# vaultkit: note="
_HELP = "blocks of notes, run by vaultkit"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options and settings."""
    group = parser.getgroup("vaultkit", "code blocks of notes")
    group.addoption(
        "--vaultkit-device",
        choices=("auto", "cpu", "cuda"),
        default=None,
        help="where blocks run that ask for a device, and what the fixture `device` says",
    )
    group.addoption(
        "--vaultkit-timeout", type=float, metavar="S", help="seconds that one block may take"
    )
    group.addoption(
        "--vaultkit-sandbox", choices=("auto", "require", "off"), default="auto", help=_HELP
    )
    parser.addini(
        "vaultkit_vaults",
        "folders whose notes are collected, beside those that hold .obsidian",
        type="paths",
        default=[],
    )


def pytest_configure(config: pytest.Config) -> None:
    """Markers of our own, so that --strict-markers takes them."""
    config.addinivalue_line("markers", f"vaultkit: {_HELP}")
    config.addinivalue_line("markers", "cuda: needs a CUDA device")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A note of a vault, or a module that `vaultkit extract` wrote."""
    if file_path.suffix == ".md" and _is_note(file_path, parent):
        return NoteFile.from_parent(parent, path=file_path)
    named = parent.session.isinitpath(file_path)  # then it comes through makemodule
    if file_path.suffix == ".py" and not named and _is_module(file_path):
        return ModuleFile.from_parent(parent, path=file_path)
    return None


def pytest_pycollect_makemodule(
    module_path: Path, parent: pytest.Collector
) -> pytest.Collector | None:
    """A module of ours is never imported by pytest: its blocks are run by us."""
    if _is_module(module_path):
        return ModuleFile.from_parent(parent, path=module_path)
    return None


def pytest_sessionfinish(session: pytest.Session) -> None:
    """End the warm parents."""
    runs = session.config.stash.get(_RUNS, None)
    if runs is not None:
        runs.close()


@pytest.fixture
def device(request: pytest.FixtureRequest) -> str:
    """The device a test is to use, `cpu` or `cuda`: --vaultkit-device, or VAULTKIT_DEVICE."""
    chosen = request.config.getoption("--vaultkit-device")
    if chosen in (None, "auto"):
        chosen = os.environ.get("VAULTKIT_DEVICE", "cpu")
    return str(chosen)


def _is_module(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(_MADE_BY_US)) == _MADE_BY_US
    except OSError:
        return False


def _is_note(path: Path, parent: pytest.Collector) -> bool:
    return parent.session.isinitpath(path) or _vault_of(path, parent.config) is not None


def _vault_of(path: Path, config: pytest.Config) -> Path | None:
    """The vault a note lies in, or None for a Markdown file of no vault."""
    known = config.stash.setdefault(_VAULTS, {})
    folder = path.parent
    if folder not in known:
        named = [*config.getini("vaultkit_vaults"), *_configured(config)]
        known[folder] = next(
            (
                place
                for place in (folder, *folder.parents)
                if (place / ".obsidian").is_dir() or place in named
            ),
            None,
        )
    return known[folder]


def _configured(config: pytest.Config) -> list[Path]:
    vault = _settings(config).vault
    return [vault.resolve()] if vault is not None else []


def _settings(config: pytest.Config) -> Config:
    from vaultkit.config import Config, read_config
    from vaultkit.errors import UsageError

    if _SETTINGS not in config.stash:
        try:
            config.stash[_SETTINGS] = read_config(config.rootpath) or Config()
        except UsageError as error:
            raise pytest.UsageError(f"{error.message} ({error.hint})") from error
    return config.stash[_SETTINGS]


class BlocksFile(pytest.File):
    """A file that holds blocks of one note."""

    @abstractmethod
    def root(self) -> Path:
        """The vault's folder, which the blocks may read."""

    @abstractmethod
    def snippets(self) -> Iterable[Any]:
        """The blocks."""

    def collect(self) -> Iterator[pytest.Item]:
        """One item for each block that is ours, and for each device it is to run on."""
        from vaultkit.verify.plugin_runs import planned

        for snippet, where in planned(list(self.snippets()), _options(self.config)):
            for one in where:
                name = snippet.name if one == "cpu" else f"{snippet.name}[{one}]"
                yield BlockItem.from_parent(self, name=name, snippet=snippet, device=one)


class NoteFile(BlocksFile):
    """A Markdown note."""

    def root(self) -> Path:
        """The vault the note lies in; a file named outright is its own vault."""
        return _vault_of(self.path, self.config) or self.path.parent

    def snippets(self) -> Iterable[Any]:
        """The note's blocks."""
        from vaultkit.verify.plugin_runs import read_blocks

        return read_blocks(self.root(), self.path)


class ModuleFile(BlocksFile):
    """A module written by `vaultkit extract`."""

    def root(self) -> Path:
        """The configured vault, or the folder of the modules."""
        return next(iter(_configured(self.config)), self.path.parent)

    def snippets(self) -> Iterable[Any]:
        """The module's cells; one that was edited is named."""
        from vaultkit.verify.plugin_runs import read_cells

        found, edited = read_cells(self.path)
        if edited:
            told = f"{self.path.name}: cells {edited} were edited here and not in {found[0].note}"
            self.warn(pytest.PytestWarning(f"{told}; carry them over: vaultkit extract --stitch"))
        return found


class BlockItem(pytest.Item):
    """One block on one device."""

    def __init__(self, *, snippet: Any, device: str, **more: Any) -> None:
        super().__init__(**more)
        self.snippet, self.device = snippet, device
        self.add_marker("vaultkit")
        if device == "cuda" or "cuda" in snippet.attributes.needs:
            self.add_marker("cuda")

    def runtest(self) -> None:
        """Look up what became of the block; the first block of a note runs the whole note."""
        runs = self.config.stash.get(_RUNS, None)
        if runs is None:
            from vaultkit.verify.plugin_runs import Runs

            runs = self.config.stash[_RUNS] = Runs(_options(self.config), self.session.items)
        row = runs.row(self)
        if row.output:
            self.add_report_section("call", "stdout", row.output)
        self.user_properties += [("device", row.device), ("seed", row.seed)]
        if row.passed is None:
            pytest.skip(row.why or row.fate)
        if not row.passed:
            raise BlockFailed(row)

    def repr_failure(self, excinfo: Any, style: Any = None) -> Any:
        """The note's place, its lines, and what was raised; nothing of ours."""
        if not isinstance(excinfo.value, BlockFailed):
            return super().repr_failure(excinfo)
        from vaultkit.verify.plugin_runs import explain

        return explain(excinfo.value.row, self.snippet)

    def reportinfo(self) -> tuple[Path | str, int, str]:
        """The note, its line (from 0), and the block's name."""
        place = self.parent.root() / self.snippet.note  # type: ignore[union-attr]
        shown: Path | str = place if place.exists() else self.snippet.note
        return shown, self.snippet.line - 1, f"{self.snippet.note} {self.name}"


class BlockFailed(Exception):  # noqa: N818 (pytest shows the outcome, not this)
    """A block did not end as its marker says."""

    def __init__(self, row: Any) -> None:
        super().__init__(row.name)
        self.row = row


_RUNS: pytest.StashKey[Any] = pytest.StashKey()
_VAULTS: pytest.StashKey[dict[Path, Path | None]] = pytest.StashKey()
_SETTINGS: pytest.StashKey[Config] = pytest.StashKey()


def _options(config: pytest.Config) -> Any:
    from dataclasses import replace

    from vaultkit.errors import UsageError
    from vaultkit.verify.job import Limits
    from vaultkit.verify.own import oracle_folders
    from vaultkit.verify.run import Options

    try:
        oracles = oracle_folders(_settings(config))
    except UsageError as error:
        raise pytest.UsageError(f"{error.message} ({error.hint})") from error
    limits = Limits()
    seconds = config.getoption("--vaultkit-timeout")
    if seconds:
        limits = replace(limits, block=seconds, note=max(limits.note, 4 * seconds))
    return Options(
        device=config.getoption("--vaultkit-device") or "auto",
        jobs=1,
        sandbox=config.getoption("--vaultkit-sandbox"),
        limits=limits,
        oracles=oracles,
    )
