"""What is deployed is what the binary has: each variable that is set, and each command that is run."""

import re
from pathlib import Path

import yaml


def check(root: Path, rendered: dict[str, list[dict]], findings: list[str]) -> str:
    source = "\n".join(file.read_text() for file in sorted(root.glob("crates/*/src/**/*.rs")))
    containers = [
        container
        for manifests in rendered.values()
        for manifest in manifests
        for container in manifest.get("spec", {}).get("template", {}).get("spec", {}).get("containers", [])
    ]
    services = yaml.safe_load((root / "deploy/compose.yaml").read_text())["services"].values()
    services = [service for service in services if service["image"].startswith("nexus:")]
    image = (root / "Containerfile").read_text()
    unit = (root / "deploy/systemd/nexus.service").read_text()
    notes = (root / "deploy/helm/nexus/templates/NOTES.txt").read_text()

    names = {variable["name"] for container in containers for variable in container["env"]}
    names |= {name for service in services for name in service["environment"]}
    names |= set(re.findall(r"(?m)^#?(NEXUS_[A-Z_]+)=", (root / "deploy/systemd/nexus.env").read_text()))
    names |= set(re.findall(r"\b(NEXUS_[A-Z_]+)=", image + unit))
    for name in sorted(names):
        if f'"{name}"' not in source:
            findings.append(f"flags: {name} is set, and nothing in crates/ reads it")

    commands = {container["args"][0] for container in containers}
    commands |= {service["command"][0] for service in services if "command" in service}
    commands |= set(re.findall(r'CMD \["(\w+)"', image) + re.findall(r"ExecStart=\S+ (\w+)", unit))
    commands |= set(re.findall(r"(?m)^ +nexus (\w+)", notes))
    for name in sorted(commands):
        if not (root / f"crates/nexus/src/commands/{name}.rs").exists():
            findings.append(f"flags: `nexus {name}` is run, and crates/nexus/src/commands has no {name}.rs")
    return f"{len(names)} variables that are set and {len(commands)} commands that are run are the binary's"
