"""A sum shared out comes back whole, in fair parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bocal.craft.apportioning import share_out

WEIGHTS = st.lists(st.integers(0, 10_000), min_size=1, max_size=40).filter(any)


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (500, [1, 1], [250, 250]),
        (500, [1, 1, 1], [167, 167, 166]),
        (1000, [250, 750], [250, 750]),
        (1, [1, 5, 1], [0, 1, 0]),
        (0, [2, 3], [0, 0]),
        (100, [0, 4], [0, 100]),
    ],
)
def test_examples(total: int, weights: list[int], parts: list[int]) -> None:
    assert share_out(total, weights) == parts


@given(st.integers(0, 10**9), WEIGHTS)
def test_nothing_is_lost_and_nobody_is_a_cent_from_fair(total: int, weights: list[int]) -> None:
    parts = share_out(total, weights)
    assert sum(parts) == total
    assert all(
        abs(part * sum(weights) - total * weight) < sum(weights)
        for part, weight in zip(parts, weights, strict=True)
    )


@pytest.mark.parametrize(("total", "weights"), [(-1, [1]), (5, []), (5, [0, 0]), (5, [2, -1])])
def test_what_cannot_be_shared_out(total: int, weights: list[int]) -> None:
    with pytest.raises(ValueError, match="share"):
        share_out(total, weights)
