"""The clinical core: pure values and rules. Standard library only; reads no clock, opens nothing."""
