from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from data.load import Dataset, DatasetError, load
from data.model import TABLES
from data.schema import broken_references, faults


@pytest.fixture
def folder(tables: Path, tmp_path: Path) -> Path:
    """A copy of the small world's tables, to be broken."""
    return Path(shutil.copytree(tables, tmp_path / "tables"))


def test_a_dataset_has_every_table_of_the_model(small: Dataset) -> None:
    for name, table in TABLES.items():
        assert list(small.table(name).columns) == table.columns


def test_a_missing_table_is_named_with_the_way_out(folder: Path) -> None:
    (folder / "ties.parquet").unlink()
    with pytest.raises(DatasetError, match=r"ties\.parquet: must exist, but is missing\..*`make data`"):
        load(folder)


def test_a_truncated_table_is_named_with_what_was_expected_and_found(folder: Path) -> None:
    content = (folder / "cities.parquet").read_bytes()
    (folder / "cities.parquet").write_bytes(content[:100])
    with pytest.raises(DatasetError, match=rf"cities\.parquet: must have {len(content):,} bytes, but has 100\."):
        load(folder)


def test_a_table_that_is_read_later_is_checked_at_the_start_too(folder: Path) -> None:
    (folder / "country_pairs.parquet").write_bytes(b"")
    with pytest.raises(DatasetError, match=r"country_pairs\.parquet: must have"):
        load(folder)


def test_an_altered_table_is_named_with_column_and_values(folder: Path) -> None:
    path = folder / "ties.parquet"
    pd.read_parquet(path).assign(kind="marriage").to_parquet(path)
    with pytest.raises(DatasetError, match=r"ties\.kind: must hold .*'marriage'"):
        load(folder)


@pytest.mark.parametrize(("text", "said"), [("", "must be JSON"), ("{}", "must list the table `cities`")])
def test_a_broken_package_is_named(folder: Path, text: str, said: str) -> None:
    (folder / "datapackage.json").write_text(text)
    with pytest.raises(DatasetError, match=said):
        load(folder)


def test_no_package_at_all_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"datapackage\.json: must exist"):
        load(tmp_path)


def test_a_reference_that_leads_nowhere_is_named(small: Dataset) -> None:
    tables = {name: small.table(name) for name in TABLES}
    tables["ties"] = tables["ties"].assign(city_a="atlantis-xx", sources=[[]] * len(tables["ties"]))
    found = " ".join(broken_references(tables))
    assert "ties.city_a: must stand in cities.city_id, but 'atlantis-xx'" in found
    assert f"ties.sources: every row must name a source, but {len(tables['ties'])} rows name none" in found


def test_a_list_that_is_not_sorted_is_a_fault(small: Dataset) -> None:
    ties = small.ties.assign(sources=[["b", "a"]] * len(small.ties))
    assert faults("ties", ties)[0].startswith("ties.sources: must hold `sorted, each once`")


def test_the_shipped_package_seals_every_table() -> None:
    shipped = load()
    listed = {resource["name"]: resource for resource in shipped.package["resources"]}
    assert list(listed) == list(TABLES)
    for name in TABLES:
        assert listed[name]["rows"] == len(shipped.table(name))
        assert [field["name"] for field in listed[name]["schema"]["fields"]] == TABLES[name].columns
    assert json.dumps(shipped.package).count("2026.11.0") >= 1
