"""One session on one sheet of paper: vector, greyscale-safe, drawn with QPainter alone."""
