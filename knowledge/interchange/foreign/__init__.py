"""What others publish, read into records: ClaimReviews, Claims, and tables by a map."""

from knowledge.interchange.foreign.claimreview import map_claim, map_review, reviews_of, same_one
from knowledge.interchange.foreign.collecting import MOST_CITATIONS, Collector, Place
from knowledge.interchange.foreign.nodes import (
    Fields,
    Graph,
    Mapped,
    Unmapped,
    children_or_self,
    fields_of,
    is_address,
    types_of,
)
from knowledge.interchange.foreign.ratings import rating_node
from knowledge.interchange.foreign.rows import (
    ADVICE,
    FIELDS,
    BadMap,
    Rows,
    map_row,
    parse_map,
    strings,
)

__all__ = [
    "ADVICE",
    "FIELDS",
    "MOST_CITATIONS",
    "BadMap",
    "Collector",
    "Fields",
    "Graph",
    "Mapped",
    "Place",
    "Rows",
    "Unmapped",
    "children_or_self",
    "fields_of",
    "is_address",
    "map_claim",
    "map_review",
    "map_row",
    "parse_map",
    "rating_node",
    "reviews_of",
    "same_one",
    "strings",
    "types_of",
]
