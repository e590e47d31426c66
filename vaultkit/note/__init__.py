"""What a note is made of, and how bytes become one."""

from vaultkit.note.board import Board
from vaultkit.note.engine import Engine, EngineName, present_engine, reading_with
from vaultkit.note.model import Block, Fence, Heading, Link, Math, Problem, Property, Tag
from vaultkit.note.obsidian import Note, read_note
from vaultkit.note.properties import UnquotedLink

__all__ = [
    "Block",
    "Board",
    "Engine",
    "EngineName",
    "Fence",
    "Heading",
    "Link",
    "Math",
    "Note",
    "Problem",
    "Property",
    "Tag",
    "UnquotedLink",
    "present_engine",
    "read_note",
    "reading_with",
]
