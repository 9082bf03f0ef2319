"""Does JSON data fit a JSON Schema? What the validator `jsonschema` says, which knows nothing of us.

In: a schema and data. Out: the first misfit in words, empty where there is none. Refuses schemas
that are no schemas of their dialect.
"""

from __future__ import annotations

import importlib
from typing import Any

import pytest

jsonschema: Any = pytest.importorskip("jsonschema", reason="pip install -e '.[dev]'")
_errors: Any = importlib.import_module("jsonschema.exceptions")


def misfit(schema: dict[str, Any], data: Any) -> str:
    """The first place where data does not fit a schema. Raises SchemaError."""
    validator = jsonschema.validators.validator_for(schema)
    assert validator.META_SCHEMA["$id"] == schema["$schema"]
    validator.check_schema(schema)
    found = _errors.best_match(validator(schema).iter_errors(data))
    return "" if found is None else f"{found.json_path}: {found.message}"
