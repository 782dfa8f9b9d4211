"""Writes the typed part of the client from an OpenAPI document: `generate.py DOCUMENT FOLDER`.

It makes two modules, the schemas as typed dictionaries and a method for each operation. The generators there are make a
module for each of both, a thousand files and more for this document, and need packages at run time.
"""

import json
import keyword
import pathlib
import sys
import textwrap

HEAD = '"""{about} Written by generate.py from the OpenAPI document: change what is declared, not this."""\n'
#: Schemas that a method of its own asks for, or a setting of the client.
LEFT_OUT = {"Preview", "Csrf", "Company"}
METHODS = ("get", "post", "patch", "delete")


def union(kinds):
    """Kinds as one, each once and None last."""
    ordered = list(dict.fromkeys(kinds))
    return " | ".join([kind for kind in ordered if kind != "None"] + ["None"] * ("None" in ordered)) or "Any"


def kind(schema):
    """The Python type of a value."""
    if "$ref" in schema:
        return schema["$ref"].rsplit("/", 1)[1]
    for several in ("anyOf", "oneOf"):
        if several in schema:
            return union(kind(one) for one in schema[several])
    if "allOf" in schema and len(schema["allOf"]) == 1:
        return kind(schema["allOf"][0])
    if "const" in schema:
        return f"Literal[{schema['const']!r}]"
    if "enum" in schema:
        values = [value for value in schema["enum"] if value is not None]
        return union([f"Literal[{', '.join(map(repr, values))}]"] + ["None"] * (None in schema["enum"]))
    names = schema.get("type", "any")
    return union(plain(name, schema) for name in (names if isinstance(names, list) else [names]))


def plain(name, schema):
    """The Python type of a value of one JSON type."""
    if name == "array":
        return f"list[{kind(schema.get('items', {}))}]"
    if name == "object":
        members = schema.get("properties", {})
        if {"data", "next"} <= members.keys() and "items" in members["data"]:
            return f"Page[{kind(members['data']['items'])}]"
        return "dict[str, Any]"
    return {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}.get(name, "Any")


def schemas(document):
    """A typed dictionary for each schema; one that is no object of named members is an alias."""
    yield HEAD.format(about="What goes in and what comes out.")
    yield "from __future__ import annotations\n\nfrom typing import Any, Generic, Literal, Required, TypeAlias, TypedDict, TypeVar\n"
    yield 'T = TypeVar("T")\n\n'
    yield "class Page(TypedDict, Generic[T], total=False):\n"
    yield '    """Records, and the `after` of the next page."""\n'
    yield "    data: Required[list[T]]\n    next: Required[str | None]\n    count: int\n"
    aliases = []
    for name, schema in sorted(document["components"]["schemas"].items()):
        members = schema.get("properties")
        if not members or "anyOf" in schema:
            aliases.append(f"{name}: TypeAlias = {kind(schema)!r}")
            continue
        required = schema.get("required", [])
        lines = [
            (member, f"Required[{kind(of)}]" if member in required else kind(of)) for member, of in members.items()
        ]
        about = doc(schema.get("description", ""), 4)
        yield "\n"
        if all(member.isidentifier() and not keyword.iskeyword(member) for member in members):
            yield f"class {name}(TypedDict, total=False):\n{about}"
            yield from (f"    {member}: {of}\n" for member, of in lines)
        else:
            yield f'{name} = TypedDict("{name}", {{\n'
            yield from (f'    "{member}": {of!r},\n' for member, of in lines)
            yield "}, total=False)\n"
    if aliases:
        yield "\n" + "\n".join(aliases) + "\n"


def doc(text, indent):
    """A docstring; nothing where there is nothing to say."""
    text = " ".join(text.split()).replace("\\", "\\\\").replace('"""', "'''")
    if not text:
        return ""
    pad = " " * indent
    if text.endswith('"'):
        text += " "
    body = textwrap.fill(f'"""{text}', 118, initial_indent=pad, subsequent_indent=pad, break_long_words=False)
    return f'{body}"""\n'


def parameters(document, operation):
    """The parameters that a caller gives, by place."""
    places = {"path": [], "query": [], "header": []}
    for parameter in operation.get("parameters", []):
        if "$ref" in parameter:
            name = parameter["$ref"].rsplit("/", 1)[1]
            if name in LEFT_OUT:
                continue
            parameter = document["components"]["parameters"][name]
        places[parameter["in"]].append(parameter)
    return places


