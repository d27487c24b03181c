from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.deploy.fleet import Fleet


@pytest.fixture(scope="session")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    """Three replicas behind the shipped proxy, shared by all tests; a test that ends one starts it again."""
    with Fleet(tmp_path_factory.mktemp("nginx")) as one:
        yield one
