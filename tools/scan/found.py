#!/usr/bin/env python3
"""What the scanners found, on one page: found.py FOLDER."""
import collections
import glob
import json
import os
import re
import sys

LOUD = re.compile(r"is vulnerable|identified the following injection|appears to be '.*' injectable|seems to be", re.IGNORECASE)


def name(path):
    return os.path.basename(path).rsplit(".", 1)[0]


def wapiti(folder):
    for path in sorted(glob.glob(folder + "/wapiti-*.json")):
        report = json.load(open(path, encoding="utf-8"))
        found = [(title, one["method"], one["path"], one["parameter"], one["info"])
                 for kind in ("vulnerabilities", "anomalies", "additionals") for title, ones in report[kind].items() for one in ones]
        print(f"{name(path)}: {len(found)} findings, {report['infos'].get('crawled_pages_nbr', report['infos'].get('crawled_pages', '?'))} pages")
        for (title, info), ones in collections.Counter((f[0], f[4]) for f in found).most_common():
            first = next(f for f in found if (f[0], f[4]) == (title, info))
            print(f"  {title} ×{ones}: {first[1]} {first[2]} {first[3]}: {info}")


def sqlmap(folder):
    logs = sorted(glob.glob(folder + "/sqlmap-*.log"))
    print(f"sqlmap: {len(logs)} targets")
    for path in logs:
        text = open(path, encoding="utf-8", errors="replace").read()
        loud = sorted({line.split("] ", 1)[-1] for line in text.splitlines() if LOUD.search(line)})
        if loud or "do not appear to be injectable" not in text:
            print(f"  {name(path)}:", *(loud or [text.strip().splitlines()[-3:]]))


def others(folder):
    for path in glob.glob(folder + "/ffuf.json"):
        results = json.load(open(path, encoding="utf-8"))["results"]
        print("ffuf:", collections.Counter(r["status"] for r in results))
        print("  200:", *sorted(r["input"]["FUZZ"] for r in results if r["status"] == 200))
        print("  5xx:", *sorted(r["input"]["FUZZ"] for r in results if r["status"] >= 500))
    for path in glob.glob(folder + "/testssl.json"):
        for one in json.load(open(path, encoding="utf-8")):
            if one["severity"] not in ("OK", "INFO"):
                print("testssl:", one["severity"], one["id"], one["finding"])
    for path in sorted(glob.glob(folder + "/api-*.json")):
        report = json.load(open(path, encoding="utf-8"))
        print(f"{name(path)}: {report['calls']} calls to {report['operations']} operations, {len(report['found'])} findings")
        for one in report["found"]:
            print("  " + one)


def main(folder):
    for part in (wapiti, sqlmap, others):
        part(folder)
    log = open(folder + "/demo.log", encoding="utf-8", errors="replace").read()
    print("Errors that the product logged:", len(re.findall(r"^(fail|crit):", log, re.MULTILINE)))


main(sys.argv[1])
