"""What a configuration's tables and a note's front matter must look like, as values."""

from vaultkit.schema.folder import FolderRules
from vaultkit.schema.glob import PathPattern
from vaultkit.schema.keys import Key, Kind, read_table
from vaultkit.schema.note import NoteSchema, PropertyShape

__all__ = [
    "FolderRules",
    "Key",
    "Kind",
    "NoteSchema",
    "PathPattern",
    "PropertyShape",
    "read_table",
]
