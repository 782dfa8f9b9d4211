"""The rendered manifests: against Kubernetes' own schemas, and against what we hold ourselves to."""

import copy
from collections.abc import Callable

import kubernetes_validate

from .chart import NEWEST, OLDEST

# Kinds that operators bring; Kubernetes' schemas do not have them. Their shape is checked below as far as it matters.
FOREIGN = {
    ("monitoring.coreos.com/v1", "ServiceMonitor"),
    ("eks.amazonaws.com/v1", "TargetGroupBinding"),
}

# Values without a network policy, on purpose.
WITHOUT_POLICY = {"trial"}

# What a manifest carries out: the value set's name, its manifests, and where to put what was found.
Rule = Callable[[str, list[dict], list[str]], None]


def check(rendered: dict[str, list[dict]], beside: list[dict], findings: list[str]) -> str:
    count = len(beside)
    for manifest in beside:
        schema("beside the chart", manifest, findings)
    for name, manifests in rendered.items():
        for manifest in manifests:
            count += 1
            schema(name, manifest, findings)
        for rule in RULES:
            rule(name, manifests, findings)
    # Only sound manifests can be spoilt in one place alone.
    tried = 0 if findings else vacuous(rendered["ingress"], findings)
    return (
        f"{count} manifests valid for Kubernetes {OLDEST} and {NEWEST}, {len(RULES)} rules of our own hold, "
        f"{tried} manifests spoilt on purpose were found"
    )


def schema(name: str, manifest: dict, findings: list[str]) -> None:
    if (manifest["apiVersion"], manifest["kind"]) in FOREIGN:
        return
    for version in (OLDEST, NEWEST):
        try:
            kubernetes_validate.validate(manifest, version, strict=True)
        except kubernetes_validate.ValidationError as error:
            where = ".".join(str(step) for step in error.path)
            findings.append(f"manifests: {label(name, manifest)}, Kubernetes {version}: {where}: {error.message}")
        except kubernetes_validate.SchemaNotFoundError as error:
            findings.append(f"manifests: {label(name, manifest)}: {error.message}")


def label(name: str, manifest: dict) -> str:
    return f"{name}: {manifest['kind']} {manifest['metadata']['name']}"


def of(manifests: list[dict], kind: str) -> list[dict]:
    return [manifest for manifest in manifests if manifest["kind"] == kind]


def workloads(manifests: list[dict]) -> list[dict]:
    """Everything that has pods."""
    return [manifest for manifest in manifests if "template" in manifest.get("spec", {})]


def selects(selector: dict, labels: dict) -> bool:
    return selector.items() <= labels.items()


def unprivileged(name: str, manifests: list[dict], findings: list[str]) -> None:
    """No container is root, may become it, or writes to its image; no pod has a token for Kubernetes."""
    for workload in workloads(manifests):
        pod = workload["spec"]["template"]["spec"]
        around = pod.get("securityContext", {})
        wanted = {
            "runAsNonRoot": around.get("runAsNonRoot") is True,
            "runAsUser": around.get("runAsUser", 0) >= 10000,
            "seccompProfile": around.get("seccompProfile") == {"type": "RuntimeDefault"},
            "automountServiceAccountToken": pod.get("automountServiceAccountToken") is False,
            "enableServiceLinks": pod.get("enableServiceLinks") is False,
        }
        for container in pod["containers"] + pod.get("initContainers", []):
            inside = container.get("securityContext", {})
            wanted |= {
                f"{container['name']}: readOnlyRootFilesystem": inside.get("readOnlyRootFilesystem") is True,
                f"{container['name']}: allowPrivilegeEscalation": inside.get("allowPrivilegeEscalation") is False,
                f"{container['name']}: capabilities": inside.get("capabilities") == {"drop": ["ALL"]},
                f"{container['name']}: limits": {"cpu", "memory"} <= container["resources"]["limits"].keys(),
            }
        findings += [f"manifests: {label(name, workload)}: {what}" for what, holds in wanted.items() if not holds]


