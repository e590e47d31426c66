"""The same vault gives the same bytes, whatever the hash seed and the order of the disk."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

from odd_vault import FILES
from tiny_vault import write_files

from vaultkit.report.graph.forms import FORMATS

_SCRIPT = """
import hashlib, json, sys
from pathlib import Path
from vaultkit.graph.build import build_graph
from vaultkit.graph.drawing import EXTRAS, Show, draw
from vaultkit.report.graph import answers
from vaultkit.report.graph.forms import FORMATS, exported
from vaultkit.vault import read_vault

vault = read_vault(Path(sys.argv[1]))
graph = build_graph(vault)
drawing = draw(vault, graph, show=Show(frozenset(EXTRAS)))
found = {form: hashlib.sha256(exported(form, drawing)).hexdigest() for form in FORMATS}
told = [answers.answer_lines(graph, name, 100) for name in answers.QUESTIONS]
found["answers"] = hashlib.sha256(json.dumps(told).encode()).hexdigest()
print(json.dumps(found))
"""


def digests(root: Path, seed: str) -> dict[str, str]:
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT, str(root)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": seed},
    )
    value: dict[str, str] = json.loads(done.stdout)
    return value


def test_every_export_and_answer(tmp_path: Path) -> None:
    first = write_files(tmp_path / "one", FILES)
    backwards = write_files(tmp_path / "two", dict(reversed(FILES.items())))
    once, again = digests(first, "1"), digests(backwards, "4242")
    assert set(once) == {*FORMATS, "answers"}
    assert once == again
    assert len(set(once.values())) == len(once)
    assert hashlib.sha256(b"").hexdigest() not in once.values()
