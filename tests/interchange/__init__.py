"""Files in and out: every form, what others publish, and open data."""
