"""The board: six chairs a page in fixed places, and what comes next."""
