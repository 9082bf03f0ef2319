"""Vector -> a Python file that says the same, and ends in the name `result`.

In: one vector. Out: source text, as a user could have written it. Refuses to merge, rank,
order or check: that is what is being tested.
"""

from __future__ import annotations

import ast
import builtins
import inspect
import re
from collections.abc import Iterator, Mapping
from keyword import iskeyword
from types import ModuleType
from typing import Any

import modsvc_dsl

from . import vocabulary
from .expressions import expression, reading, steps, value
from .layout import Doc, Led, call, laid_out, listing, literal
from .options import declaration
from .types import Json, annotation, keyword


def words_of(vocabulary_: ModuleType) -> Mapping[str, Any]:
    """The functions and classes of a vocabulary, whose texts a printed vector holds."""
    return {
        name: word
        for name, word in vars(vocabulary_).items()
        if (inspect.isfunction(word) or inspect.isclass(word))
        and word.__module__ == vocabulary_.__name__
    }


NAMES = {*dir(builtins), *modsvc_dsl.__all__, "Any", "Annotated", "Path", "json", "result", "self"}
"""Names that no module of a vector may take."""


class Vector:
    """One vector on its way to source: its modules by name, each written once."""

    words = words_of(vocabulary)

    def __init__(self, vector: Json) -> None:
        self.vector = vector
        self.names: dict[str, str] = {}
        for name in vector["modules"]:
            self.names[name] = self._free_name(name)
        self.written: set[str] = set()

    def _free_name(self, name: str) -> str:
        text = re.sub(r"\W", "_", name, flags=re.ASCII) or "_"
        text = f"_{text}" if text[0].isdigit() else text
        while iskeyword(text) or text in {*NAMES, *self.words} or text in self.names.values():
            text += "_"
        return text

    def source(self) -> str:
        """The whole file."""
        vector = self.vector
        blocks = [f"{name} = {doc}" for name, doc in self._modules()]
        blocks.append("\n".join(self._evaluation()))
        body = "\n\n".join(blocks)
        ending = self._ending()
        words, found = _words(self.words, f"{body}\n{ending}")
        imports = _imports(found)
        title = re.sub(r"\W+", " ", f"{vector['id']} {vector.get('about', '')}").strip()
        head = [f'"""{title}."""\n\n{imports}', *words]
        return "\n\n\n".join([*head, body + "\n\n" + ending]) + "\n"

    # -- modules

    def _modules(self) -> Iterator[tuple[str, str]]:
        """Names and sources, imported modules first where imports form no ring."""
        todo = list(self.vector["modules"])
        while todo:
            ready = next((name for name in todo if self._imports_of(name) <= self.written), todo[0])
            todo.remove(ready)
            lead = f"{self.names[ready]} = "
            doc = self.module(self.vector["modules"][ready], ready)
            yield self.names[ready], laid_out(doc, 0, len(lead))
            self.written.add(ready)

    def _imports_of(self, name: str) -> set[str]:
        found: set[str] = set()
        todo: list[Any] = [self.vector["modules"][name]]
        while todo:
            item = todo.pop()
            if isinstance(item, dict):
                named = [*item.get("imports", ()), *item.get("modules", ()), item.get("$module")]
                found.update(n for n in named if isinstance(n, str) and n in self.names)
                todo.extend(item.values())
            elif isinstance(item, list):
                todo.extend(item)
        return found - {name}

    def module(self, spec: Json | str, name: str = "") -> Doc:
        """`module(...)`; an inline one without a key is anonymous, a name is that module."""
        if isinstance(spec, str):
            return self.names[spec]
        parts: list[Doc] = [literal(name or spec.get("name", "an inline module"))]
        if name or "key" in spec:
            parts.append(f"key={literal(name or spec['key'])}")
        if "class" in spec:
            parts.append(f"kind={literal(spec['class'])}")
        for key, part in self._parts(spec):
            parts.append(keyword(key, part))
        return call("module", *parts)

    def _parts(self, spec: Json) -> Iterator[tuple[str, Doc]]:
        if "options" in spec:
            yield "options", listing(map(self._option, spec["options"]))
        definitions = [("()", value(spec["config"], self.module))] if "config" in spec else []
        for item in spec.get("definitions", ()):
            definitions.append((steps(item["path"]), self._definition(item)))
        if definitions:
            yield "definitions", listing(_pair(path, doc) for path, doc in definitions)
        if "imports" in spec:
            yield "imports", listing(map(self._imported, spec["imports"]))
        if "disabledModules" in spec:
            yield "disabled", listing(map(literal, spec["disabledModules"]))
        if "freeformType" in spec:
            yield "freeform", annotation(spec["freeformType"], self.module)

    def _option(self, spec: Json) -> Doc:
        return _pair(steps(spec["path"]), declaration(spec, self.module))

    def _definition(self, item: Json) -> Doc:
        doc = value(item["value"], self.module)
        if "order" in item:
            doc = call("order", literal(item["order"]), doc)
        if "priority" in item:
            doc = call("override", literal(item["priority"]), doc)
        if "when" not in item:
            return doc
        when = item["when"]
        if isinstance(when, (dict, list)):
            return call("when", call("later", Led("lambda self: ", expression(when))), doc)
        return call("when", literal(when), doc)

    def _imported(self, entry: Any) -> Doc:
        if isinstance(entry, str):
            known = self.names[entry]
            return known if entry in self.written else f"later(lambda: {known})"
        if "$root" in entry:
            return f"later(lambda self: {reading(entry['$root'], 'root_of(self)')})"
        for marker, word in (("$alias", "alias"), ("$rename", "renamed")):
            if marker in entry:
                return call(word, steps(entry[marker]["from"]), steps(entry[marker]["to"]))
        if "$removed" in entry:
            removed = entry["$removed"]
            return call("removed", steps(removed["path"]), literal(removed["message"]))
        return self.module(entry)

    # -- the evaluation

    def _evaluation(self) -> Iterator[str]:
        vector = self.vector
        parts: list[Doc] = [listing(self.names[name] for name in vector["roots"])]
        if vector.get("class") is not None:
            parts.append(f"kind={literal(vector['class'])}")
        if vector.get("prefix"):
            parts.append(f"prefix={steps(vector['prefix'])}")
        if vector.get("specialArgs"):
            parts.append(f"arguments={literal(vector['specialArgs'])}")
        yield f"result = {laid_out(call('evaluate_all', *parts), 0, 9)}"
        for names in vector.get("extend", ()):
            modules = listing(self.names[name] for name in names)
            yield f"result = {laid_out(call('extend', 'result', modules), 0, 9)}"

    def _ending(self) -> str:
        shown = "check(result)"
        if "select" in self.vector:
            shown = f"at(result, {steps(self.vector['select'])})"
        return f'if __name__ == "__main__":\n    print(json.dumps(json_data({shown})))'


def _pair(path: str, doc: Doc) -> Doc:
    return call("", path, doc)


def _words(words: Mapping[str, Any], body: str) -> tuple[list[str], set[str]]:
    """The texts of the words that source uses, and all names in both."""
    found, used = _names(body), dict.fromkeys(words, False)
    while missing := [name for name in words if name in found and not used[name]]:
        for name in missing:
            used[name] = True
            found |= _names(inspect.getsource(words[name]))
    return [inspect.getsource(words[name]).strip() for name in words if used[name]], found


def _names(text: str) -> set[str]:
    return {node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)}


def _imports(found: set[str]) -> str:
    typing = [name for name in ("Annotated", "Any") if name in found]
    lines = ["import json"] if "json" in found else []
    lines += ["from pathlib import Path"] if "Path" in found else []
    if typing:
        lines.append(f"from typing import {', '.join(typing)}")
    ours = [name for name in modsvc_dsl.__all__ if name in found]
    lines += ["", f"from modsvc_dsl import {laid_out(call('', *ours), 0, 24)}"]
    return "\n".join(lines).strip()


def source(vector: Json) -> str:
    """A vector as a Python file. Raises Unsupported."""
    return Vector(vector).source()
