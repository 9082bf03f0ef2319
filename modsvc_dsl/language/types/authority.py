"""typeguard as the authority on whether a value fits an annotation.

In: a value and an annotation. Out: what speaks against it, in typeguard's words; every item is
looked at. Refuses to merge. Names in an annotation that typeguard cannot resolve count as
right: the compiled types have resolved theirs before.
typeguard takes a tenth of a second to import, so it is imported when first asked.
"""

from __future__ import annotations

from typing import Any


def agrees(value: Any, annotation: Any) -> bool:
    """Does typeguard find that the value fits?"""
    return not objection(value, annotation)


def objection(value: Any, annotation: Any) -> str:
    """Why typeguard finds that the value does not fit, empty where it does."""
    import typeguard

    try:
        typeguard.check_type(
            value,
            annotation,
            forward_ref_policy=typeguard.ForwardRefPolicy.IGNORE,
            collection_check_strategy=typeguard.CollectionCheckStrategy.ALL_ITEMS,
        )
    except typeguard.TypeCheckError as error:
        return str(error).partition("\n")[0]
    except TypeError as error:  # an annotation, or a class in it, that cannot be asked
        return f"cannot be checked: {error}"
    return ""
