"""A simulated patient on a simulated monitor that speaks the real wire format."""
