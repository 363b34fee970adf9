"""The JSON beside each page: the whole Digest record, sentence by sentence, for programs and for the next run."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from sahelsum.errors import InputError
from sahelsum.records import Digest, Finding, Severity
from sahelsum.records.encoding import encode, record_fields

FORMAT = "sahelsum-digest-1"
"""Changes when a program that reads the file has to change."""
_SURROGATE = re.compile("[\ud800-\udfff]")


def digest_json(digest: Digest) -> str:
    """The record as JSON, fields in the order of their definition, a line for each element of a list, a new line last.

    Laid out here, since an indent makes Python's own encoder five times slower.
    """
    content = {"format": FORMAT, "review": digest.review, **record_fields(digest)}
    text = "{\n" + ",\n".join(f"  {encode(name)}: {_laid_out(value)}" for name, value in content.items()) + "\n}\n"
    # Half a surrogate pair, which JSON input may carry, has no UTF-8 form; JSON can write it as an escape.
    return _SURROGATE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def _laid_out(value: object) -> str:
    if not isinstance(value, tuple) or not value:
        return encode(value)
    return "[\n    " + ",\n    ".join(map(encode, value)) + "\n  ]"


def digest_from_json(text: str) -> Digest:
    """The record that :func:`digest_json` wrote.

    Raises:
        InputError: the text is damaged, or was written by a version with another format.
    """
    hint = "Delete the file and run again."
    try:
        content = json.loads(text)
        if not isinstance(content, dict) or content.get("format") != FORMAT:
            raise InputError(f"This is not a digest in the format {FORMAT}.", hint=hint)
        fields = {field.name: content[field.name] for field in dataclasses.fields(Digest) if field.name in content}
        return _adapter().validate_python(fields)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise InputError(f"The digest is damaged at {place!r}: {first['msg']}.", hint=hint) from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"The digest is damaged: {error}.", hint=hint) from error


def finding(row: Mapping[str, Any]) -> Finding:
    """A finding as JSON has it.

    Raises:
        TypeError, KeyError, ValueError: it is none.
    """
    return Finding(**{**row, "severity": Severity(row["severity"])})


@cache
def _adapter() -> TypeAdapter[Digest]:
    return TypeAdapter(Digest)
