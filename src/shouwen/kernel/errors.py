"""Refusals the business expects. Anything else is a defect and should page someone."""

from __future__ import annotations

from typing import ClassVar


class DomainError(Exception):
    """A request that a rule refuses, with what an answer needs to say so in the reader's language.

    `zh` and `en` are templates filled from the keyword arguments; each names what is wrong and the remedy.
    """

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 409
    zh: ClassVar[str] = "现在不能这样操作。"
    en: ClassVar[str] = "This cannot be done now."
    field: ClassVar[str | None] = None

    def __init__(self, **params: object) -> None:
        self.params = params
        super().__init__(self.text("en"))

    def text(self, language: str) -> str:
        """Say the refusal in `language` ("zh" unless it starts with "en")."""
        template = self.en if language.startswith("en") else self.zh
        return template.format(**self.params)

    def faults(self, language: str) -> list[tuple[str, str]]:
        """Return each field at fault with what to do about it; one that names several overrides this."""
        return [(self.field, self.text(language))] if self.field else []


class NotFound(DomainError):
    """The thing asked for does not exist, or may not be seen by the one who asks."""

    code = "not-found"
    status = 404
    zh = "没有找到要查的内容。请核对后再查。"
    en = "Nothing was found. Check what you asked for."


class InvalidInput(DomainError):
    """A value that breaks a rule: names the field and the remedy."""

    code = "invalid-input"
    status = 422
    zh = "填写的内容不符合要求。"
    en = "The value is not valid."
