"""A note of every kind of block, and the module made of it."""

from __future__ import annotations

from vaultkit.note import Note, read_note
from vaultkit.snippets.collect import collect
from vaultkit.snippets.module import render
from vaultkit.text import Source

NOTE = """# Losses

```python {setup}
from __future__ import annotations
import math
```

## Focal

> ```python
> def focal(p: Unknown) -> float:
>
>     return -math.log(p)
> ```

```python {raises=ValueError}
math.log(-1)
```

```pycon
>>> focal(1.0)
-0.0
```

```python {skip="needs a camera"}
camera()
```

```python2
print 1
```
"""


def note(text: str, path: str = "topics/Losses.md") -> Note:
    return read_note(Source(path, text.encode()))


def module(text: str = NOTE) -> bytes:
    found = note(text)
    return render(str(found.source.path), collect(found))
