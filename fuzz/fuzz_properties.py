"""Coverage-guided fuzzing of front matter.

    pip install atheris
    python fuzz/fuzz_properties.py -max_total_time=3600 [CORPUS_FOLDER]

Every option is libFuzzer's. An input is the YAML between the fences. It fails by an exception,
by a span that is not its own markup, by properties beside a problem that says there are none,
or by `-timeout` seconds.
"""

from __future__ import annotations

import fuzzing

with fuzzing.instrumented():
    from vaultkit.note import parse, properties, yaml_core  # noqa: F401

import own_markup

WORDS = (
    b": ", b"- ", b"? ", b"\n", b"  ", b"\t", b"[", b"]", b"{", b"}", b", ", b"'", b'"', b"|\n",
    b">-\n", b"#", b"&a ", b"*a", b"<<: ", b"!!int ", b"!!float ", b"!!binary ", b"!!timestamp ",
    b"!!set ", b"!!omap ", b"!!pairs ", b"!x ", b"%YAML 1.1\n", b"---", b"...", b"~", b"null",
    b"true", b"yes", b"0x1", b"0o7", b"1e3", b".inf", b".nan", b"1:30", b"2001-01-01", b"[[a]]",
    b"'[[a|b]]'", b'"[[\\u00e9]]"', b"\\x41", b"\\U0010ffff", b"\xc2\x85", b"\xe2\x80\xa8", b"\xff",
    b"\xef\xbb\xbf", b"\x00", b"\x01", b"\r\n", b"\r", b"{{date}}", b"tags: ", b"aliases: ",
)  # fmt: skip


def one(data: bytes) -> None:
    """Load a block, and hold it against the laws."""
    note = fuzzing.note(b"---\n" + data + b"\n---\n[[x]]\n", parse.read_marks)
    own_markup.check(note)
    assert not (note.problems and note.properties)


if __name__ == "__main__":
    fuzzing.run(one, list(WORDS))
