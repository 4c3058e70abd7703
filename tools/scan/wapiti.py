#!/usr/bin/python3
"""wapiti as Debian 12 has it (3.0.4), which ends with Python 3.11 as soon as an address is left out: the flags of a pattern have to stand in front."""
import re

from wapitiCore.main.wapiti import wapiti_main
from wapitiCore.net import crawler

crawler.wildcard_translate = lambda pattern: re.compile("(?ms)" + ".*".join(map(re.escape, pattern.split("*"))) + r"\Z")
wapiti_main()
