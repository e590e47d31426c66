"""An SQLite database: nodes, edges, tags, properties, communities, for SQL and Datasette.

The same bytes on every machine: the header names no version of the library that wrote it.
"""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from vaultkit.graph.drawing import Drawing

_SCHEMA = """
CREATE TABLE communities (
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL
);
CREATE TABLE nodes (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  path TEXT NOT NULL,
  category TEXT NOT NULL,
  status TEXT NOT NULL,
  verdict TEXT NOT NULL,
  community INTEGER REFERENCES communities(number),
  rank REAL NOT NULL,
  incoming INTEGER NOT NULL,
  outgoing INTEGER NOT NULL
);
CREATE TABLE edges (
  id INTEGER PRIMARY KEY,
  source TEXT NOT NULL REFERENCES nodes(id),
  target TEXT NOT NULL REFERENCES nodes(id),
  relation TEXT NOT NULL,
  label TEXT NOT NULL,
  path TEXT NOT NULL,
  line INTEGER NOT NULL,
  kind TEXT NOT NULL,
  place TEXT NOT NULL,
  fragment TEXT,
  display TEXT
);
CREATE TABLE tags (
  node TEXT NOT NULL REFERENCES nodes(id),
  tag TEXT NOT NULL
);
CREATE TABLE properties (
  node TEXT NOT NULL REFERENCES nodes(id),
  key TEXT NOT NULL,
  value TEXT NOT NULL
);
CREATE INDEX edges_source ON edges(source);
CREATE INDEX edges_target ON edges(target);
CREATE INDEX edges_relation ON edges(relation);
CREATE INDEX tags_tag ON tags(tag);
CREATE INDEX properties_key ON properties(key);
"""
# Bytes 96 to 99 of the header hold the version of the library (sqlite.org/fileformat2.html).
_VERSION = slice(96, 100)
_WRITTEN_BY = (3_040_000).to_bytes(4, "big")


def sqlite(drawing: Drawing) -> bytes:
    """The drawing as the bytes of a database; `value` of a property is JSON."""
    database = sqlite3.connect(":memory:")
    try:
        database.executescript(
            "PRAGMA page_size = 4096; PRAGMA auto_vacuum = NONE; PRAGMA encoding = 'UTF-8';"
            "PRAGMA application_id = 1986750836; PRAGMA user_version = 1;" + _SCHEMA
        )
        _fill(database, drawing)
        database.commit()
        data = bytearray(database.serialize())
    finally:
        database.close()
    data[_VERSION] = _WRITTEN_BY
    return bytes(data)


def _fill(database: sqlite3.Connection, drawing: Drawing) -> None:
    database.executemany("INSERT INTO communities VALUES (?, ?)", enumerate(drawing.communities))
    nodes = [
        [*map(_text, node[:7]), node.community, node.rank, node.incoming, node.outgoing]
        for node in drawing.nodes
    ]
    database.executemany(f"INSERT INTO nodes VALUES ({', '.join('?' * 11)})", nodes)
    database.executemany(
        f"INSERT INTO edges VALUES ({', '.join('?' * 11)})",
        ([number, *map(_text, edge)] for number, edge in enumerate(drawing.edges)),
    )
    database.executemany(
        "INSERT INTO tags VALUES (?, ?)",
        ((_text(node.id), _text(tag)) for node in drawing.nodes for tag in node.tags),
    )
    database.executemany(
        "INSERT INTO properties VALUES (?, ?, ?)",
        (
            (_text(node.id), _text(key), _text(json.dumps(value, ensure_ascii=False)))
            for node in drawing.nodes
            for key, value in node.properties.items()
        ),
    )


def _text(value: Any) -> Any:
    """A text that SQLite can hold: lone surrogates as escapes, all else as it is."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    return value
