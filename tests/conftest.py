"""What every test may use: real vaults where they are at hand, and Hypothesis's profiles."""

from __future__ import annotations

import os
import re
import signal
import tarfile
import uuid
from collections import Counter
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

_ROOT = Path(__file__).parent.parent
_SLOW_DISK = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]

# A shell ignores Ctrl-C for what it starts in the background, and so would all that we start:
# the tests that press it would wait for ever.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile("default", max_examples=100, deadline=None, derandomize=True)
settings.register_profile(
    "nightly", max_examples=1200, deadline=None, suppress_health_check=_SLOW_DISK
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


@pytest.fixture(autouse=True)
def remembered_apart(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No test recalls what another, or the person at the keyboard, has left."""
    monkeypatch.setenv("VAULTKIT_CACHE", str(tmp_path_factory.mktemp("cache")))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite-transcripts",
        action="store_true",
        help="Write what the commands print now into tests/cli/transcripts/.",
    )


# Vaults that tests read: their blocks are material, not tests.
collect_ignore_glob = ["vaults/*"]


def _archive(name: str) -> Path:
    named = os.environ.get("VAULTKIT_CORPORA")
    folder = Path(named) if named else _ROOT.parent / "shared" / "corpora"
    return folder / f"{name}.tar.xz"


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """`corpus(name)`: the folder of a real vault, to be read and never written to.

    Unpacked once per session, also when several workers run; without the archive the test is
    skipped.
    """
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base

    def unpacked(name: str) -> Path:
        archive = _archive(name)
        if not archive.is_file():
            pytest.skip(f"the vault {name} is not at hand (VAULTKIT_CORPORA)")
        place = shared / "corpora" / name
        if not place.exists():
            fresh = shared / "corpora" / f".{name}-{uuid.uuid4().hex}"
            fresh.mkdir(parents=True)
            with tarfile.open(archive) as packed:
                packed.extractall(fresh, filter="data")
            try:
                (fresh / name).rename(place)
            except OSError:
                # Another worker was first.
                if not place.exists():
                    raise
        return place

    return unpacked


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Note how many examples Hypothesis really ran, not how many it was asked for."""
    report = yield
    told = getattr(item, "hypothesis_statistics", "") if call.when == "call" else ""
    if told:
        phases = re.findall(r"- (\d+) passing.*?, (\d+) failing", told)
        assert phases, f"not read: {told}"
        count = sum(int(number) for phase in phases for number in phase)
        report.user_properties.append(("examples", count))
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the number of examples, of all properties and of the laws among them."""
    found: Counter[str] = Counter()
    for outcome in ("passed", "failed"):
        for report in terminalreporter.stats.get(outcome, ()):
            count = dict(getattr(report, "user_properties", ())).get("examples", 0)
            found["all"] += count
            found["laws"] += count if "laws" in report.nodeid else 0
    if found["all"]:
        profile = os.environ.get("HYPOTHESIS_PROFILE", "default")
        terminalreporter.write_line(
            f"{found['all']:,} examples of properties ran, {found['laws']:,} of them of laws"
            f" (Hypothesis profile: {profile})"
        )
