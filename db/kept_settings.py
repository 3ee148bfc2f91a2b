"""Settings as earlier versions kept them, in the form that this one reads."""

from monitor import codec
from monitor.codec import JsonValue
from monitor.settings import Settings


def as_kept_now(kept: JsonValue) -> JsonValue:
    """Bring settings of any version to this one's fields; what an earlier one did not know is as new.

    What was never settings of any version comes back as it is, for the codec to refuse.
    """
    if not isinstance(kept, dict):
        return kept
    kept = codec.to_plain(Settings()) | kept
    if isinstance(kept["chairs"], list):
        kept["chairs"] = [_chair(each) for each in kept["chairs"]]
    return kept


def _chair(kept: JsonValue) -> JsonValue:
    """Before there could be two monitors at a chair, it had `monitor`, null where it had none."""
    if not isinstance(kept, dict) or "monitor" not in kept:
        return kept
    one = kept["monitor"]
    others = {name: value for name, value in kept.items() if name != "monitor"}
    return {"monitors": [] if one is None else [one]} | others
