"""Each kind of monitor's own way to show a bedside on its wire."""
