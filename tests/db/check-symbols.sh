#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# libsoup brings the system's sqlite3 into the same process: SQLCipher must be linked in, whole and hidden.
set -u
binary=$1
failed=0
say() { n=$((${n:-0} + 1)); [ "$1" = 0 ] && echo "ok $n $2" || { echo "not ok $n $2"; failed=1; }; }

echo 1..2
exported=$(nm -D --defined-only "$binary" | grep -c ' T sqlite3')
[ "$exported" = 0 ]; say $? "no sqlite3 symbol is exported ($exported)"
! ldd "$binary" | grep -q sqlcipher; say $? "no shared SQLCipher is loaded"
exit $failed
