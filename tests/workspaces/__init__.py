"""What each server sees, and the one writer."""
