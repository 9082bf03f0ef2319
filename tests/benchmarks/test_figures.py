"""The page of figures: what is shown is what was measured."""

from __future__ import annotations

import json

from benchmarks import figures
from benchmarks.plot import COLOURS, drawn

DATA = json.loads(figures.DATA.read_text())


def test_the_page_has_the_figures() -> None:
    """`--draw` changes nothing."""
    page = figures.PAGE.read_text()
    assert figures.written(page, DATA) == page
    assert figures.tables(DATA) in page


def test_the_plot_is_drawn_from_them() -> None:
    """The same curves give the same text; each has its name and a point for each size."""
    curves = figures.curves(DATA)
    plot = drawn(curves, "services", "processor seconds, whole process")
    assert plot == figures.PLOT.read_text()
    assert plot.count("<circle") == sum(map(len, curves.values()))
    assert all(f">{name}</text>" in plot for name in curves)


def test_so_is_that_of_the_other_shapes() -> None:
    """Each has its own colour."""
    curves = figures.shape_curves(DATA)
    plot = drawn(curves, "size", "processor seconds, the work alone")
    assert plot == figures.SHAPES_PLOT.read_text()
    assert plot.count("<circle") == sum(map(len, curves.values()))
    assert all(f">{name}</text>" in plot for name in curves)
    assert len(curves) <= len({*COLOURS})


def test_every_shape_was_measured() -> None:
    """At all its sizes, and the standard work at five."""
    assert {name: [*map(int, sizes)] for name, sizes in DATA["shapes"].items()} == {
        name: [*sizes] for name, sizes in figures.SHAPES.items()
    }
    assert [*map(int, DATA["engines"]["services"])] == [*figures.SIZES]
