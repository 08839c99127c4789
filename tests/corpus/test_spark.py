"""Spark reads the same rows, and finds the same cases as DuckDB: locally and on a cluster in .ci/full."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from headertrace.cases.case import Case
from headertrace.cases.correlate import correlate_in
from headertrace.cases.duck import DuckEngine
from headertrace.tables.read_batch import read_batch
from tests.cases.stories import read_stories
from tests.data import header_sections, needs_corpora

pa = pytest.importorskip("pyarrow")
pyspark = pytest.importorskip("pyspark", reason="pip install 'headertrace[spark]'")
pytestmark = [
    pytest.mark.skipif(
        shutil.which("java") is None, reason="Spark needs Java 17: apt-get install openjdk-17-jre"
    ),
    pytest.mark.filterwarnings("ignore"),
]


@contextmanager
def spark(master: str, partitions: int) -> Iterator[Any]:
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    settings = {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": str(partitions),
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.session.timeZone": "UTC",
        "spark.executor.memory": "768m",
        # Small data: to compile and to replan the queries takes longer than to run them.
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
        "spark.sql.adaptive.enabled": "false",
    }
    builder = SparkSession.builder.master(master).appName("headertrace")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    try:
        yield session
    finally:
        session.stop()


def by_duckdb(raws: list[bytes]) -> tuple[Case, ...]:
    import duckdb

    batch = pa.record_batch({"message": list(range(len(raws))), "raw": pa.array(raws, pa.binary())})
    database = duckdb.connect()
    database.register("messages", read_batch(batch)["messages"])
    return correlate_in(DuckEngine(database), key=b"k")


def by_spark(raws: list[bytes], session: Any, partitions: int) -> tuple[Case, ...]:
    from headertrace.corpus.spark import correlate_frame, messages

    rows = [(number, bytearray(raw)) for number, raw in enumerate(raws)]
    frame = session.createDataFrame(rows, "message bigint, raw binary").repartition(partitions)
    return correlate_frame(messages(frame), key=b"k")


def test_reading_gives_equal_rows() -> None:
    from headertrace.corpus.spark import messages

    raws = read_stories()[0].messages()
    columns = "message, relay_key, client_ip, client_helo, traits, misuse, content_key"
    batch = pa.record_batch({"message": list(range(len(raws))), "raw": pa.array(raws, pa.binary())})
    expected = read_batch(batch)["messages"].select(columns.split(", ")).to_pylist()
    with spark("local[1]", 1) as session:
        rows = [(number, bytearray(raw)) for number, raw in enumerate(raws)]
        frame = session.createDataFrame(rows, "message bigint, raw binary").coalesce(1)
        found = messages(frame).select(*columns.split(", ")).collect()
    assert [row.asDict() for row in found] == expected


@pytest.mark.slow
def test_stories_give_equal_cases() -> None:
    raws = [raw for story in read_stories() for raw in story.messages()]
    with spark("local[1]", 1) as session:
        found = by_spark(raws, session, 1)
    assert found == by_duckdb(raws)
    assert len(found) > 3


@pytest.mark.slow
@needs_corpora
def test_corpora_give_equal_cases_on_a_cluster() -> None:
    raws = [*header_sections("relay_abuse"), *header_sections("ml_driverdev", every=10)]
    with spark("local-cluster[2,1,1024]", 4) as session:
        found = by_spark(raws, session, 4)
    assert found == by_duckdb(raws)
    assert len(found) > 20
