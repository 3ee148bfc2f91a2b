"""Wire formats: bytes in, messages out, and back. No clock, no input or output, no clinical number."""
