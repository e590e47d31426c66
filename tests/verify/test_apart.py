"""Two notes that run at once see nothing of each other."""

from __future__ import annotations

import pytest
from conftest import job

from vaultkit.verify.runner import Runner

HOLDER = """\
import ctypes, os, socket, time
made = []
try:
    sock = socket.socket(socket.AF_UNIX)
    sock.bind("\\0vaultkit-apart")
    sock.listen()
    made.append("abstract socket")
except OSError:
    pass
libc = ctypes.CDLL(None, use_errno=True)
if libc.shmget(0x5641, 4096, 0o1666) >= 0:
    made.append("segment")
if libc.msgget(0x5641, 0o1666) >= 0:
    made.append("queue")
for folder in (os.getcwd(), "/dev/shm", os.environ["TMPDIR"]):
    open(folder + "/apart", "w").write("x")
    made.append("file")
start = time.monotonic()
time.sleep(1.5)
print(start, time.monotonic(), *made, sep=";")
"""
SEEKER = """\
import ctypes, os, socket, time
seen = set()
libc = ctypes.CDLL(None, use_errno=True)
own = {os.getpid()}
start = time.monotonic()
while time.monotonic() < start + 1.5:
    try:
        socket.socket(socket.AF_UNIX).connect("\\0vaultkit-apart")
        seen.add("abstract socket")
    except OSError:
        pass
    if libc.shmget(0x5641, 4096, 0) >= 0:
        seen.add("segment")
    if libc.msgget(0x5641, 0) >= 0:
        seen.add("queue")
    for folder in (os.getcwd(), "/dev/shm", os.environ["TMPDIR"]):
        if os.path.exists(folder + "/apart"):
            seen.add("file in " + folder)
    if {int(name) for name in os.listdir("/proc") if name.isdigit()} != own:
        seen.add("process")
    time.sleep(0.05)
print(start, time.monotonic(), *sorted(seen), sep=";")
"""


def test_notes_at_once_share_no_socket_segment_queue_file_or_process(walled: Runner) -> None:
    if walled.ready.walls.landlock < 6:
        pytest.skip("abstract sockets are kept apart by Landlock from ABI 6")
    two = [job(HOLDER), job(SEEKER)]
    found = {one.id: one.outcomes[0] for one in walled.run(two)}
    holder, seeker = (found[one.id] for one in two)
    assert (holder.verdict, seeker.verdict) == ("passed", "passed"), (holder, seeker)
    first, last, *made = holder.output.strip().split(";")
    begun, ended, *seen = seeker.output.strip().split(";")
    assert float(begun) < float(last) and float(first) < float(ended)  # they ran at once
    assert "file" in made and "abstract socket" in made  # there was something to see
    assert seen == []
