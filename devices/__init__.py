"""Wires: bytes in, readings out. Knows no Qt and no database."""
