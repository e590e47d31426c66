"""Everything that a judgement imports, for the warm parent to import once for all its children.

Only what is our own or a package we need: oracles of a person's project are for the children.
"""

from __future__ import annotations

import importlib
import pkgutil

from vaultkit.verify import oracles

_NAMES = [f"{oracles.__name__}.{module.name}" for module in pkgutil.iter_modules(oracles.__path__)]
for _name in ("hypothesis", "vaultkit.verify.judge", *_NAMES):
    importlib.import_module(_name)
