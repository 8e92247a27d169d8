"""A handmade base that tests of behaviour run on: what Norway sends to Sweden, and who says so.

Nothing in it is true. It holds what a base can hold: topics of each measure, several readings of
one utterance, retellings that change a figure, denials of topics and of single claims, disputes,
assumptions, vague figures, inferred dates, speakers of several countries with names in several
alphabets, and publications of which something is unknown. Tests may name any record of it; when
one is changed here, the tests that name it are looked through.
"""

from knowledge.records import Records
from tests.bases.valley_claims import CLAIMS, FLOUR
from tests.bases.valley_records import ASSERTERS, SOURCES, TOPICS

__all__ = ["FLOUR", "VALLEY"]

VALLEY = Records(
    {record.id: record for record in TOPICS},
    {record.id: record for record in ASSERTERS},
    {record.id: record for record in SOURCES},
    {record.id: record for record in CLAIMS},
)