def served(name: str, manifests: list[dict], findings: list[str]) -> None:
    """Each Deployment has probes at the routes there are, one budget, one Service, and replicas from one source."""
    for deployment in of(manifests, "Deployment"):
        labels = deployment["spec"]["template"]["metadata"]["labels"]
        container = deployment["spec"]["template"]["spec"]["containers"][0]
        paths = {"startupProbe": "/healthz", "livenessProbe": "/healthz", "readinessProbe": "/readyz"}
        for probe, path in paths.items():
            if container.get(probe, {}).get("httpGet") != {"path": path, "port": "http"}:
                findings.append(f"manifests: {label(name, deployment)}: {probe} does not ask {path}")
        budgets = [
            budget["spec"]
            for budget in of(manifests, "PodDisruptionBudget")
            if selects(budget["spec"]["selector"]["matchLabels"], labels)
        ]
        if len(budgets) != 1 or budgets[0].get("maxUnavailable") != 1:
            findings.append(f"manifests: {label(name, deployment)}: not one disruption budget that lets one pod go")
        services = [one for one in of(manifests, "Service") if "selector" in one["spec"]]
        if [selects(one["spec"]["selector"], labels) for one in services].count(True) != 1:
            findings.append(f"manifests: {label(name, deployment)}: not one Service selects it")
        scalers = of(manifests, "HorizontalPodAutoscaler")
        scaled = [one for one in scalers if one["spec"]["scaleTargetRef"]["name"] == deployment["metadata"]["name"]]
        if len(scaled) > 1 or bool(scaled) == ("replicas" in deployment["spec"]):
            findings.append(f"manifests: {label(name, deployment)}: replicas are of both or of neither of two sources")


def migrated(name: str, manifests: list[dict], findings: list[str]) -> None:
    """The migration comes before everything else, and what it needs comes before it."""
    jobs = of(manifests, "Job")
    jobs = [job for job in jobs if job["spec"]["template"]["spec"]["containers"][0]["args"] == ["migrate"]]
    if len(jobs) != 1:
        findings.append(f"manifests: {name}: not one migration")
        return
    both = {"pre-install", "pre-upgrade"}
    if not hook(jobs[0]) or hook(jobs[0])[0] != frozenset(both):
        findings.append(f"manifests: {label(name, jobs[0])}: it does not run before installation and upgrade")
        return
    for manifest in manifests:
        stages, weight = hook(manifest) or (frozenset(both), -1)
        if manifest is not jobs[0] and (stages != frozenset(both) or weight >= hook(jobs[0])[1]):
            findings.append(f"manifests: {label(name, manifest)}: it is not there before the migration")
    pod = jobs[0]["spec"]["template"]["spec"]
    if pod.get("serviceAccountName") or any(one["name"] == "NEXUS_APPS" for one in pod["containers"][0]["env"]):
        findings.append(f"manifests: {label(name, jobs[0])}: it needs what is not there yet, or leaves out apps")
    secrets = {secret["metadata"]["name"]: secret for secret in of(manifests, "Secret")}
    for variable in pod["containers"][0]["env"]:
        made = secrets.get(variable.get("valueFrom", {}).get("secretKeyRef", {}).get("name"))
        if made and not hook(made):
            findings.append(f"manifests: {label(name, made)}: the migration needs it before it is made")


def hook(manifest: dict) -> tuple[frozenset[str], int] | None:
    notes = manifest["metadata"].get("annotations", {})
    if "helm.sh/hook" not in notes:
        return None
    return frozenset(notes["helm.sh/hook"].split(",")), int(notes.get("helm.sh/hook-weight", 0))


def closed(name: str, manifests: list[dict], findings: list[str]) -> None:
    """One policy denies everything to all pods; what another allows has an end: a peer or a port."""
    if name in WITHOUT_POLICY:
        return
    policies = [policy["spec"] for policy in of(manifests, "NetworkPolicy")]
    denies = [
        policy["podSelector"]["matchLabels"]
        for policy in policies
        if set(policy["policyTypes"]) == {"Ingress", "Egress"} and not {"ingress", "egress"} & policy.keys()
    ]
    for workload in workloads(manifests):
        labels = workload["spec"]["template"]["metadata"]["labels"]
        if not any(selects(selector, labels) for selector in denies):
            findings.append(f"manifests: {label(name, workload)}: no network policy denies by default")
    for policy in policies:
        for rule in policy.get("ingress", []):
            if not rule.get("from") or rule.get("ports") != [{"protocol": "TCP", "port": "http"}]:
                findings.append(f"manifests: {name}: a network policy lets in more than HTTP from someone")
        for rule in policy.get("egress", []):
            if not rule.get("ports"):
                findings.append(f"manifests: {name}: a network policy lets out to every port")


