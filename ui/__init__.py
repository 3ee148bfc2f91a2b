"""What the nurse and the clinician see. Imports the core, never a wire or a table."""
