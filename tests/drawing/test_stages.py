import re

import pytest

from drawing import stages_of_building
from drawing.stages import RESULTS, STAGES


def test_has_three_stages_with_nine_numbered_steps_and_what_they_give() -> None:
    texts = re.findall(r"<(?:text|tspan)[^>]*>([^<]*)", stages_of_building().svg("plan"))
    assert [text for text in texts if text.isdigit()] == [str(number) for number in range(1, 10)]
    for stage, purpose, steps in STAGES:
        assert {stage, purpose, *steps, *steps.values()} <= set(texts)
    assert {name for results in RESULTS for name in results} <= set(texts)


def test_says_the_same_to_those_who_do_not_see_it() -> None:
    description = stages_of_building(marked=4).description
    assert "1 data preparation and sampling (text becomes tokens, then examples), 2 " in description
    assert "Step 4 is marked" in description
    assert "marked" not in stages_of_building().description


@pytest.mark.parametrize("marked", range(1, 10))
def test_one_step_is_marked_where_it_is_asked_for(marked: int) -> None:
    svg = stages_of_building(marked=marked).svg("plan")
    assert svg.count("this part</text>") == 1
    assert svg.count('class="fig-token"') == 1
    assert svg.count("<circle") == 9


def test_no_step_is_marked_where_none_is_asked_for() -> None:
    svg = stages_of_building().svg("plan")
    assert "this part" not in svg
    assert svg.count("<circle") == 9


def test_all_are_ticked_when_all_are_done() -> None:
    plain, done = stages_of_building(), stages_of_building(done=True)
    assert done.svg("plan").count("<path") == plain.svg("plan").count("<path") + 9
    assert done.description == f"{plain.description} All nine steps have a tick: they are done."


@pytest.mark.parametrize("marked", [0, 10, -1])
def test_a_step_that_is_not_there_is_refused(marked: int) -> None:
    with pytest.raises(ValueError, match=f"no step {marked}. Mark one of 1 to 9"):
        stages_of_building(marked=marked)
