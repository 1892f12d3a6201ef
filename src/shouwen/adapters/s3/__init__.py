"""Files in an object store that speaks S3: AWS, MinIO, Ceph, Alibaba OSS, Tianyi Cloud and others.

Needs the extra `shouwen[s3]`. What goes there is sealed before it leaves the house.
"""

from .store import S3Storage

__all__ = ["S3Storage"]
