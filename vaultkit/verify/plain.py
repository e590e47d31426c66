"""Values that pickle as their fields."""

from __future__ import annotations

from typing import Any


class Plain:
    """A frozen dataclass with slots that pickles as a call of its class.

    Python's own way sets each field by name from a list it makes anew for every object; with
    thousands of blocks that cost as much as running them.
    """

    __slots__: tuple[str, ...] = ()

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), tuple(getattr(self, name) for name in self.__slots__)
