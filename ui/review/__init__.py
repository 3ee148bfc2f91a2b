"""Looking back on a session, and the list of past ones."""
