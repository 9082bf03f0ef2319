"""What names an option and is not its value.

In: nothing. Out: `NoValue`, a base class. Refuses whatever would take it for a value: truth, iteration,
comparison, arithmetic, text.
"""

from __future__ import annotations

from typing import Any, NoReturn

from ..errors import BadModule
from ..provenance import Place, call_site, is_foreign, users_line


class NoValue:
    """An option while there is no result to read it from."""

    __slots__ = ()

    def __named__(self) -> str:
        """The option as its user wrote it."""
        raise NotImplementedError

    def __instead__(self) -> str:
        """What to write instead."""
        raise NotImplementedError

    def _refuse(self, *_others: Any, **_named: Any) -> NoReturn:
        headline = f"{self.__named__()} is an option of a class, and has no value here"
        site: Place = call_site(1)
        place = users_line() if is_foreign(site.locate().file) else site
        raise BadModule(headline, place, self.__instead__())

    __bool__ = __iter__ = __len__ = __contains__ = _refuse
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = _refuse
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _refuse
    __truediv__ = __rtruediv__ = __mod__ = __rmod__ = __or__ = __ror__ = _refuse
    __floordiv__ = __rfloordiv__ = __pow__ = __rpow__ = __and__ = __rand__ = _refuse
    __neg__ = __pos__ = __abs__ = __invert__ = __round__ = __divmod__ = __rdivmod__ = _refuse
    __int__ = __float__ = __index__ = __str__ = __format__ = __fspath__ = _refuse
    __call__ = __setitem__ = __delitem__ = _refuse
    __hash__ = object.__hash__
