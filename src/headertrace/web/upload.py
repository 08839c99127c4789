"""What the browser sends: pasted text and dropped files, held in memory only and bounded."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

# A mailbox of a few thousand messages; larger ones are what `headertrace scan` is for.
MOST_BYTES = 64 * 1024 * 1024
MOST_FILES = 200
TOO_LARGE = f"More than {MOST_BYTES >> 20} MB: 'headertrace scan' is made for large mailboxes."


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """What one request brought: pasted text, named files, and whether the report is to be a file."""

    pasted: str
    files: tuple[tuple[str, bytes], ...]
    as_file: bool

    @property
    def is_empty(self) -> bool:
        """True where there is nothing to read."""
        return not self.pasted.strip() and not self.files


class InMemoryParser(MultiPartParser):
    """A parser that never moves an upload to a file on disk."""

    spool_max_size = MOST_BYTES + 1


async def read_upload(request: Request) -> Upload:
    """Return what a form brought; ``HTTPException`` where it is too large or no form."""
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise HTTPException(415, "Send the form of this page.")
    if _is_too_large(request.headers.get("content-length", "")):
        raise HTTPException(413, TOO_LARGE)
    parser = InMemoryParser(
        request.headers,
        _bounded(request),
        max_files=MOST_FILES,
        max_fields=MOST_FILES,
        max_part_size=MOST_BYTES,
    )
    try:
        form = await parser.parse()
    # What python-multipart raises is a ValueError; newer Starlettes make a MultiPartException of it.
    except (MultiPartException, KeyError, ValueError) as error:
        raise HTTPException(400, "The form could not be read.") from error
    return await _collect(form)


def _is_too_large(length: str) -> bool:
    """Return whether a Content-Length (RFC 9110, section 8.6) is above our bound; False for no number."""
    digits = length.lstrip("0")
    if not (digits.isascii() and digits.isdigit()):
        return False
    # Not every number is one to int(): it raises for more than 4,300 digits.
    return len(digits) > len(str(MOST_BYTES)) or int(digits) > MOST_BYTES


async def _bounded(request: Request) -> AsyncGenerator[bytes, None]:
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > MOST_BYTES:
            raise HTTPException(413, TOO_LARGE)
        yield chunk


async def _collect(form: FormData) -> Upload:
    uploads = [item for item in form.getlist("files") if isinstance(item, UploadFile) and item.filename]
    files = tuple([(item.filename or "", await item.read()) for item in uploads])
    await form.close()
    return Upload(pasted=_text(form, "message"), files=files, as_file=_text(form, "as") == "file")


def _text(form: FormData, name: str) -> str:
    value = form.get(name)
    return value if isinstance(value, str) else ""
