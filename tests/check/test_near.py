from __future__ import annotations

import sys
import time
from typing import Any

from sitegen.check.near import Near

MANY = [f"part-{n % 40}/guide-{n}/index" for n in range(2_000)]


def lines_run(names: list[str], wrong: list[str]) -> int:
    """Count what Python does to find the nearest of names, once their parts are known."""
    near, calls = Near(names, alike=0.0), 0
    near.to("")

    def count(_frame: Any, event: str, _arg: Any) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        for name in wrong:
            near.to(name)
    finally:
        sys.setprofile(None)
    return calls


def test_of_many_names_the_one_with_a_letter_more_is_near() -> None:
    near = Near(MANY, alike=0.6)
    assert near.to("part-7/guides-1207/index") == "part-7/guide-1207/index"
    assert near.to("part-7/GUIDE-1207/index") == "part-7/guide-1207/index"


def test_of_many_names_none_is_near_to_one_that_is_alike_none() -> None:
    assert Near(MANY, alike=0.6).to("zzz") == ""
    assert Near(MANY, alike=0.0).to("zzz") in MANY
    assert Near([], alike=0.0).to("zzz") == ""


def test_of_few_names_all_are_compared() -> None:
    assert Near(["installation", "usage"], alike=0.6).to("instalation") == "installation"
    assert Near(["ab", "cd"], alike=0.0).to("x") in {"ab", "cd"}


def test_ten_times_the_names_are_hardly_more_work_for_each_that_is_wrong() -> None:
    wrong = [name.replace("guide", "gide") for name in MANY[:200:7]]
    assert lines_run(MANY, wrong) < 2 * lines_run(MANY[:200], wrong)


def test_a_name_that_is_wrong_again_is_no_more_work() -> None:
    wrong = ["part-7/guides-1207/index"]
    assert lines_run(MANY, wrong * 100) < lines_run(MANY, wrong) + 300


def test_of_many_names_one_with_two_letters_swapped_or_another_hyphen_is_near() -> None:
    near = Near([*MANY, "eng", "load-the-model"], alike=0.6)
    assert near.to("neg") == "eng"
    assert near.to("load_the_model") == "load-the-model"


def test_parts_that_all_names_share_are_no_work() -> None:
    def seconds(count: int) -> float:
        near = Near([f"part/guide-{n}/index" for n in range(count)], alike=0.0)
        wrong = [f"part/gide-{n}/index" for n in range(0, count, count // 40)]
        near.to("")
        begin = time.process_time()
        for name in wrong:
            near.to(name)
        return time.process_time() - begin

    assert min(seconds(30_000) for _ in range(3)) < 5 * min(seconds(1_000) for _ in range(3))
