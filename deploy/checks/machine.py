"""What runs on one machine: the image, compose, systemd."""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import yaml
from compose_spec import PyCompose

# On systemd's scale from 0 (nothing is exposed) to 10; most services as shipped have over 9.
EXPOSURE_MAX = 1.5
# What must stand in the unit whatever the sum of the rest.
ESSENTIAL = ["User=nexus", "NoNewPrivileges=yes", "CapabilityBoundingSet=", "ProtectSystem=strict", "ProtectHome=yes"]


def image(root: Path, findings: list[str]) -> str:
    path = root / "Containerfile"
    done = subprocess.run(["hadolint", "--no-color", str(path)], capture_output=True, text=True, check=False)
    said = (done.stdout + done.stderr).replace(f"{root}/", "")
    findings += [f"image: {line}" for line in said.splitlines() if line.strip()]
    text = path.read_text()
    final = text[text.rindex("\nFROM ") :]
    wanted = {
        "its user is a number other than 0": re.search(r"(?m)^USER (?!0)\d+:\d+$", final),
        "the toolchain is that of rust-toolchain.toml": f"FROM rust:{toolchain(root)}-" in text
        and f"RUSTUP_TOOLCHAIN={toolchain(root)}\n" in text,
        "it is the release profile, with the lock file": "cargo build --release --locked" in text,
    }
    findings += [f"image: not so: {what}" for what, holds in wanted.items() if not holds]
    for source in re.findall(r"(?m)^COPY (?!--from)(?:--\S+ )*(.+) \S+$", text):
        findings += [f"image: {one} is not there to be copied" for one in source.split() if not (root / one).exists()]
    kept = [line[1:] for line in (root / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    findings += [f"image: .dockerignore keeps {one}, which is not there" for one in kept if not (root / one).exists()]
    return f"hadolint has nothing to say, {len(wanted)} facts of our own hold"


def toolchain(root: Path) -> str:
    return re.search(r'channel = "(.+)"', (root / "rust-toolchain.toml").read_text())[1]


def compose(root: Path, findings: list[str]) -> str:
    text = (root / "deploy/compose.yaml").read_text()
    # Variables are filled in before the file is read, as compose does.
    filled = re.sub(r"\$\{\w+(?::-([^}]*)|:\?[^}]*)\}", lambda match: match[1] or "example", text)
    document = yaml.safe_load(filled)
    # YAML knows the merge key `<<`; the parser of compose files is given what it stands for.
    plain = yaml.safe_dump({key: value for key, value in document.items() if not key.startswith("x-")})
    try:
        PyCompose.from_yaml(plain).validate()
    except ValueError as error:
        findings.append(f"compose: {error}")
    services = document["services"]
    for name in ("nexus", "migrate"):
        for key, wanted in (("read_only", True), ("cap_drop", ["ALL"]), ("security_opt", ["no-new-privileges:true"])):
            if services[name].get(key) != wanted:
                findings.append(f"compose: {name}: {key} is not {wanted}")
    for name, service in services.items():
        if name not in ("nexus", "migrate") and not re.search(r":\d", service["image"]):
            findings.append(f"compose: {name}: the image has no version")
        findings += [
            f"compose: {name}: {port} is open to more than this machine"
            for port in service.get("ports", [])
            if not port.startswith("127.0.0.1:")
        ]
    if services["nexus"]["depends_on"]["migrate"]["condition"] != "service_completed_successfully":
        findings.append("compose: nexus does not wait for the migration")
    if services["objects"].get("profiles") != ["files"]:
        findings.append("compose: objects starts without `--profile files`, although only who names it in NEXUS_FILES uses it")
    for name in ("nexus", "migrate"):
        hidden = [other for other in services[name].get("depends_on", {}) if services[other].get("profiles")]
        findings += [f"compose: {name} waits for {other}, which starts with a profile alone" for other in hidden]
    return f"{len(services)} services are valid compose, and Nexus in them has no more rights than in the cluster"


def systemd(root: Path, findings: list[str]) -> str:
    folder = root / "deploy/systemd"
    environment(folder, findings)
    lines = (folder / "nexus.service").read_text().splitlines()
    findings += [f"systemd: the unit lacks {one}" for one in ESSENTIAL if one not in lines]
    if not shutil.which("systemd-analyze"):
        return "NOT CHECKED: there is no systemd-analyze here (Debian: apt-get install systemd)"
    with tempfile.TemporaryDirectory() as work:
        # The program it starts is not installed here; any other that is there stands for it.
        unit = Path(work) / "nexus.service"
        text = (folder / "nexus.service").read_text()
        unit.write_text(text.replace("ExecStart=/usr/local/bin/nexus serve", "ExecStart=/bin/true serve"))
        if "ExecStart=/bin/true serve" not in unit.read_text():
            findings.append("systemd: the unit does not start /usr/local/bin/nexus serve")
        verify = analyze("verify", "--man=no", str(unit))
        # An unknown key is said, and no failure of the program.
        findings += [f"systemd: {line}" for line in (verify.stdout + verify.stderr).splitlines() if line.strip()]
        if verify.returncode != 0:
            findings.append(f"systemd: verify ended with {verify.returncode}")
        security = analyze("security", "--offline=true", "--no-pager", str(unit))
        exposure = re.search(r"exposure level for nexus.service: ([\d.]+)", security.stdout)
        if not exposure or float(exposure[1]) > EXPOSURE_MAX:
            findings.append(f"systemd: the exposure is over {EXPOSURE_MAX}: {security.stdout[-300:]}{security.stderr}")
    users = subprocess.run(
        ["systemd-sysusers", "--dry-run", str(folder / "nexus.sysusers")], capture_output=True, text=True, check=False
    )
    if users.returncode != 0:
        findings.append(f"systemd: nexus.sysusers: {users.stderr}")
    return f"the unit verifies, its exposure is {exposure[1] if exposure else '?'} of 10, its user can be made"


def analyze(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["systemd-analyze", *words], capture_output=True, text=True, check=False)


def environment(folder: Path, findings: list[str]) -> None:
    for line in (folder / "nexus.env").read_text().splitlines():
        if line and not re.fullmatch(r"#?NEXUS_[A-Z_]+=\S+|# .+|#", line):
            findings.append(f"systemd: nexus.env: `{line}` sets nothing")
