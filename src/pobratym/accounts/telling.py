"""What happens here that people hear of: the context above that writes to people registers at start.

    telling.register("second.asked", hear)

`hear(record, by=…, at=…)` is called in the transaction of the deed, with the record that was written. One context
hears of each happening, and nothing depends on it: without a hearer nobody is told.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

Hear = Callable[..., object]

hearers: dict[str, Hear] = {}


def register(happening: str, hear: Hear) -> None:
    """Let the happening be heard of."""
    hearers[happening] = hear


def tell(happening: str, record: Any, *, by: Any, at: dt.datetime) -> None:
    """Say that it happened."""
    hear = hearers.get(happening)
    if hear is not None:
        hear(record, by=by, at=at)
