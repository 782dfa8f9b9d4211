"""checkov over Terraform and the rendered manifests. What it may find is here, with the reason, and nothing else.

Terraform says its exceptions beside the resource (`#checkov:skip=ID:reason`); a chart's manifests are other people's
to read, so theirs are here.
"""

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import yaml

ACCEPTED = {
    "CKV_K8S_35": "Nexus takes the database's URL from its environment; a pod's is read by the pod alone",
    "CKV_K8S_15": "tags are not moved here, and a pod must start while the registry is down",
}
# Of sets of values alone that say why themselves.
ACCEPTED_OF = {
    "defaults": {"CKV_K8S_43": "a digest is known only after an image was built: image.digest"},
    "trial": {
        "CKV_K8S_43": "the trial's image was built on the machine and has no digest",
        "CKV2_K8S_6": "the trial has no network policy, as its values say",
    },
}


def check(root: Path, rendered: dict[str, list[dict]], findings: list[str]) -> str:
    checkov = shutil.which("checkov")
    if not checkov:
        findings.append("policies: checkov is not in PATH; `cargo xtask test deploy` installs it")
        return "not checked"
    with tempfile.TemporaryDirectory() as folder:
        for name, manifests in rendered.items():
            (Path(folder) / f"{name}.yaml").write_text(yaml.safe_dump_all(manifests))
        terraform = run(checkov, "terraform", root / "deploy/terraform")
        kubernetes = run(checkov, "kubernetes", Path(folder))
    used = set()
    for failed in terraform["results"]["failed_checks"]:
        findings.append(f"policies: {failed['check_id']} {failed['resource']}: {failed['check_name']}")
    for failed in kubernetes["results"]["failed_checks"]:
        name = Path(failed["file_path"]).stem
        if failed["check_id"] in ACCEPTED or failed["check_id"] in ACCEPTED_OF.get(name, {}):
            used.add(failed["check_id"])
        else:
            findings.append(f"policies: {failed['check_id']} {name}: {failed['resource']}: {failed['check_name']}")
    known = ACCEPTED.keys() | {one for accepted in ACCEPTED_OF.values() for one in accepted}
    findings += [f"policies: {one} is accepted and no longer found: delete it" for one in sorted(known - used)]
    for skipped in terraform["results"]["skipped_checks"]:
        if skipped["check_result"].get("suppress_comment") in (None, "", "No comment provided"):
            findings.append(f"policies: {skipped['check_id']} {skipped['resource']} is skipped without a reason")
    for what, report in (("terraform", terraform), ("kubernetes", kubernetes)):
        if report["summary"]["parsing_errors"] or report["summary"]["passed"] < 100:
            findings.append(f"policies: checkov did not read all of {what}: {report['summary']}")
    return (
        f"checkov: terraform {terraform['summary']['passed']} passed, "
        f"{terraform['summary']['skipped']} skipped with their reasons; manifests {kubernetes['summary']['passed']} "
        f"passed, {len(used)} kinds of findings accepted with their reasons"
    )


def run(checkov: str, framework: str, folder: Path) -> dict:
    """One framework's report. Nothing is downloaded: no modules, no guidelines."""
    command = [checkov, "--directory", str(folder), "--framework", framework, "--output", "json"]
    command += ["--skip-download", "--download-external-modules", "false", "--soft-fail"]
    environment = {**os.environ, "LOG_LEVEL": "ERROR"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode != 0:
        raise SystemExit(f"checkov failed: {done.stderr or done.stdout}")
    return json.loads(done.stdout)
