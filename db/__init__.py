"""The record on disk. Rows never leave this package."""
