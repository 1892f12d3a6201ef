from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.notifications import rules
from shouwen.notifications.templates import TEMPLATES

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
EVERY = [pytest.param(code, id=code) for code in TEMPLATES]


@given(st.integers(1, 20), st.booleans())
def test_tries_come_later_and_later_and_end(attempts, final):
    again = rules.next_try(attempts, AT, final=final)

    assert (again is None) == (final or attempts > len(rules.DELAYS))
    if again and attempts > 1:
        sooner = rules.next_try(attempts - 1, AT, final=False)
        assert sooner is not None
        assert sooner < again


@given(st.integers(0, 1000), st.one_of(st.none(), st.integers(0, 1000)))
def test_a_message_is_of_use_until_its_end_and_for_ever_without_one(age, valid):
    span = None if valid is None else timedelta(seconds=valid)

    late = rules.is_too_late(AT - timedelta(seconds=age), span, AT)

    assert late == (valid is not None and age > valid)


@given(st.text(max_size=20))
def test_only_staff_and_customers_are_notified(text):
    try:
        kind, number = rules.parse_recipient(text)
    except ValueError:
        return
    assert text == f"{kind}:{number}"


@pytest.mark.parametrize("code", EVERY)
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_template_renders_in_both_languages_with_its_declared_values(code, language):
    template = TEMPLATES[code]
    values = {name: f"‹{name}›" for name in template.params | template.secrets}

    shown = rules.notice(template, language, {name: values[name] for name in template.params})
    sent = rules.message(template, language, values)

    assert all(shown)
    assert all(sent)
    assert set(template.channels) == {"inapp"} or all(values[name] in "".join(sent) for name in values)


@pytest.mark.parametrize("code", EVERY)
def test_a_template_asks_for_what_its_texts_show_and_hides_secrets_in_the_app(code):
    template = TEMPLATES[code]

    for text in (template.zh, template.en):
        assert rules.needs(text.title + text.body) <= template.params
        assert rules.needs(text.message) <= template.params | template.secrets
    zh, en = (rules.needs(text.title + text.body + text.message) for text in (template.zh, template.en))
    english = {name for name in template.params if name.endswith("_en")}
    assert zh == (template.params | template.secrets) - english
    assert english <= en


@pytest.mark.parametrize("code", EVERY)
def test_a_text_message_fits_into_two_parts(code):
    template = TEMPLATES[code]
    values = dict.fromkeys(template.params, "GD20261123-000001") | {"code": "123456"}
    link = "https://service.example.com/portal/m/" + "x" * 43

    _, body = rules.message(template, "zh-CN", values | {"link": link})

    assert len(body) <= 134
