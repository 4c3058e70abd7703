#!/usr/bin/env python3
"""Calls every operation of the running product's own API document with generated input, good and bad (Hypothesis), and holds the answers
against the document: no 5xx, no status that is not documented, no body that is not as its schema says.
LINLI_COOKIE=… api.py SITE REPORT.json [EXAMPLES]"""
import http.client
import json
import os
import sys
import urllib.parse


import jsonschema
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

SITE, REPORT = urllib.parse.urlsplit(sys.argv[1]), sys.argv[2]
EXAMPLES = int(sys.argv[3]) if len(sys.argv) > 3 else 12
COOKIE = os.environ.get("LINLI_COOKIE", "")
# They would sign the caller out, so that the rest would be looked at as nobody.
LEAVES = {("delete", "/api/session"), ("delete", "/api/me/sessions"), ("delete", "/api/me/sessions/{id}"), ("delete", "/api/resident/sessions"),
          ("delete", "/api/resident"), ("put", "/api/me/password"), ("post", "/api/session"), ("post", "/api/resident/session"), ("post", "/api/session/code")}
ODD = ["", " ", "'", "\"", "<b>x</b>", "../../etc/passwd", "%00", "\u0000", "٣", "ﾟ", "a" * 5000, "null", "-1", "1e999", "0x7f", "${7*7}", "{0}", "\r\nX: y", "2026-02-30"]
calls = 0
seen = {}


class Connection:
    def __init__(self):
        self.wire = None

    def call(self, method, path, body, headers):
        for again in (False, True):
            try:
                self.wire = self.wire or http.client.HTTPConnection(SITE.hostname, SITE.port, timeout=30)
                self.wire.request(method.upper(), path, body, headers)
                answer = self.wire.getresponse()
                return answer.status, answer.getheader("Content-Type") or "", answer.read()
            except (http.client.HTTPException, OSError):
                self.wire = None
                if again:
                    raise


wire = Connection()


def send(method, path, body=None):
    global calls
    calls += 1
    headers = {"X-Linli": "1", "Accept": "application/json"}
    if COOKIE:
        headers["Cookie"] = COOKIE
    if body is not None:
        headers["Content-Type"] = "application/json"
    return wire.call(method, path, body, headers)


DOCUMENT = json.loads(send("get", "/api/openapi.json")[2])


def resolved(schema):
    while isinstance(schema, dict) and "$ref" in schema:
        found = DOCUMENT
        for part in schema["$ref"].lstrip("#/").split("/"):
            found = found[part]
        schema = found
    return schema


def harvest(value, key=None):
    """Keeps what the product itself answers, so that calls hit something: numbers, ids, codes."""
    if isinstance(value, dict):
        for name, inner in value.items():
            harvest(inner, name)
    elif isinstance(value, list):
        for inner in value[:20]:
            harvest(inner, key)
    elif isinstance(value, (str, int)) and key and len(seen.setdefault(key, [])) < 12 and value not in seen[key]:
        seen[key].append(value)


def texts(name):
    known = [str(v) for v in seen.get(name or "", [])]
    return st.one_of(*([st.sampled_from(known)] * 3 if known else []), st.sampled_from(ODD), st.text(max_size=40))


ANYTHING = st.recursive(st.none() | st.booleans() | st.integers(-2**70, 2**70) | st.floats(allow_nan=False, allow_infinity=False) | st.sampled_from(ODD), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "text", "version", "$type"]), inner, max_size=3), max_leaves=5)


