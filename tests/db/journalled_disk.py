"""Read what a process wrote from a log of its system calls, and make the disk that a power cut would leave.

The model: bytes that were synced are there; each later write is there, half there, or not; a removed name is
gone for certain only after its folder was synced. A new name is taken to be there at once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from random import Random

_SECTOR_BYTES = 512
_CALL = re.compile(r"^(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)")
_UNFINISHED = re.compile(r"^(\d+) +(.*) <unfinished \.\.\.>$")
_RESUMED = re.compile(r"^(\d+) +<\.\.\. \w+ resumed>(.*)$")
_STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


@dataclass(frozen=True)
class Call:
    """One finished system call: its name, plain arguments, strings and result."""

    name: str
    numbers: tuple[str, ...]
    strings: tuple[bytes, ...]
    result: int


@dataclass(frozen=True)
class Write:
    offset: int
    data: bytes


@dataclass(frozen=True)
class Cut:
    size: int


@dataclass
class Inode:
    durable: bytes
    unsynced: list[Write | Cut] = field(default_factory=list)

    def sync(self) -> None:
        for change in self.unsynced:
            self.durable = changed(self.durable, change)
        self.unsynced.clear()

    def after_cut(self, random: Random) -> bytes:
        content = self.durable
        for change in self.unsynced:
            luck = random.random()
            if luck < 0.45:
                content = changed(content, change)
            elif luck < 0.55 and isinstance(change, Write) and len(change.data) > _SECTOR_BYTES:
                content = changed(content, Write(change.offset, change.data[:_SECTOR_BYTES]))
        return content


def changed(content: bytes, change: Write | Cut) -> bytes:
    if isinstance(change, Cut):
        return content[: change.size].ljust(change.size, b"\0")
    grown = content.ljust(change.offset, b"\0")
    return grown[: change.offset] + change.data + grown[change.offset + len(change.data) :]


class Disk:
    """The files of one folder, followed call by call."""

    def __init__(self, folder: str, files: dict[str, bytes]) -> None:
        self._folder = folder
        self._names = {name: Inode(durable=content) for name, content in files.items()}
        self._removed: dict[str, Inode] = {}
        self._open: dict[int, Inode | str] = {}
        self.acknowledged: list[str] = []

    def follow(self, call: Call) -> bool:
        """Take one call into account; whether it touched this folder or acknowledged something."""
        if call.name == "openat" and call.result >= 0:
            return self._opened(call)
        if call.name in {"unlink", "unlinkat"} and call.result == 0:
            return self._unlinked(call.strings[0].decode())
        descriptor = int(call.numbers[0]) if call.numbers and call.numbers[0].isdigit() else -1
        if call.name == "write" and descriptor == 1:
            self.acknowledged += call.strings[0].decode().splitlines()
            return True
        target = self._open.get(descriptor)
        if call.name == "close":
            self._open.pop(descriptor, None)
        if target is None or call.result < 0:
            return False
        return self._changed(call, target)

    def image(self, random: Random) -> dict[str, bytes]:
        """What is found after a cut now."""
        files = {name: inode.after_cut(random) for name, inode in self._names.items()}
        for name, inode in self._removed.items():
            if name not in files and random.random() < 0.5:
                files[name] = inode.after_cut(random)
        return files

    def _opened(self, call: Call) -> bool:
        path = call.strings[0].decode()
        if path == self._folder:
            self._open[call.result] = path
            return False
        if str(PurePath(path).parent) != self._folder:
            self._open.pop(call.result, None)
            return False
        name = PurePath(path).name
        inode = self._names.get(name)
        if inode is None:
            inode = self._names[name] = Inode(durable=b"")
        if any("O_TRUNC" in number for number in call.numbers):
            inode.unsynced.append(Cut(0))
        self._open[call.result] = inode
        return True

    def _unlinked(self, path: str) -> bool:
        name = PurePath(path).name
        if str(PurePath(path).parent) != self._folder or name not in self._names:
            return False
        self._removed[name] = self._names.pop(name)
        return True

    def _changed(self, call: Call, target: Inode | str) -> bool:
        if call.name in {"fsync", "fdatasync"}:
            if isinstance(target, Inode):
                target.sync()
            else:
                self._removed.clear()
            return True
        if isinstance(target, str):
            return False
        if call.name == "pwrite64":
            target.unsynced.append(Write(int(call.numbers[-1]), call.strings[0][: call.result]))
        elif call.name == "ftruncate":
            target.unsynced.append(Cut(int(call.numbers[-1])))
        elif call.name in {"write", "pwritev", "writev"}:
            raise AssertionError(f"{call.name} to a database file is not modelled")
        return call.name in {"pwrite64", "ftruncate"}


def calls(log: Iterable[str]) -> Iterator[Call]:
    """Read the calls of a log written by `strace -f -xx`, joining those that another thread interrupted."""
    unfinished: dict[str, str] = {}
    for line in log:
        text = line.rstrip("\n")
        if match := _UNFINISHED.match(text):
            unfinished[match[1]] = match[2]
            continue
        if match := _RESUMED.match(text):
            text = unfinished.pop(match[1]) + match[2]
        if match := _CALL.match(text):
            strings = tuple(bytes.fromhex(each.replace("\\x", "")) for each in _STRING.findall(match[2]))
            numbers = tuple(each.strip() for each in _STRING.sub("", match[2]).split(","))
            yield Call(name=match[1], numbers=numbers, strings=strings, result=int(match[3]))
