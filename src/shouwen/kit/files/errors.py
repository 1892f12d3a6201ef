"""Why a file may be refused. Each says what is wrong and what to do about it."""

from __future__ import annotations

from shouwen.kernel.errors import DomainError, InvalidInput, NotFound


class FileTooLarge(DomainError):
    """More than the house takes."""

    code = "file-too-large"
    status = 413
    field = "file"
    zh = "文件超过 {limit} MB，没有保存。请压缩或拆分后再上传。"
    en = "The file is larger than {limit} MB and was not kept. Compress or split it and upload again."


class FileEmpty(InvalidInput):
    """Nothing in it."""

    code = "file-empty"
    field = "file"
    zh = "文件是空的，没有保存。请确认文件能正常打开后再上传。"
    en = "The file is empty and was not kept. See that it opens on your device and upload it again."


class FileCut(InvalidInput):
    """The connection broke before all of it came."""

    code = "file-cut"
    field = "file"
    zh = "文件没有传完，没有保存。请检查网络后再上传一次。"
    en = "Not all of the file arrived; nothing was kept. Check your connection and upload it again."


class FileTypeRefused(DomainError):
    """What is inside is not on the list."""

    code = "file-type-refused"
    status = 415
    field = "file"
    zh = "不支持这种文件，没有保存。可以上传：{allowed}。"
    en = "This type of file is not taken; nothing was kept. You can upload: {allowed}."


class FileBroken(InvalidInput):
    """It claims to be something that it is not when opened."""

    code = "file-broken"
    field = "file"
    zh = "文件已损坏或内容与类型不符，没有保存。请重新导出或截图后再上传。"
    en = "The file is damaged or not what it claims to be; nothing was kept. Export it anew or send a screenshot."


class MacrosRefused(InvalidInput):
    """A document that runs programs."""

    code = "file-macros-refused"
    field = "file"
    zh = "文档中含有宏程序，没有保存。请另存为不含宏的文档或 PDF 后再上传。"
    en = "The document contains macros and was not kept. Save it without macros, or as PDF, and upload it again."


class PictureTooBig(InvalidInput):
    """More pixels than anybody needs, or a bomb."""

    code = "picture-too-big"
    field = "file"
    zh = "图片超过 {limit} 百万像素，没有保存。请缩小后再上传。"
    en = "The picture has more than {limit} megapixels and was not kept. Make it smaller and upload it again."


class TooManyWaiting(DomainError):
    """Somebody uploads and uploads without using anything."""

    code = "files-too-many-waiting"
    status = 429
    zh = "已上传但未提交的文件太多。请先提交已上传的文件，或稍后再试。"
    en = "Too many uploaded files wait to be used. Submit those first, or try again later."


class FileNotFound(NotFound):
    """No such file, or not for these eyes, or taken up elsewhere."""

    code = "file-not-found"
    field = "files"
    zh = "没有这个文件，或它已用在别处。请重新上传。"
    en = "There is no such file, or it is in use elsewhere. Upload it again."


class FileLinkOver(NotFound):
    """The link is too old, or somebody else's."""

    code = "file-link-over"
    zh = "下载链接已过期，或不是发给您的。请回到原页面重新打开文件。"
    en = "This download link has expired or is not yours. Go back to the page and open the file again."


class ContentAway(DomainError):
    """The row is there, the store does not answer or has lost the content."""

    code = "file-content-away"
    status = 503
    zh = "文件暂时读不出来。请稍后再试；仍不行请联系系统管理员。"
    en = "The file cannot be read now. Try again in a moment, or tell your administrator."


class StoreAway(DomainError):
    """The store takes nothing now: it is full, or does not answer."""

    code = "file-store-away"
    status = 503
    field = "file"
    zh = "文件没有保存：存储暂不可用。请稍后再上传一次；仍不行请联系系统管理员。"
    en = "The file was not kept: the store is not available. Upload it again in a moment, or tell your administrator."


class FileInfected(InvalidInput):
    """The virus scanner found something."""

    code = "file-infected"
    field = "file"
    zh = "文件中发现病毒（{found}），没有保存。请查杀后再上传，或换一个文件。"
    en = "A virus was found in the file ({found}); nothing was kept. Clean it and upload it again, or choose another."


class FileWaits(DomainError):
    """Nobody may have it before it was looked at."""

    code = "file-waits"
    status = 409
    zh = "文件正在等待病毒检查，检查完就能打开。请稍后再试。"
    en = "The file waits for the virus scanner and can be opened once it was looked at. Try again in a moment."


class FileLocked(DomainError):
    """Looked at later, and something was found."""

    code = "file-locked"
    status = 410
    zh = "文件中发现病毒，内容已删除。请让提交的人换一个文件。"
    en = "A virus was found in the file and its content is removed. Ask for another file."
