"""The rules of positive release, as a table of what may follow what."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bocal.craft.journal.decisions import FIRST_DECISIONS, NEXT_DECISIONS, is_free, may_follow

KINDS = sorted(NEXT_DECISIONS)


def story(kinds: list[str]) -> list[str]:
    """Of these decisions, those that may be taken, one after the other."""
    taken: list[str] = []
    for kind in kinds:
        if may_follow(taken[-1] if taken else None, kind):
            taken.append(kind)
    return taken


@pytest.mark.parametrize("state", [None, "start", "block", "withdraw", "recall", "destroy"])
def test_only_a_released_or_prior_lot_is_free(state: str | None) -> None:
    assert not is_free(state)
    assert is_free("release")
    assert is_free("prior")


@pytest.mark.parametrize(("state", "kind"), [("start", "release"), ("block", "release")])
def test_what_was_started_or_blocked_can_be_released(state: str, kind: str) -> None:
    assert may_follow(state, kind)


@pytest.mark.parametrize("state", ["release", "prior", "withdraw", "recall", "destroy"])
def test_nothing_else_can_be_released(state: str) -> None:
    assert not may_follow(state, "release")


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_follows_destruction(kind: str) -> None:
    assert not may_follow("destroy", kind)


@pytest.mark.parametrize("state", [state for state in KINDS if state not in ("recall", "destroy")])
def test_anything_that_still_exists_can_be_recalled_and_destroyed(state: str) -> None:
    assert may_follow(state, "recall")
    assert may_follow(state, "destroy")


def test_a_story_begins_with_a_start_or_as_prior_history() -> None:
    assert {kind for kind in KINDS if may_follow(None, kind)} == FIRST_DECISIONS
    assert not any(may_follow(state, kind) for state in KINDS for kind in FIRST_DECISIONS)


@given(st.lists(st.sampled_from(KINDS), max_size=12))
def test_a_lot_once_held_is_free_again_only_by_a_release(kinds: list[str]) -> None:
    taken = story(kinds)
    for before, after in pairwise(taken):
        if is_free(after):
            assert after == "release"
            assert before in ("start", "block")


@given(st.lists(st.sampled_from(KINDS), max_size=12))
def test_lifting_a_recall_or_a_withdrawal_takes_a_block_first(kinds: list[str]) -> None:
    taken = story(kinds)
    for before, after in pairwise(taken):
        if before in ("recall", "withdraw"):
            assert after in ("block", "recall", "destroy")
