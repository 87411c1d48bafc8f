"""Pictures that are about to be sent. Implements ports.UploadStore.

`ttl` collects them after their time; what was sent stands in its message, and its files stay.
"""

from collections.abc import Sequence

from chalicelib.domain.uploads import LIFETIME, Upload

from . import codec, keys
from .rows import Row, UploadRow
from .table import Table

_KEPT = LIFETIME // 1000 + 86_400
"""Seconds from its making until it is garbage."""


class DynamoUploads:
    def __init__(self, table: Table) -> None:
        self._table = table

    def add(self, upload: Upload) -> None:
        key, ttl = keys.upload(upload.conversation_id, upload.id), upload.created_at // 1000 + _KEPT
        self._table.put_new(UploadRow(*key, ttl=ttl, **codec.values(upload)))

    def find(self, conversation_id: str, upload_id: str) -> Upload | None:
        return _upload(self._table.get(keys.upload(conversation_id, upload_id)))

    def find_several(self, conversation_id: str, upload_ids: Sequence[str]) -> Sequence[Upload | None]:
        wanted = [keys.upload(conversation_id, each) for each in upload_ids]
        found = self._table.get_many(wanted)
        return [_upload(found.get(key)) for key in wanted]

    def settle(self, upload: Upload, was: Upload) -> bool:
        media = codec.values(upload)["media"]
        same = (UploadRow.merchant_id == was.merchant_id) & (UploadRow.media == codec.values(was)["media"])
        key = keys.upload(was.conversation_id, was.id)
        refused = self._table.update(key, [UploadRow.media.set(media)], same)
        return refused is None or _upload(refused.row) == upload


def _upload(row: Row | None) -> Upload | None:
    return codec.restored(row, Upload) if isinstance(row, UploadRow) else None
