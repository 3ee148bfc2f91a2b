"""Which Vigil this is, as printed on every report."""

VERSION = "0.1.0"
