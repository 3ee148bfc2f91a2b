"""When an infusion can be expected to end, from its plan, its pauses and its rates. No dose arithmetic."""

from fractions import Fraction

from monitor.clock import MS_PER_MINUTE
from monitor.view import Infusion


def volume_share(infusion: Infusion, at_ms: int) -> Fraction:
    """Share of the planned volume that has run in by `at_ms` at the charted rates; may pass 1."""
    planned = Fraction(infusion.body.rate_ml_per_h) * infusion.body.planned_minutes * MS_PER_MINUTE
    run = Fraction(0)
    for span in infusion.spans:
        if span.rate_ml_per_h is not None:
            until_ms = at_ms if span.until_ms is None else min(span.until_ms, at_ms)
            run += Fraction(span.rate_ml_per_h) * max(0, until_ms - span.from_ms)
    return run / planned


def expected_end_ms(infusion: Infusion) -> int | None:
    """When the planned volume will have run in at the rate set now; None while paused or after the stop."""
    newest = infusion.spans[-1]
    if infusion.stopped_ms is not None or newest.rate_ml_per_h is None:
        return None
    left = 1 - volume_share(infusion, newest.from_ms)
    planned = Fraction(infusion.body.rate_ml_per_h) * infusion.body.planned_minutes * MS_PER_MINUTE
    return newest.from_ms + round(left * planned / Fraction(newest.rate_ml_per_h))
