#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints the C table of languages that kith-languages.c looks into: print-languages.py ISO_639_3_JSON.

From iso-codes' list: every language people speak or sign today. The code is the short one where there is one, as HSDS and FHIR
have it; the name is the English one, which the iso_639-3 domain of gettext translates.
"""
import json
import sys

with open(sys.argv[1], encoding='utf-8') as file:
    entries = json.load(file)['639-3']
rows = sorted((entry.get('alpha_2', entry['alpha_3']), entry['alpha_3'], entry['name']) for entry in entries
              if entry['type'] == 'L' or 'alpha_2' in entry)
print('/* Made by print-languages.py from iso-codes. */')
for code, long_code, name in rows:
    quoted = name.replace('\\', '\\\\').replace('"', '\\"')
    print(f'{{ "{code}", "{long_code}", "{quoted}" }},')
