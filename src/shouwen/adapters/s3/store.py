"""The store of files, in a bucket."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import boto3
from boto3.exceptions import Boto3Error
from botocore.config import Config as Behaviour
from botocore.exceptions import BotoCoreError, ClientError

from shouwen.kit.files import ContentMissing

IN_MEMORY = 8 * 1024 * 1024
PART = 1024 * 1024
AWAY = (BotoCoreError, ClientError, Boto3Error)


class S3Storage:
    """Puts each content under its place in one bucket; the store's own acknowledgement is the promise it keeps."""

    def __init__(
        self, *, bucket: str, endpoint: str, region: str, access_key: str, secret_key: str, prefix: str = ""
    ) -> None:
        self._bucket = bucket
        self._prefix = prefix
        self._client: Any = boto3.client(
            "s3",
            endpoint_url=endpoint or None,
            region_name=region or None,
            aws_access_key_id=access_key or None,
            aws_secret_access_key=secret_key or None,
            config=Behaviour(
                connect_timeout=5,
                read_timeout=20,
                retries={"max_attempts": 3, "mode": "standard"},
                request_checksum_calculation="when_required",  # stores other than AWS refuse the newer ones
                response_checksum_validation="when_required",
            ),
        )

    def put(self, place: str, content: Iterable[bytes]) -> None:
        """Send content; a large one in parts, none of which is seen before all are there."""
        with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as sealed:
            for part in content:
                sealed.write(part)
            sealed.seek(0)
            try:
                self._client.upload_fileobj(sealed, self._bucket, self._key(place))
            except AWAY as failure:
                raise ContentMissing(f"{place}: {failure}") from None

    def get(self, place: str) -> Iterator[bytes]:
        """Fetch content in parts."""
        try:
            found = self._client.get_object(Bucket=self._bucket, Key=self._key(place))
        except AWAY as failure:
            raise ContentMissing(f"{place}: {failure}") from None
        return self._parts(place, found["Body"])

    def remove(self, place: str) -> None:
        """Remove content; the store does not mind when it is gone already."""
        self._client.delete_object(Bucket=self._bucket, Key=self._key(place))

    def older_than(self, moment: datetime) -> Iterator[str]:
        """List what was put before a moment."""
        pages = self._client.get_paginator("list_objects_v2")
        for page in pages.paginate(Bucket=self._bucket, Prefix=self._prefix):
            for entry in page.get("Contents", ()):
                if entry["LastModified"] < moment:
                    yield entry["Key"].removeprefix(self._prefix)

    def has(self, place: str) -> bool:
        """Ask whether content is there."""
        try:
            self._client.head_object(Bucket=self._bucket, Key=self._key(place))
        except ClientError:
            return False
        return True

    def _key(self, place: str) -> str:
        return f"{self._prefix}{place}"

    @staticmethod
    def _parts(place: str, body: Any) -> Iterator[bytes]:
        try:
            yield from body.iter_chunks(PART)
        except AWAY as failure:
            raise ContentMissing(f"{place}: {failure}") from None
