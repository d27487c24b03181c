"""The files of deploy/ keep what they promise, as far as that can be seen without a container."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from tests.deploy.fleet import DEPLOY, command
from tests.serving import ROOT

MANIFESTS = sorted((DEPLOY / "kubernetes").glob("*.yaml"))
BIN = Path(sys.executable).parent
_NOT_IN_THE_IMAGE = ("tests", "docs", "deploy", "data/build", ".git", ".venv")
_IMPORT_ALL = ("import app, importlib, pkgutil, components, data\n"
               "for package in components, data:\n"
               "    for found in pkgutil.walk_packages(package.__path__, package.__name__ + '.'):\n"
               "        found.name == 'components.shell' or importlib.import_module(found.name)\n")


def _objects() -> list[dict[str, Any]]:
    return [found for file in MANIFESTS if file.name != "kustomization.yaml"
            for found in yaml.safe_load_all(file.read_text())]


def _object(kind: str) -> dict[str, Any]:
    return next(found for found in _objects() if found["kind"] == kind)


def _services() -> dict[str, dict[str, Any]]:
    services: dict[str, dict[str, Any]] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]
    return services


def _run(*words: str | Path) -> None:
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr


def test_hadolint_has_nothing_to_say_of_the_dockerfile() -> None:
    _run(BIN / "hadolint", "--config", os.devnull, "--disable-ignore-pragma", "--failure-threshold", "style",
         DEPLOY / "Dockerfile")


def test_the_image_holds_all_that_runs_and_nothing_else(tmp_path: Path) -> None:
    _copy_context(tmp_path)
    assert not [name for name in _NOT_IN_THE_IMAGE if (tmp_path / name).exists()]
    assert (tmp_path / ".streamlit/config.toml").exists()
    done = subprocess.run([sys.executable, "-c", _IMPORT_ALL], cwd=tmp_path, capture_output=True, text=True, timeout=90,
                          env=os.environ | {"PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"})
    assert done.returncode == 0, done.stderr


def _copy_context(target: Path) -> None:
    """Copy what the ignore file lets through: whole names at the root, without the paths that it takes out again."""
    lines = [line for line in (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines() if line[:1] != "#"]
    assert lines[0] == "*"
    kept = [line[1:] for line in lines if line.startswith("!") and "/" not in line]
    for name in kept:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, target / name)
    for line in lines[1:]:
        if not line.startswith("!"):
            for path in list(target.glob(line)):
                if f"!{path.relative_to(target)}" not in lines:
                    shutil.rmtree(path) if path.is_dir() else path.unlink()


def test_compose_is_what_its_schema_says() -> None:
    _run(BIN / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", DEPLOY / "compose.yaml")


@pytest.mark.parametrize("name", _services())
def test_every_container_is_read_only_without_rights_and_with_limits(name: str) -> None:
    service = _services()[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert set(service["deploy"]["resources"]["limits"]) == {"cpus", "memory", "pids"}
    assert ("ports" in service) == (name == "proxy")


def test_the_proxy_knows_every_replica_and_no_other() -> None:
    named = re.findall(r"^server ([\w-]+):8501 resolve", (DEPLOY / "replicas.conf").read_text(), re.MULTILINE)
    assert named == [name for name in _services() if name != "proxy"]
    assert list(_services()["proxy"]["depends_on"]) == named


def test_nginx_takes_the_configuration(tmp_path: Path) -> None:
    _run(*command(tmp_path, 8080, [8501, 8502, 8503]), "-t")


@pytest.mark.parametrize("found", _objects(), ids=lambda found: f"{found['kind']}-{found['metadata']['name']}")
def test_a_manifest_is_what_kubernetes_takes(found: dict[str, Any]) -> None:
    kubernetes_validate.validate(found, "1.37", strict=True)


def test_kustomize_applies_every_manifest() -> None:
    listed = yaml.safe_load((DEPLOY / "kubernetes/kustomization.yaml").read_text())["resources"]
    assert listed == [file.name for file in MANIFESTS if file.name != "kustomization.yaml"]


def test_a_pod_keeps_the_restricted_standard() -> None:
    pod = _object("Deployment")["spec"]["template"]["spec"]
    container, = pod["containers"]
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert container["securityContext"] == {"allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True,
                                            "capabilities": {"drop": ["ALL"]}}
    assert f"USER {pod['securityContext']['runAsUser']}:" in (DEPLOY / "Dockerfile").read_text()


def test_every_selector_finds_the_pods() -> None:
    labels = _object("Deployment")["spec"]["template"]["metadata"]["labels"]
    assert _object("Service")["spec"]["selector"] == labels
    assert _object("Deployment")["spec"]["selector"]["matchLabels"] == labels
    assert _object("PodDisruptionBudget")["spec"]["selector"]["matchLabels"] == labels
    spread = _object("Deployment")["spec"]["template"]["spec"]["topologySpreadConstraints"]
    assert all(one["labelSelector"]["matchLabels"] == labels for one in spread)


def test_every_probe_asks_whether_the_dataset_answers() -> None:
    container, = _object("Deployment")["spec"]["template"]["spec"]["containers"]
    probes = [container[name] for name in ("startupProbe", "readinessProbe", "livenessProbe")]
    assert [probe["httpGet"] for probe in probes] == [{"path": "/healthz", "port": "http"}] * 3
    assert "'/healthz'" in re.search(r"HEALTHCHECK(.*\\\n)*.*", (DEPLOY / "Dockerfile").read_text())[0]


def test_the_numbers_of_a_pod_are_denied_to_all_outside() -> None:
    denied, = (found for found in _objects() if found["metadata"]["name"] == "atlas-metrics")
    assert denied["metadata"]["annotations"]["nginx.ingress.kubernetes.io/denylist-source-range"] == "0.0.0.0/0,::/0"
    paths = [path["path"] for rule in denied["spec"]["rules"] for path in rule["http"]["paths"]]
    assert paths == ["/metrics", "/_stcore/metrics"]
