"""Why forms may refuse."""

from __future__ import annotations

from collections.abc import Sequence

from shouwen.kernel.errors import InvalidInput, NotFound


class FormUnsound(InvalidInput):
    """The definition cannot be used, or lacks help: names each place."""

    code = "form-unsound"
    field = "content"
    zh = "表单还不能{move_zh}：{why_zh}。请在设计器中补齐后再提交。"
    en = "The form cannot be {move} yet: {why}. Complete it in the designer and submit again."

    def __init__(self, faults: Sequence[tuple[str, str, str]], *, move: str, move_zh: str) -> None:
        self.faults_found = [(f"content.{place}", zh, en) for place, zh, en in faults]
        why_zh = "；".join(f"{place} {zh}" for place, zh, _ in faults[:5])
        why = "; ".join(f"{place} {en}" for place, _, en in faults[:5])
        super().__init__(move=move, move_zh=move_zh, why=why, why_zh=why_zh)

    def faults(self, language: str) -> list[tuple[str, str]]:
        """Return each place and what is wrong there."""
        return [(place, en if language.startswith("en") else zh) for place, zh, en in self.faults_found]


class AnswersInvalid(InvalidInput):
    """Some answers are missing or do not fit: names each question."""

    code = "form-answers-invalid"
    field = "answers"
    zh = "有 {count} 项填写有误：{why_zh}。请更正后再提交。"
    en = "{count} answers need attention: {why}. Correct them and submit again."

    def __init__(self, wrong: Sequence[tuple[str, str, str]]) -> None:
        self.faults_found = [(f"answers.{name}", zh, en) for name, zh, en in wrong]
        why_zh = "；".join(f"{name} {zh}" for name, zh, _ in wrong[:5])
        why = "; ".join(f"{name} {en}" for name, _, en in wrong[:5])
        super().__init__(count=len(wrong), why=why, why_zh=why_zh)

    def faults(self, language: str) -> list[tuple[str, str]]:
        """Return each question and what is wrong with its answer."""
        return [(place, en if language.startswith("en") else zh) for place, zh, en in self.faults_found]


class FormNeeded(InvalidInput):
    """This is accepted only with its form."""

    code = "form-needed"
    field = "answers"
    zh = "受理这类事项须填写「{title}」。请填写后再提交。"
    en = "This is accepted only with the form “{title_en}”. Fill it in and submit again."


class FormNotFound(NotFound):
    """There is no such form in force."""

    code = "form-not-found"
    zh = "没有找到这份表单，可能已停用。请刷新后重新填写，已填的内容仍保留。"
    en = "There is no such form; it may be out of force. Reload and fill it in again; what you typed is kept."
