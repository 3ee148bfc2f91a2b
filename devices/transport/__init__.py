"""Wires: bytes only. Every failure of a cable or port leaves here as one of three faults."""
