"""Small widgets that every screen is built from. Each draws what it is told and reports what was pressed."""
