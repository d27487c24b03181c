from __future__ import annotations

from pathlib import Path

import pytest
from frictionless import Resource

from data.build import package
from data.build.read import SourceError
from data.load import Dataset, load
from data.model import TABLES, TABLES_DIR
from data.schema import broken_references, faults

FILES = [*(f"{name}.parquet" for name in TABLES), "datapackage.json"]


@pytest.fixture(scope="module")
def shipped() -> Dataset:
    return load()


def test_two_writes_give_the_same_bytes(small: Dataset, tmp_path: Path) -> None:
    tables = {name: small.table(name) for name in TABLES}
    for folder in ("one", "two"):
        package.write(tables, tmp_path / folder)
    for file in FILES:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_the_order_of_rows_does_not_change_the_bytes(small: Dataset, tmp_path: Path) -> None:
    package.write({name: small.table(name) for name in TABLES}, tmp_path / "one")
    package.write({name: small.table(name).iloc[::-1] for name in TABLES}, tmp_path / "two")
    assert (tmp_path / "one/ties.parquet").read_bytes() == (tmp_path / "two/ties.parquet").read_bytes()


def test_a_table_against_its_schema_is_not_written(small: Dataset, tmp_path: Path) -> None:
    tables = {name: small.table(name) for name in TABLES}
    tables["ties"] = tables["ties"].assign(evidence=0)
    with pytest.raises(SourceError, match=r"ties\.evidence: must hold"):
        package.write(tables, tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_missing_column_is_named(small: Dataset, tmp_path: Path) -> None:
    tables = {name: small.table(name) for name in TABLES}
    tables["networks"] = tables["networks"].drop(columns="form")
    with pytest.raises(SourceError, match=r"networks: .* lacks form"):
        package.write(tables, tmp_path)


@pytest.mark.parametrize("name", TABLES)
def test_the_shipped_table_keeps_its_schema(shipped: Dataset, name: str) -> None:
    assert faults(name, shipped.table(name)) == []


@pytest.mark.parametrize("name", TABLES)
def test_frictionless_reads_the_shipped_table_by_its_schema(shipped: Dataset, name: str) -> None:
    listed = next(dict(resource) for resource in shipped.package["resources"] if resource["name"] == name)
    listed["schema"] = {key: part for key, part in listed["schema"].items() if key != "foreignKeys"}
    report = Resource(listed, basepath=str(TABLES_DIR)).validate(limit_rows=2_000)
    assert report.flatten(["message"]) == []


def test_every_reference_of_the_shipped_tables_resolves(shipped: Dataset) -> None:
    assert broken_references({name: shipped.table(name) for name in TABLES}) == []


def test_the_shipped_tables_are_small() -> None:
    assert sum((TABLES_DIR / file).stat().st_size for file in FILES) < 12_000_000
