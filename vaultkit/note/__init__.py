"""What a note is made of, and how bytes become one."""

from vaultkit.note.board import Board
from vaultkit.note.model import Block, Fence, Heading, Link, Math, Problem, Property, Tag
from vaultkit.note.obsidian import Engine, Note, read_note
from vaultkit.note.properties import UnquotedLink

__all__ = [
    "Block",
    "Board",
    "Engine",
    "Fence",
    "Heading",
    "Link",
    "Math",
    "Note",
    "Problem",
    "Property",
    "Tag",
    "UnquotedLink",
    "read_note",
]
