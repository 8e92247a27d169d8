"""Questions matched to topics and claims, and how well that works."""
