"""typeguard as the authority on whether a value fits an annotation.

In: a value and an annotation. Out: yes or no, every item checked. Refuses to merge.
typeguard takes a tenth of a second to import, so it is imported when first asked.
"""

from __future__ import annotations

from typing import Any


def agrees(value: Any, annotation: Any) -> bool:
    """Does typeguard find that the value fits, with all items checked?"""
    import typeguard

    try:
        typeguard.check_type(
            value,
            annotation,
            collection_check_strategy=typeguard.CollectionCheckStrategy.ALL_ITEMS,
        )
    except typeguard.TypeCheckError:
        return False
    return True
