"""The nouns that travel between the rooms, and why one may be set aside.

Every record type is declared once, here. JSON Schemas and the AsyncAPI document are generated from
these types. Offsets count Unicode code points of the clean text (a Python ``str``), ends exclusive.
Shares (`similarity`, `containment`, `coverage`, `novelty`, `confidence`) lie between 0 and 1.
"""

from __future__ import annotations

from service.records.article_records import GOES_ON as GOES_ON
from service.records.article_records import Article as Article
from service.records.article_records import DedupNote as DedupNote
from service.records.article_records import NewFact as NewFact
from service.records.article_records import Related as Related
from service.records.article_records import Relation as Relation
from service.records.article_records import Sketched as Sketched
from service.records.article_records import Unique as Unique
from service.records.claim_records import Claim as Claim
from service.records.claim_records import ClaimKind as ClaimKind
from service.records.claim_records import DateMention as DateMention
from service.records.claim_records import Finding as Finding
from service.records.claim_records import Mention as Mention
from service.records.claim_records import Quantity as Quantity
from service.records.claim_records import ResolvedBy as ResolvedBy
from service.records.claim_records import Span as Span
from service.records.claim_records import Speaker as Speaker
from service.records.claim_records import SpeakerKind as SpeakerKind
from service.records.field_bounds import UTC_PATTERN as UTC_PATTERN
from service.records.field_bounds import ContentHash as ContentHash
from service.records.field_bounds import Count as Count
from service.records.field_bounds import Moment as Moment
from service.records.field_bounds import Position as Position
from service.records.field_bounds import Revision as Revision
from service.records.field_bounds import Share as Share
from service.records.published_articles import Duplicate as Duplicate
from service.records.published_articles import Enriched as Enriched
from service.records.raw_record import NOT_UNPACKED as NOT_UNPACKED
from service.records.raw_record import Origin as Origin
from service.records.raw_record import RawRecord as RawRecord
from service.records.raw_record import Reason as Reason
from service.records.raw_record import Rejected as Rejected
from service.records.raw_record import Trace as Trace
from service.records.thread_records import ClaimThread as ClaimThread
from service.records.thread_records import DisputeReason as DisputeReason
from service.records.thread_records import Prepared as Prepared
from service.records.thread_records import PreparedClaim as PreparedClaim
from service.records.thread_records import PreparedFigure as PreparedFigure
from service.records.thread_records import Story as Story
from service.records.thread_records import ThreadClaim as ThreadClaim
from service.records.thread_records import ThreadDispute as ThreadDispute
from service.records.thread_records import ThreadEvent as ThreadEvent
from service.records.thread_records import ThreadFigure as ThreadFigure
from service.records.thread_records import ThreadKind as ThreadKind
from service.records.thread_records import ThreadSource as ThreadSource

SCHEMA_MAJOR = 1
"""Major version of all published records; inside it only optional fields are added."""