def routed(name: str, manifests: list[dict], findings: list[str]) -> None:
    """Every path leads to a Service that is there; figures lead to none with pods, all else to the set of all apps."""
    services = {service["metadata"]["name"]: service["spec"] for service in of(manifests, "Service")}
    for ingress in of(manifests, "Ingress"):
        for rule in ingress["spec"]["rules"]:
            backends = {path["path"]: path["backend"]["service"]["name"] for path in rule["http"]["paths"]}
            for path, service in backends.items():
                if service not in services:
                    findings.append(f"manifests: {label(name, ingress)}: {path} leads to {service}, which is not there")
            if "selector" in services.get(backends.get("/metrics"), {"selector": {}}):
                findings.append(f"manifests: {label(name, ingress)}: /metrics can be reached from outside")
            for deployment in of(manifests, "Deployment"):
                pod = deployment["spec"]["template"]
                everything = "NEXUS_APPS" not in {one["name"] for one in pod["spec"]["containers"][0]["env"]}
                chosen = selects(services[backends["/"]].get("selector", {"": ""}), pod["metadata"]["labels"])
                if chosen and not everything:
                    findings.append(f"manifests: {label(name, ingress)}: / leads to a set that lacks apps")


def bound(name: str, manifests: list[dict], findings: list[str]) -> None:
    """What operators' kinds refer to is there."""
    services = {service["metadata"]["name"]: service for service in of(manifests, "Service")}
    for binding in of(manifests, "TargetGroupBinding"):
        if binding["spec"]["serviceRef"]["name"] not in services:
            findings.append(f"manifests: {label(name, binding)}: its Service is not there")
    for monitor in of(manifests, "ServiceMonitor"):
        selector = monitor["spec"]["selector"]["matchLabels"]
        if not any(selects(selector, service["metadata"]["labels"]) for service in services.values()):
            findings.append(f"manifests: {label(name, monitor)}: it selects no Service")


RULES: list[Rule] = [unprivileged, served, migrated, closed, routed, bound]


def vacuous(manifests: list[dict], findings: list[str]) -> int:
    """Each rule finds what it is there for: a sound set of manifests is spoilt in one place and must be found."""

    def pod(kind: str) -> Callable[[list[dict]], dict]:
        return lambda them: of(them, kind)[0]["spec"]["template"]["spec"]

    def main(them: list[dict]) -> dict:
        named = {one["metadata"]["name"]: one for one in of(them, "Deployment")}
        return next(one for name, one in named.items() if name.endswith("-main"))["spec"]["template"]["spec"]

    def without(*kinds: str) -> Callable[[list[dict]], None]:
        return lambda them: them.__setitem__(slice(None), [one for one in them if one["kind"] not in kinds])

    spoilt: list[tuple[Rule, Callable[[list[dict]], object]]] = [
        (unprivileged, lambda them: pod("Deployment")(them)["securityContext"].pop("runAsNonRoot")),
        (unprivileged, lambda them: pod("Job")(them)["containers"][0]["securityContext"].pop("capabilities")),
        (unprivileged, lambda them: pod("Job")(them).pop("automountServiceAccountToken")),
        (served, lambda them: pod("Deployment")(them)["containers"][0].pop("readinessProbe")),
        (served, without("PodDisruptionBudget")),
        (served, without("Service")),
        (served, lambda them: of(them, "Deployment")[0]["spec"].pop("replicas")),
        (migrated, without("Job")),
        (migrated, lambda them: of(them, "Job")[0]["metadata"].pop("annotations")),
        (migrated, lambda them: pod("Job")(them).__setitem__("serviceAccountName", "nexus")),
        (closed, without("NetworkPolicy")),
        (closed, lambda them: of(them, "NetworkPolicy")[0]["spec"].__setitem__("egress", [{}])),
        (closed, lambda them: of(them, "NetworkPolicy")[1]["spec"]["ingress"][0].pop("from")),
        (closed, lambda them: of(them, "NetworkPolicy")[1]["spec"]["egress"][0].pop("ports")),
        (routed, lambda them: of(them, "Ingress")[0]["spec"]["rules"][0]["http"]["paths"].pop(0)),
        (routed, lambda them: main(them)["containers"][0]["env"].append({"name": "NEXUS_APPS", "value": "crm"})),
    ]
    for rule, spoil in spoilt:
        bad, found = copy.deepcopy(manifests), []
        spoil(bad)
        rule("spoilt", bad, found)
        if not found:
            findings.append(f"manifests: the rule {rule.__name__} did not find what was spoilt for it")
    return len(spoilt)
