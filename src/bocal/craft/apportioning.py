"""Sharing a whole sum out among parts without losing a cent."""

from collections.abc import Sequence


def share_out(total: int, weights: Sequence[int]) -> list[int]:
    """Whole parts of `total` in proportion to `weights`, that add up to it exactly.

    What is left over goes one by one to the parts that were rounded down the most, the first of equals first.
    """
    whole = sum(weights)
    if total < 0 or any(weight < 0 for weight in weights) or not whole:
        raise ValueError(f"nothing to share {total} out among: {list(weights)}")
    parts = [total * weight // whole for weight in weights]
    rounded_most = sorted(range(len(weights)), key=lambda place: -(total * weights[place] % whole))
    for place in rounded_most[: total - sum(parts)]:
        parts[place] += 1
    return parts
