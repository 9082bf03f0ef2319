"""A plot of curves on two logarithmic axes, as SVG.

In: named curves, each from size to seconds. Out: the text of an SVG file, the same for the same
curves. Refuses to know what was measured.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 720, 420, 70, 20, 360
RIGHT = 560
COLOURS = ("#1b6ca8", "#7a7a7a", "#b5651d", "#a02c5a", "#2e7d32", "#6a4c93", "#00838f")


def drawn(curves: Mapping[str, Mapping[int, float]], across: str, upwards: str) -> str:
    """The plot. All sizes and seconds have to be above zero."""
    sizes = [size for curve in curves.values() for size in curve]
    seconds = [value for curve in curves.values() for value in curve.values()]
    low, high = math.floor(math.log10(min(seconds))), math.ceil(math.log10(max(seconds)))
    last = math.ceil(math.log10(max(sizes)))

    def x(size: float) -> float:
        return LEFT + (RIGHT - LEFT) * math.log10(size) / last

    def y(value: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * (math.log10(value) - low) / (high - low)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"'
        ' font-family="sans-serif" font-size="13">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
    ]
    for power in range(low, high + 1):
        parts.append(_line(LEFT, y(10**power), RIGHT, y(10**power), "#dddddd"))
        parts.append(_text(LEFT - 8, y(10**power) + 4, f"{10**power:g} s", "end"))
    for power in range(last + 1):
        parts.append(_line(x(10**power), TOP, x(10**power), BOTTOM, "#dddddd"))
        parts.append(_text(x(10**power), BOTTOM + 18, f"{10**power:,}", "middle"))
    parts.append(_text((LEFT + RIGHT) / 2, BOTTOM + 42, across, "middle"))
    parts.append(_text(LEFT, TOP - 6, upwards, "start"))
    for colour, (name, curve) in zip(COLOURS, curves.items()):
        points = [(x(size), y(value)) for size, value in sorted(curve.items())]
        path = " ".join(f"{a:.1f},{b:.1f}" for a, b in points)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3" fill="{colour}"/>' for a, b in points]
        parts.append(_text(points[-1][0] + 8, points[-1][1] + 4, name, "start", colour))
    return "\n".join([*parts, "</svg>"]) + "\n"


def _line(x1: float, y1: float, x2: float, y2: float, colour: str) -> str:
    return f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" stroke="{colour}"/>'


def _text(x: float, y: float, text: str, anchor: str, colour: str = "#222222") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{text}</text>'