def values(schema, name=None, depth=0):
    schema = resolved(schema)
    if not isinstance(schema, dict) or depth > 5:
        return ANYTHING
    for many in ("oneOf", "anyOf"):
        if many in schema:
            return st.one_of([values(s, name, depth + 1) for s in schema[many]])
    if "enum" in schema:
        return st.sampled_from([*schema["enum"], "no-such"])
    kinds = schema.get("type", "object" if "properties" in schema else [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    made = []
    for kind in kinds:
        if kind == "object":
            properties = {key: st.one_of(values(inner, key, depth + 1), values(inner, key, depth + 1), ANYTHING) for key, inner in schema.get("properties", {}).items()}
            made.append(st.fixed_dictionaries({}, optional=properties) if properties else st.dictionaries(st.sampled_from(["a", "fault", ""]), ANYTHING, max_size=2))
        elif kind == "array":
            made.append(st.lists(values(schema.get("items", {}), name, depth + 1), max_size=3))
        elif kind == "integer":
            made.append(st.integers(0, 5) | st.sampled_from([-1, 2**31 - 1, 2**31, 2**63 - 1, -2**63]))
        elif kind == "number":
            made.append(st.floats(-200, 200) | st.sampled_from([1e308, -1e308, 5e-324]))
        elif kind == "boolean":
            made.append(st.booleans())
        elif kind == "null":
            made.append(st.none())
        else:
            form = schema.get("format")
            made.append(st.uuids().map(str) | texts(name) if form == "uuid"
                        else st.datetimes().map(lambda d: d.isoformat() + "Z") | st.dates().map(str) | texts(name) if form in ("date-time", "date") else texts(name))
    return st.one_of(made) if made else ANYTHING


def plain(value):
    return json.dumps(value) if not isinstance(value, (str, int, float)) or isinstance(value, bool) else str(value)


def calls_of(path, operation, parameters):
    def address(parts):
        filled = path
        query = []
        for parameter in parameters:
            value = parts.get(parameter["name"])
            if parameter["in"] == "path":
                filled = filled.replace("{" + parameter["name"] + "}", urllib.parse.quote(plain(value), safe="") or "x")
            elif parameter["in"] == "query" and value is not None:
                query.append((parameter["name"], plain(value)))
        return filled + ("?" + urllib.parse.urlencode(query) if query else "")

    one = {}
    for parameter in parameters:
        kept = values(parameter.get("schema", {}), parameter["name"])
        one[parameter["name"]] = kept if parameter["in"] == "path" else st.none() | kept
    media = resolved(operation.get("requestBody", {})).get("content", {}).get("application/json")
    body = st.just(None)
    if media:
        example = [st.just(media["example"])] if "example" in media else []
        body = st.one_of(*example, values(media.get("schema", {})), values(media.get("schema", {})), ANYTHING).map(json.dumps) | st.sampled_from(["", "{", "[]", "null", '{"a":1}{', "\u00ff"])
    return st.tuples(st.fixed_dictionaries(one).map(address), body)


def wrong(operation, status, kind, content):
    if status >= 500:
        return f"answers {status}"
    answer = operation["responses"].get(str(status)) or operation["responses"].get("default")
    if answer is None:
        return f"{status} is not documented: {content[:160].decode(errors='replace')}"
    media = resolved(answer).get("content", {})
    plain_kind = kind.split(";")[0].strip()
    if content and media and plain_kind not in media and not any(m.endswith("/*") for m in media):
        return f"{status} is {plain_kind}, documented are {', '.join(media)}"
    if content and "json" in plain_kind and plain_kind in media and "schema" in media[plain_kind]:
        parsed = json.loads(content)
        harvest(parsed)
        schema = {**media[plain_kind]["schema"], "components": DOCUMENT["components"]}
        for error in jsonschema.Draft202012Validator(schema).iter_errors(parsed):
            return f"{status} is not as documented at {'/'.join(map(str, error.absolute_path))}: {error.message[:160]}"
    return None


def main():
    found, operations = [], []
    for path, methods in DOCUMENT["paths"].items():
        shared = methods.get("parameters", [])
        operations += [(m, path, o, [resolved(p) for p in shared + o.get("parameters", [])]) for m, o in methods.items() if m in ("get", "put", "post", "delete", "patch", "head", "options")]
    # Lists first: what they answer is what the others are called with. Deleting last.
    operations.sort(key=lambda o: (o[0] != "get", o[0] == "delete", o[1].count("{")))
    for method, path, operation, parameters in operations:
        if (method, path) in LEAVES or path.endswith(("/stream", "/live", "/events")):
            continue
        problems = {}

        @settings(max_examples=EXAMPLES, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
        @given(calls_of(path, operation, parameters))
        def check(call):
            address, body = call
            status, kind, content = send(method, address, None if body is None else body.encode("utf-8", "surrogatepass"))
            if problem := wrong(operation, status, kind, content):
                problems.setdefault(problem.split(": ")[0], f"{method.upper()} {address[:200]} {(body or '')[:200]} → {problem}")

        try:
            check()
        except Exception as failure:  # of this program, or a connection that was cut: worth a look either way
            problems["failed"] = f"{method.upper()} {path}: {type(failure).__name__}: {str(failure)[:200]}"
        found += problems.values()
    json.dump({"calls": calls, "operations": len(operations), "found": found}, open(REPORT, "w", encoding="utf-8"), ensure_ascii=False, indent=1)


main()
