"""What is to be run, as plain values that pickle."""

from __future__ import annotations

from dataclasses import dataclass, field

from vaultkit.verify.plain import Plain


@dataclass(frozen=True, slots=True)
class Limits(Plain):
    """What one note may use.

    block, note: seconds of wall time; four times `block` where a function is judged as well.
    memory:      bytes a process may take beyond what the warm parent holds already, and
                 twice that for all processes of the note together.
    disk:        bytes written to the working folder.
    output:      bytes printed before the note is stopped; `kept` of each block are shown.
    processes:   processes and threads at once.
    """

    block: float = 30.0
    note: float = 600.0
    memory: int = 4 << 30
    disk: int = 256 << 20
    output: int = 32 << 20
    kept: int = 64 << 10
    processes: int = 256


@dataclass(frozen=True, slots=True)
class Block(Plain):
    """One block as the child runs it.

    index:    counts the note's blocks from 1.
    line:     the note's line that holds the block's first line of code.
    doctest:  the code is a `>>>` session.
    reported: False for a block that runs only because later ones need it.
    absent:   the block does not run, and what it binds is missing from here on.
    uses:     names whose absence makes running it pointless.
    binds:    names it leaves behind, each with the last line (from 1, in the block) that
              binds it.
    calls:    functions to call once the block has run.
    result:   names whose values are sent back.
    declares: what the block says about its function, for the judge; () where nothing.
    asks:     undeclared functions and classes for which declarations are to be proposed.
    """

    index: int
    line: int
    code: str
    doctest: bool = False
    reported: bool = True
    absent: bool = False
    seed: int = 0
    timeout: float | None = None
    raises: str = ""
    xfail: bool = False
    uses: frozenset[str] = frozenset()
    binds: tuple[tuple[str, int], ...] = ()
    calls: tuple[str, ...] = ()
    result: tuple[str, ...] = ()
    declares: tuple[tuple[str, str], ...] = ()
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Job(Plain):
    """One session: blocks that share a namespace and a process, in order.

    id:      unique within a run.
    note:    the note's path relative to the vault.
    file:    the file name that tracebacks show.
    device:  what `VAULTKIT_DEVICE` says: `cpu` or `cuda`.
    """

    id: int
    note: str
    file: str
    blocks: tuple[Block, ...]
    device: str = "cpu"
    limits: Limits = field(default_factory=Limits)
