"""What is known of a proposed pair from its row alone; imports nothing, since every question asks it."""

from __future__ import annotations

from typing import Final

ALIKE: Final = "alike: "
"""How the reason of a pair begins that only resembles each other; the other reasons name what is shared."""
RIVAL: Final = 0.9
"""Score from which a resemblance is so strong that somebody else who has it makes a pair a question."""
