from __future__ import annotations

from shouwen.project.replay import personas, sample
from shouwen.project.replay.reading import read


def test_the_sample_is_what_its_generator_writes() -> None:
    assert sample.FILE.read_text(encoding="utf-8") == sample.text()


def test_the_sample_is_readable_and_holds_every_kind_of_request() -> None:
    found = read(sample.FILE)
    plans = [personas.plan(message, seed=1) for message in found.messages]
    assert (len(plans), found.ignored) == (sample.ROWS, ())
    assert {plan.kind for plan in plans} == {"enquiry", "fault", "complaint", "suggestion"}
    assert 0.3 < sum(plan.at_once for plan in plans) / len(plans) < 0.6
    assert {plan.ending for plan in plans} == set(personas.Ending)
