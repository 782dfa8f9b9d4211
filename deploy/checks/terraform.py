"""Terraform: parsed, every variable explained and documented, and alarms on figures that Nexus has."""

import re
from pathlib import Path

import hcl2
import yaml

FOLDER = "deploy/terraform"


def check(root: Path, findings: list[str]) -> str:
    folder = root / FOLDER
    blocks: dict[str, list[dict]] = {}
    files = sorted(folder.glob("*.tf"))
    for file in files:
        try:
            parsed = hcl2.loads(file.read_text())
        except Exception as error:  # The parser has no error of its own.
            findings.append(f"terraform: {file.name} does not parse: {error}")
            continue
        for kind, found in parsed.items():
            blocks.setdefault(kind, []).extend(found)
    variables = named(blocks["variable"])
    outputs = named(blocks["output"])
    for what, wanted, blocks_of in (
        ("variable", "description", variables),
        ("variable", "type", variables),
        ("output", "description", outputs),
    ):
        lacking = [name for name, one in blocks_of.items() if not one.get(wanted)]
        findings += [f"terraform: the {what} {name} has no {wanted}" for name in lacking]
    documented(folder, variables, findings)
    references(folder, blocks, findings)
    alarms = figures(root, folder, findings)
    return (
        f"{len(files)} files parsed, {len(blocks['resource'])} resources, {len(variables)} variables described and in "
        f"the README, {alarms} alarms on figures that Nexus has"
    )


def named(blocks: list[dict]) -> dict[str, dict]:
    return {name.strip('"'): body for block in blocks for name, body in block.items() if not name.startswith("__")}


def documented(folder: Path, variables: dict[str, dict], findings: list[str]) -> None:
    """The README's table has each variable with its default, and none that is gone."""
    rows = dict(re.findall(r"^\| `(\w+)` \| (.+?) \|", (folder / "README.md").read_text(), re.MULTILINE))
    findings += [f"terraform: README.md has no row for {name}" for name in variables.keys() - rows.keys()]
    findings += [f"terraform: README.md has a row for {name}, no variable" for name in rows.keys() - variables.keys()]
    for name in variables.keys() & rows.keys():
        if ("default" not in variables[name]) != (rows[name] == "needed"):
            findings.append(f"terraform: README.md and variables.tf do not agree whether {name} is needed")
        default = variables[name].get("default")
        plain = str(default).lower() if isinstance(default, bool) else str(default).strip('"')
        if isinstance(default, (bool, int, str)) and rows[name] != (f"`{plain}`" if plain else "empty"):
            findings.append(f"terraform: README.md says {rows[name]} of {name}, variables.tf {plain!r}")


def references(folder: Path, blocks: dict[str, list[dict]], findings: list[str]) -> None:
    """Every var, local, resource and data source that is used is declared, and every variable is used."""
    text = "\n".join(re.sub(r"(?m)^\s*#.*$", "", file.read_text()) for file in sorted(folder.glob("*.tf")))
    declared = {f"var.{name}" for name in named(blocks["variable"])}
    declared |= {f"local.{name}" for block in blocks["locals"] for name in block if not name.startswith("__")}
    for kind, prefix in (("resource", ""), ("data", "data."), ("ephemeral", "ephemeral.")):
        for type_name, inner in ((t, i) for block in blocks[kind] for t, i in block.items() if not t.startswith("__")):
            declared |= {f"{prefix}{type_name.strip(chr(34))}.{name.strip(chr(34))}" for name in inner}
    used = set(re.findall(r"\b(?:var|local)\.\w+", text))
    used |= {match for match in re.findall(r"(?<![\w.\"])(?:data\.|ephemeral\.)?(?:aws|random)_\w+\.\w+", text)}
    findings += [f"terraform: {one} is used and not declared" for one in sorted(used - declared)]
    unused = {one for one in declared if one.startswith(("var.", "local."))} - used
    findings += [f"terraform: {one} is declared and not used" for one in sorted(unused)]


def figures(root: Path, folder: Path, findings: list[str]) -> int:
    """Rules and collector are YAML, and each figure in an expression is one that the server writes."""
    scrape = yaml.safe_load((folder / "scrape.yaml").read_text())
    if [job["job_name"] for job in scrape["scrape_configs"]] != ["nexus"]:
        findings.append("terraform: scrape.yaml has not the one job that rules.yaml speaks of")
    source = "\n".join(file.read_text() for file in (root / "crates/server/src").rglob("*.rs"))
    groups = yaml.safe_load((folder / "rules.yaml").read_text())["groups"]
    rules = [rule for group in groups for rule in group["rules"]]
    for rule in rules:
        # Names before a selector or a range, and those that are an operand by themselves.
        for figure in re.findall(r"\b([a-z]+_[a-z_]+)\b(?=\{|\[|\))", re.sub(r"by \([^)]*\)", "", rule["expr"])):
            plain = re.sub(r"_(sum|count)$", "", figure)
            if f'"{plain}"' not in source and f'"{figure}"' not in source:
                findings.append(f"terraform: rules.yaml: {rule['alert']}: Nexus does not measure {figure}")
    return len(rules)
