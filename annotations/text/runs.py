"""Many stretches as few runs, for drawing a long article as one line.

A line has about a thousand points; ten thousand spans on it are runs of a point or more.
"""

from __future__ import annotations

from collections.abc import Iterable

from annotations.text.offsets import Fragment


def runs_of(stretches: Iterable[Fragment], length: int, *, points: int = 1000) -> list[Fragment]:
    """Merge stretches of a text of `length` code points into runs of whole points, in order.

    A point is drawn if a stretch touches it; runs neither overlap nor abut. They are given in code
    points of the text again, so that what is drawn beside them has the same measure; the last one
    may end past the text by less than a point. Offsets end exclusive.
    """
    step = max(1, -(-length // points))
    runs = list[Fragment]()
    for start, end in sorted({(one.start // step, -(-one.end // step)) for one in stretches}):
        if runs and start <= runs[-1].end:
            runs[-1] = Fragment(runs[-1].start, max(end, runs[-1].end))
        else:
            runs.append(Fragment(start, end))
    return [Fragment(start * step, end * step) for start, end in runs]
