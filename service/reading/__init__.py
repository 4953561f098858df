"""Files, folders, feeds and standard input -> records as they are fed, with the place each was read at."""

from service.reading.articles import read_articles as read_articles
from service.reading.files import STDIN as STDIN
from service.reading.files import SUFFIXES as SUFFIXES
from service.reading.files import files_of as files_of
from service.reading.source_records import LINE_BYTES_MAX as LINE_BYTES_MAX
from service.reading.source_records import Fetched as Fetched
from service.reading.source_records import Source as Source
from service.reading.source_records import SourceRecord as SourceRecord
from service.reading.source_records import Unreadable as Unreadable
