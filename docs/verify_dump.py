"""Check records dumped by `main.py entries`, without Vigil: standard library only.

    python3 verify_dump.py RECORD.jsonl ... [--head SESSION=HASH ...]

A file of "-" is the standard input. Each line of a dump is one entry. An entry's hash is the SHA-256 of the
canonical JSON of every other column: UTF-8 in normal form C, keys sorted, no spaces, no floats. Each entry
names the hash of the one before it; the first names 64 zeros.

A chain cannot show that its end was cut off: give the head hash printed on the report as --head.
Prints one JSON line a session and exits 1 if anything is wrong.
"""

import argparse
import hashlib
import json
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

COLUMNS = {
    "author", "hash", "kind", "offset_minutes", "payload", "previous",
    "recorded_at", "sequence", "session", "station", "supersedes", "taken_at",
}  # fmt: skip
FIRST_PREVIOUS = "0" * 64


class Damage(Exception):
    """What is wrong, as a sentence."""


def canonical(value: Any) -> str:
    """Write JSON data the one way it can be written."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return unicodedata.normalize("NFC", text)


def no_float(text: str) -> None:
    """Refuse a number with a fraction or an exponent."""
    raise Damage(f"the number {text} is a float, which no entry holds")


def read_entry(line: str) -> dict[str, Any]:
    """Read one line; raises Damage unless it is an entry in its canonical form, with its own hash."""
    try:
        entry = json.loads(line, parse_float=no_float, parse_constant=no_float)
    except ValueError as fault:
        raise Damage(f"a line is not JSON: {fault}") from fault
    if not isinstance(entry, dict) or set(entry) != COLUMNS:
        raise Damage("a line has not the columns of an entry")
    if canonical(entry) != line:
        raise Damage(f"entry {entry['sequence']} is not in canonical form")
    hashed = canonical({name: value for name, value in entry.items() if name != "hash"})
    if hashlib.sha256(hashed.encode("utf-8")).hexdigest() != entry["hash"]:
        raise Damage(f"entry {entry['sequence']} does not match its hash")
    return entry


def check_session(entries: Iterable[dict[str, Any]], head: str | None) -> None:
    """Check the chain of one session, its signatures, and its end against the printed `head`."""
    previous = FIRST_PREVIOUS
    is_signed = says_signed = False
    for place, entry in enumerate(entries, start=1):
        if type(entry["sequence"]) is not int or entry["sequence"] != place:
            raise Damage(f"entry {place} is missing or out of order")
        if entry["previous"] != previous:
            raise Damage(f"entry {place} does not follow the one before it")
        if entry["kind"] == "signature":
            is_signed = True
            if entry["payload"]["head"] != previous:
                raise Damage(f"the signature in entry {place} is of another record")
        says_signed = says_signed or (entry["kind"] == "phase" and entry["payload"]["phase"] == "signed")
        previous = entry["hash"]
    if says_signed and not is_signed:
        raise Damage("it was signed, and the signature is missing")
    if head is not None and head != previous:
        raise Damage("the newest entry is not the one on the report")


def findings(lines: Iterable[str], heads: dict[str, str]) -> Iterator[dict[str, Any]]:
    """One finding a session, and one for whatever cannot be read."""
    sessions: dict[str, list[dict[str, Any]]] = {}
    for line in lines:
        try:
            entry = read_entry(line.rstrip("\n"))
        except Damage as damage:
            yield {"session": None, "entries": 0, "head": None, "ok": False, "why": str(damage)}
        else:
            sessions.setdefault(str(entry["session"]), []).append(entry)
    for session in [*sessions, *sorted(set(heads) - set(sessions))]:
        entries = sessions.get(session, [])
        why = None if entries else "there is no such session"
        try:
            check_session(entries, heads.get(session) if entries else None)
        except Damage as damage:
            why = str(damage)
        head = entries[-1]["hash"] if entries else None
        yield {"session": session, "entries": len(entries), "head": head, "ok": why is None, "why": why}


def main() -> int:
    """Check every file named on the command line; returns the exit code."""
    parser = argparse.ArgumentParser(description="Check a dumped record without Vigil.")
    parser.add_argument("files", nargs="+", metavar="FILE", help="a dump, or - for the standard input")
    parser.add_argument(
        "--head", action="append", default=[], metavar="SESSION=HASH", help="as on the report"
    )
    given = parser.parse_args()
    heads = dict(each.split("=", 1) for each in given.head)
    dumps = [sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes() for name in given.files]
    # Bytes that are no UTF-8 are read as U+FFFD, and then match no hash.
    texts = [dump.decode("utf-8", "replace") for dump in dumps]
    found = list(findings((line for text in texts for line in text.split("\n") if line), heads))
    for finding in found:
        print(json.dumps(finding, ensure_ascii=False))
    return 0 if found and all(finding["ok"] for finding in found) else 1


if __name__ == "__main__":
    sys.exit(main())
