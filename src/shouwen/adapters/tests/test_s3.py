"""Files in an object store, against a server on loopback that speaks its protocol."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from moto.server import ThreadedMotoServer

from shouwen.accounts.tests.factories import by, staff
from shouwen.adapters.s3 import S3Storage
from shouwen.kit import files

PLACE = "0123456789abcdef0123456789abcdef"
FAR = datetime(2100, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


def store(endpoint: str, bucket: str = "shouwen") -> S3Storage:
    values: dict[str, Any] = {"region": "us-east-1", "access_key": "AK", "secret_key": "SK", "prefix": "house/"}
    return S3Storage(bucket=bucket, endpoint=endpoint, **values)


@pytest.fixture
def bucket(endpoint: str) -> S3Storage:
    found = store(endpoint)
    found._client.create_bucket(Bucket="shouwen")
    for place in list(found.older_than(FAR)):
        found.remove(place)
    return found


def test_content_comes_back_as_it_was_put_a_large_one_too(bucket: S3Storage) -> None:
    large = [bytes([n]) * 1024 * 1024 for n in range(12)]
    bucket.put(PLACE, iter(large))
    assert b"".join(bucket.get(PLACE)) == b"".join(large)
    assert bucket.has(PLACE)
    assert list(bucket.older_than(FAR)) == [PLACE]
    assert list(bucket.older_than(datetime(2000, 1, 1, tzinfo=UTC))) == []


def test_what_was_removed_is_missing_and_removing_it_again_is_no_failure(bucket: S3Storage) -> None:
    bucket.put(PLACE, [b"x"])
    bucket.remove(PLACE)
    bucket.remove(PLACE)
    assert not bucket.has(PLACE)
    with pytest.raises(files.ContentMissing):
        bucket.get(PLACE)


def test_the_same_bucket_may_hold_things_that_are_not_ours(bucket: S3Storage) -> None:
    bucket._client.put_object(Bucket="shouwen", Key="elsewhere/a.txt", Body=b"x")
    assert list(bucket.older_than(FAR)) == []


def test_a_store_that_is_not_there_is_said(endpoint: str) -> None:
    with pytest.raises(files.ContentMissing):
        store(endpoint, bucket="nobodys").put(PLACE, [b"x"])


@pytest.mark.django_db
def test_an_upload_goes_all_the_way_and_lies_sealed(bucket: S3Storage) -> None:
    before = files.storage()
    files.connect(bucket)
    who = by(staff("8021", "comprehensive"))
    try:
        card = files.receive(by=who, name="a.txt", read=io.BytesIO(b"secret").read, length=6, key="press-0001")
        (place,) = bucket.older_than(FAR)
        assert b"secret" not in b"".join(bucket.get(place))
        assert b"".join(files.read(card.id)) == b"secret"
    finally:
        files.connect(before)
