"""What every part of config.yaml is made of: strict keys, texts in both languages, ids."""

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, model_validator


def _identifier(name: str) -> str:
    if not name.isidentifier() or name != name.lower():
        raise ValueError("identifier")
    return name


Identifier = Annotated[str, AfterValidator(_identifier)]


class Part(BaseModel):
    """Strict about keys, generous about the spelling of numbers."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


class Words(Part):
    """A text in both languages; one plain text stands for both."""

    model_config = ConfigDict(
        json_schema_extra=lambda schema: schema.update(
            anyOf=[
                {"type": "string"},
                {key: schema.pop(key) for key in tuple(schema) if key != "title"},
            ]
        )
    )

    en: str
    zh: str

    @model_validator(mode="before")
    @classmethod
    def _both(cls, value: Any) -> Any:  # noqa: ANN401 - whatever the file says
        return {"en": value, "zh": value} if isinstance(value, str) else value
