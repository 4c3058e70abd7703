#!/usr/bin/env python3
"""What sqlmap looks at: every parameter of every list and search of the API document, and the pages and forms that take words.
targets.py OPENAPI.JSON NUMBER writes lines of: name, who looks (nobody, or whose cookie), address, body, method, with | between them |."""
import json
import sys

# Good ones, so that the others come as far as the database.
WORDS = {"page": "1", "limit": "3", "count": "3", "days": "7", "before": "9999999", "lon": "113.2", "lat": "36.1", "late": "false", "unread": "false", "top": "3", "queue": "all", "state": "open", "sort": "newest",
         "kind": "", "from": "2026-01-01", "until": "2027-01-01", "to": "2026-12-01", "at": "2026-12-01T10:00:00%2B08:00", "start": "2026-11-01T10:00:00%2B08:00", "budget": "3%20working%20days", "level": "town",
         "system": "wgs84", "type": "street-lamp", "group": "facilities", "area": "140427", "within": "140427", "parent": "140427", "words": "路灯", "text": "路灯", "q": "龙泉", "search": "壶关"}
AUDITOR, ADMINISTRATOR, STATISTICIAN = ("/api/audit",), ("/api/people",), ("/api/suggestions/statistics",)


def who(path, operation):
    if "security" not in operation or not operation["security"]:
        return "nobody"
    return "shenji" if path.startswith(AUDITOR) else "guanli" if path.startswith(ADMINISTRATOR) else "tongji" if path.startswith(STATISTICIAN) else "paidan"


def main(document, number):
    targets = []
    for path, operations in json.load(open(document, encoding="utf-8"))["paths"].items():
        asked = [p["name"] for p in operations.get("get", {}).get("parameters", []) if p.get("in") == "query"]
        if asked and "{" not in path:
            targets.append((who(path, operations["get"]), path + "?" + "&".join(f"{name}={WORDS.get(name, 'x')}" for name in asked if WORDS.get(name) != "")))
    targets += [
        ("nobody", "/requests?words=路灯&state=open&group=x&area=140427"), ("nobody", f"/requests/{number}*"), ("nobody", f"/api/requests/{number}*"),
        ("nobody", "/track", "number=261122-000000&code=ABCD", "POST"), ("nobody", "/sign-in", "login=x&password=y", "POST"),
        ("nobody", "/sign-in/resident", "to=13900000001", "POST"), ("nobody", "/report/place", "text=x", "POST"), ("nobody", "/report/suggest", "text=x", "POST"),
        ("nobody", "/api/session", '{"login":"x","password":"y"}', "POST"), ("nobody", "/api/public/twins", '{"text":"楼道灯坏了","serviceType":"old-estate"}', "POST"),
        ("paidan", "/work?queue=all&words=路灯&sort=newest&group=facilities&area=140427&organisation=x&type=street-lamp"), ("paidan", f"/work/requests/{number}*"),
        ("paidan", f"/api/requests/{number}/dispatch", '{"organisation":"x","coHandlers":["x"],"note":"x","version":1}', "PUT"),
        ("guanli", "/admin/people?search=x&role=x"), ("guanli", "/admin/organisations?search=x&kind=x"),
        ("shenji", "/work/audit?person=paidan&verb=shell.sign-in&subject=x&from=2026-01-01&until=2027-01-01&before=9999999"), ("resident", "/my?done=x"),
    ]
    for login, address, *more in targets:
        name = "".join(c if c.isalnum() else "-" for c in address.split("?")[0].strip("/*"))
        print("|".join([name, login, address, *(more or ["", "GET"])]))


main(*sys.argv[1:])
