"""What a clinic sets up: chairs, operators, its name, the look; its policy to read."""
