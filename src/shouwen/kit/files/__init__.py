"""Files that people hand in: checked by their content, sealed at rest, given out by links that expire.

An upload that was acknowledged is kept. The content is on disk (or in the object store) before its row exists, the
row is committed before the answer leaves, and a row goes before its content does. Whatever a crash leaves over is
content without a row, or a row that nothing took up; the sweep removes both a day later.
"""

from shouwen.kit.scanning import Scanner, ScannerAway, connect_scanner, scanner

from .actions import attach, file_for, keep_made, let_go, look, read, receive, scan_waiting, sweep
from .api import FileOut, file_out, files_router, portal_files_router
from .links import link_to
from .queries import FileCard, card, cards, cards_of, handed_in_by
from .rekeying import files_under_another_key, rewrap
from .storage import ContentMissing, FolderStorage, Storage, connect, storage

__all__ = [
    "ContentMissing",
    "FileCard",
    "FileOut",
    "FolderStorage",
    "Scanner",
    "ScannerAway",
    "Storage",
    "attach",
    "card",
    "cards",
    "cards_of",
    "connect",
    "connect_scanner",
    "file_for",
    "file_out",
    "files_router",
    "files_under_another_key",
    "handed_in_by",
    "keep_made",
    "let_go",
    "link_to",
    "look",
    "portal_files_router",
    "read",
    "receive",
    "rewrap",
    "scan_waiting",
    "scanner",
    "storage",
    "sweep",
]
