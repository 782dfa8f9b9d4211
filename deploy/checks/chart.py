"""The chart: linted, rendered with several sets of values, and refusing what it must refuse."""

from pathlib import Path

import helm_python as helm
import yaml

CHART = "deploy/helm/nexus"
NAMESPACE = "nexus"
# The oldest that Chart.yaml admits, and the newest that kubernetes-validate knows.
OLDEST, NEWEST = "1.30", "1.37"

# What the linter says and we leave as it is, each with the reason.
ACCEPTED = {"icon is recommended": "the chart is not offered in a catalogue that shows icons"}

# Values that must not render, and what the refusal must name.
REFUSED = [
    ({"imag": {}}, "imag"),
    ({"image": {"digest": "latest"}}, "digest"),
    ({"database": {"url": "sqlite:data"}}, "url"),
    ({"env": {"NEXUS_DATABASE": "postgres://elsewhere/nexus"}}, "NEXUS_DATABASE"),
    ({"env": {"NEXUS_NATS": "nats://elsewhere:4222"}}, "NEXUS_NATS"),
    ({"env": {"NEXUS_MAIL": "smtp://elsewhere"}}, "NEXUS_MAIL"),
    ({"mail": {"existingSecret": "mail"}, "publicUrl": "https://nexus.example.com"}, "mail.from"),
    ({"mail": {"existingSecret": "mail", "from": "nexus@example.com"}}, "publicUrl"),
    ({"env": {"NEXUS_WAITING_MAX": 4096}}, "NEXUS_WAITING_MAX"),
    ({"appSets": {"Main": {"apps": []}}}, "Main"),
    ({"appSets": {"main": None}}, "at least one set of apps"),
    ({"appSets": {"main": {"apps": ["crm"]}}, "ingress": {"enabled": True}}, "exactly one set must run all apps"),
    ({"appSets": {"a": {"apps": ["crm"]}, "b": {"apps": ["crm"]}}, "ingress": {"enabled": True}}, "crm is in the sets"),
    ({"networkPolicy": {"allowFrom": []}}, "allowFrom"),
]


def value_sets(root: Path) -> dict[str, dict]:
    """The defaults and every file under ci/."""
    files = sorted((root / CHART / "ci").glob("*-values.yaml"))
    sets = {file.name.removesuffix("-values.yaml"): yaml.safe_load(file.read_text()) for file in files}
    return {"defaults": {}, **sets}


def render(root: Path, findings: list[str]) -> dict[str, list[dict]]:
    """The manifests of each set of values."""
    rendered: dict[str, list[dict]] = {}
    with helm.Chart.load(root / CHART) as chart:
        for name, values in value_sets(root).items():
            try:
                # A release each, so that checkov does not take one set's network policy for another's.
                files = chart.render(values, name=f"nexus-{name}", namespace=NAMESPACE)
            except helm.HelmError as error:
                findings.append(f"chart: {name} does not render: {error}")
                continue
            manifests = (text for path, text in files.items() if not path.endswith(".txt"))
            rendered[name] = [one for text in manifests for one in yaml.safe_load_all(text) if one]
    return rendered


def beside(root: Path) -> list[dict]:
    """The manifests that go into the cluster before the chart."""
    files = sorted((root / "deploy/terraform/kubernetes").glob("*.yaml"))
    return [one for file in files for one in yaml.safe_load_all(file.read_text()) if one]


def check(root: Path, findings: list[str]) -> str:
    sets = value_sets(root)
    for name, values in sets.items():
        for version in (OLDEST, NEWEST):
            report = helm.lint(
                root / CHART, values, strict=True, namespace=NAMESPACE, kube_version=f"v{version}.0"
            )
            said = [message["error"] for message in report["messages"]] + report["errors"]
            findings += [f"chart: lint of {name}: {text}" for text in said if text not in ACCEPTED]
    for values, reason in REFUSED:
        refuse(root, values, reason, findings)
    versions(root, findings)
    return (
        f"{len(sets)} sets of values ({', '.join(sets)}) linted strictly for Kubernetes {OLDEST} and {NEWEST} "
        f"and rendered, {len(REFUSED)} refused as they must be"
    )


def refuse(root: Path, values: dict, reason: str, findings: list[str]) -> None:
    with helm.Chart.load(root / CHART) as chart:
        try:
            chart.validate_schema(chart.merge_values(values))
            chart.render(values, name="nexus", namespace=NAMESPACE)
        except helm.HelmError as error:
            if reason not in str(error):
                findings.append(f"chart: {values} is refused without naming `{reason}`: {error}")
            return
    findings.append(f"chart: {values} renders, and must be refused")


def versions(root: Path, findings: list[str]) -> None:
    """The chart installs the version that the workspace builds."""
    with helm.Chart.load(root / CHART) as chart:
        version = chart.metadata["appVersion"]
    if f'\nversion = "{version}"\n' not in (root / "Cargo.toml").read_text():
        findings.append(f"chart: appVersion {version} is not the version in Cargo.toml")
