"""Service vector -> a Python file that says the same, and ends in the name `result`.

In: one vector. Out: source text, as a user could have written it. Refuses to merge, rank, order or
check: that is what is being tested.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.conformance.layout import Doc, Led, call, laid_out, listing, literal
from tests.conformance.services import vocabulary
from tests.conformance.services.host import translated
from tests.conformance.source import Vector, words_of
from tests.conformance.types import Json

WORDS = words_of(vocabulary)


class ServiceVector(Vector):
    """One vector about services: its modules are those of a host with systemd."""

    words = {**Vector.words, **WORDS}

    def _evaluation(self) -> Iterator[str]:
        roots = ["upstream_host()", *(self.names[name] for name in self.vector["roots"])]
        host: Doc = call("SystemdHost", Led("imports=", listing(roots)))
        arguments = self.vector.get("specialArgs")
        given = [f"arguments={literal(arguments)}"] if arguments else []
        yield f"result = {laid_out(call('evaluate', host, *given), 0, 9)}"

    def _ending(self) -> str:
        return 'if __name__ == "__main__":\n    print(*build(result).trees["host"])'


def source(vector: Json) -> str:
    """A vector as a Python file. Raises Unsupported."""
    return ServiceVector(translated(vector)).source()