def python_name(name):
    """A parameter's name as Python has it: `Idempotency-Key` is `idempotency_key`, `from` is `from_`."""
    name = name.replace("-", "_").lower()
    return name + "_" if keyword.iskeyword(name) else name


def answer(operation):
    """What an operation answers when nothing is refused, a preview left out, and whether it is JSON."""
    kinds = []
    for status, reply in sorted(operation["responses"].items()):
        if not status.startswith("2") or "$ref" in reply:
            continue
        content = reply.get("content", {})
        if "application/json" in content:
            kinds += kind(content["application/json"]["schema"]).split(" | ")
        elif content:
            return "bytes"
        else:
            kinds.append("None")
    kept = [one for one in kinds if one != "Preview"]
    return union(kept) if kept else "None"


def method(document, path, verb, operation):
    """One operation as a method."""
    places = parameters(document, operation)
    body = operation.get("requestBody", {})
    content = body.get("content", {})
    must, may, optional = ["self"] + [f"{python_name(one['name'])}: str" for one in places["path"]], [], []
    if "application/json" in content:
        of = kind(content["application/json"]["schema"])
        if body.get("required"):
            must.append(f"body: {of}")
        else:
            optional = [f"body: {of} | None = None"]
    elif "multipart/form-data" in content:
        must.append("form: Mapping[str, str | tuple[str, bytes]]")
    for one in places["query"] + places["header"]:
        name, of = python_name(one["name"]), kind(one["schema"]).removesuffix(" | None")
        (must if one.get("required") else may).append(f"{name}: {of}" + ("" if one.get("required") else " | None = None"))
    # What must be there comes first, all but the path and the body by name.
    named = [one for one in must if one.split(":")[0] not in {"self", "body", "form"}][len(places["path"]):]
    first = [one for one in must if one not in named]
    signature = ", ".join(first + optional + (["*"] if named or may else []) + named + may)
    for one in places["path"]:
        path = path.replace("{" + one["name"] + "}", "{quote(" + python_name(one["name"]) + ')}')
    handed = [f'"{verb.upper()}"', f'f"{path}"' if places["path"] else f'"{path}"']
    for place in ("query", "header"):
        if places[place]:
            given = ", ".join(f'"{one["name"]}": {python_name(one["name"])}' for one in places[place])
            handed.append(f"{place}={{{given}}}")
    handed += [f"{name}={name}" for name in ("body", "form") if any(one.startswith(f"{name}:") for one in must + optional)]
    gives = answer(operation)
    if gives == "bytes":
        handed.append("plain=True")
    about = operation.get("summary", "").rstrip(".") + ". " + operation.get("description", "")
    yield f"\n    def {operation['operationId']}({signature}) -> {gives}:\n"
    yield doc(about.strip(), 8)
    call = f"self.request({', '.join(handed)})"
    yield f"        {call}\n" if gives == "None" else f"        answer: {gives} = {call}\n        return answer\n"


def api(document):
    """A method for each operation."""
    yield HEAD.format(about="The operations.")
    yield "from __future__ import annotations\n\nfrom collections.abc import Mapping\nfrom typing import Any, Literal\n"
    yield "from ..http import Http, quote\n"
    names = sorted(document["components"]["schemas"])
    methods = []
    for path, operations in document["paths"].items():
        for verb in METHODS:
            # Signing in is the client's own; uploads that go on where they stopped are for a client of their protocol.
            if verb in operations and operations[verb]["operationId"] != "sign_in" and not path.startswith("/files"):
                methods.append("".join(method(document, path, verb, operations[verb])))
    text = "".join(methods)
    used = [name for name in ["Page", *names] if any(mark in text for mark in (f" {name}", f"[{name}"))]
    yield "from .schemas import (\n" + "".join(f"    {name},\n" for name in used) + ")\n"
    yield '\n\nclass Nexus(Http):\n    """Every operation of the server by its id, such as `crm_convert_lead`."""\n'
    yield text


def main():
    document = json.loads(pathlib.Path(sys.argv[1]).read_text())
    folder = pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "__init__.py").write_text(HEAD.format(about="What follows from the OpenAPI document."))
    for name, parts in (("schemas", schemas(document)), ("api", api(document))):
        (folder / f"{name}.py").write_text("".join(parts))


main()
