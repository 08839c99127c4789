"""Files of a few KB that would unpack to gigabytes are refused, whatever unpacks them."""

from __future__ import annotations

from pathlib import Path

import pytest

from headertrace.corpus.sources import InputError, Trouble, read_items, streams

MB = 2**20
pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")
LETTER = b"Subject: x\n\n" + bytes(4 * MB)
COLUMNS = {
    "one value that compresses to nothing": lambda: pa.array([LETTER]),
    "one value in a thousand rows": lambda: pa.DictionaryArray.from_arrays(
        pa.array([0] * 1000, pa.int32()), pa.array([LETTER[:MB]])
    ),
}


@pytest.mark.parametrize("why", COLUMNS)
def test_parquet_bomb_is_refused(why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "FREE_BYTES", 2 * MB)
    pq.write_table(pa.table({"raw": COLUMNS[why]()}), tmp_path / "bomb.parquet", compression="zstd")
    *_, last = read_items([tmp_path])
    assert isinstance(last, InputError)
    assert last.trouble is Trouble.BOMB
