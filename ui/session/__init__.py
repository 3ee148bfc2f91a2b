"""The page of one chair: chart, latest values, and the entry bar through which everything is charted."""
