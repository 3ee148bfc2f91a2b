"""Seating a patient: one form, by keyboard, with every other chair in sight."""
