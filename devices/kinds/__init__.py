"""Each kind of monitor that Vigil knows, as a profile."""
