"""All that is true without Discord: claims, sources, figures, dates, matching and answers."""
