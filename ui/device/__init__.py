"""The page of one chair's monitor, for whoever looks after the wire."""
