"""Where in an SQLite file the rows of one table without rowids stand, byte for byte.

The layout is SQLite's own: https://sqlite.org/fileformat2.html#b_tree_pages
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_PAGE = 4096
_INTERIOR, _LEAF = 0x02, 0x0A
_LARGEST_LOCAL = (_PAGE - 12) * 64 // 255 - 23
_SMALLEST_LOCAL = (_PAGE - 12) * 32 // 255 - 23


def row_bytes(file: bytes, root: int) -> Iterator[int]:
    """Offset of every byte that belongs to a row of the tree at page `root`, overflow pages included."""
    start = (root - 1) * _PAGE
    kind = file[start]
    assert kind in {_INTERIOR, _LEAF}
    header = 12 if kind == _INTERIOR else 8
    for cell in range(_number(file, start + 3, 2)):
        offset = start + _number(file, start + header + 2 * cell, 2)
        if kind == _INTERIOR:
            yield from row_bytes(file, _number(file, offset, 4))
            offset += 4
        yield from _cell_bytes(file, offset)
    if kind == _INTERIOR:
        yield from row_bytes(file, _number(file, start + 8, 4))


def _cell_bytes(file: bytes, offset: int) -> Iterator[int]:
    size, body = _varint(file, offset)
    local = size
    if size > _LARGEST_LOCAL:
        spilled = _SMALLEST_LOCAL + (size - _SMALLEST_LOCAL) % (_PAGE - 4)
        local = spilled if spilled <= _LARGEST_LOCAL else _SMALLEST_LOCAL
    yield from range(offset, body + local)
    rest = size - local
    link = body + local
    while rest > 0:
        yield from range(link, link + 4)
        page = (_number(file, link, 4) - 1) * _PAGE
        here = min(rest, _PAGE - 4)
        yield from range(page + 4, page + 4 + here)
        link, rest = page, rest - here


def _number(file: bytes, offset: int, length: int) -> int:
    return int.from_bytes(file[offset : offset + length], "big")


def _varint(file: bytes, offset: int) -> tuple[int, int]:
    value = 0
    for place in range(offset, offset + 8):
        value = value << 7 | file[place] & 0x7F
        if file[place] < 0x80:
            return value, place + 1
    raise AssertionError("no row here is that long")
