"""The whole life of a partnership at a glance.

Suspended and ended are dated conditions, not stages: nothing leads out of an ended partnership, and a suspended one
stays where it is.
"""

from pobratym.partnerships.choices import Stage

ORDER = (Stage.CONTACT, Stage.INTENT, Stage.MEMORANDUM, Stage.PARTNERSHIP, Stage.TWINS)

# What may follow without a reason.
FOLLOWS: dict[Stage, Stage | None] = {
    Stage.CONTACT: Stage.INTENT,
    Stage.INTENT: Stage.MEMORANDUM,
    Stage.MEMORANDUM: Stage.PARTNERSHIP,
    Stage.PARTNERSHIP: Stage.TWINS,
    Stage.TWINS: None,
}

# What may follow with a reason for what is left out (Kramatorsk and Perechyn went straight to twin cities).
SKIPS: dict[Stage, frozenset[Stage]] = {
    Stage.CONTACT: frozenset({Stage.MEMORANDUM, Stage.PARTNERSHIP, Stage.TWINS}),
    Stage.INTENT: frozenset({Stage.PARTNERSHIP, Stage.TWINS}),
    Stage.MEMORANDUM: frozenset({Stage.TWINS}),
    Stage.PARTNERSHIP: frozenset(),
    Stage.TWINS: frozenset(),
}


def may_follow(before: Stage, after: Stage) -> bool:
    """Whether the stage can be reached from the other, be it with a reason."""
    return after == FOLLOWS[before] or after in SKIPS[before]


def is_skip(before: Stage, after: Stage) -> bool:
    """Whether going there leaves a stage out."""
    return after in SKIPS[before]


def skipped(before: Stage, after: Stage) -> tuple[Stage, ...]:
    """The stages left out on the way."""
    return ORDER[ORDER.index(before) + 1 : ORDER.index(after)]
