# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# ./dev test: both builds, one beside the other's tests, and the results of both at the end. Part of dev, which sets root and plain.
: "${root:?}" "${plain:?}"
asan=build/asan

results=()

# read_turns DIR NAME: sets names and targets (tests/lib/turns); without KITH_TURN to all there is.
read_turns ()
{
  local lines=("" "")
  if [ -n "${KITH_TURN:-}" ]; then
    # What is read there may be of an older commit.
    ninja -C "$1" build.ninja >"$1.log" 2>&1 || { tail -n 30 "$1.log" >&2; return 1; }
    mapfile -t lines < <(/usr/bin/python3 tests/lib/turns "$@")
  fi
  [ ${#lines[@]} = 2 ] || return 1
  names=${lines[0]} targets=${lines[1]}
}

# test_build NAME DIR MULTIPLIER ARGS… -- OPTIONS…
test_build ()
{
  local name=$1 dir=$2 patience=$3
  shift 3
  local arguments=()
  while [ $# -gt 0 ] && [ "$1" != -- ]; do arguments+=("$1"); shift; done
  [ $# -eq 0 ] || shift

  local names targets
  # shellcheck disable=SC2086
  if ! configure "$dir" "$@" || ! read_turns "$dir" "$name" || ! compile "$dir" $targets; then
    results+=("failed:the $name build")
    return
  fi
  say "Testing the $name build"
  rm -f "$dir/meson-logs/testlog.json"
  # Twice as many as there are processors: the windows' tests work for a third of their time.
  # shellcheck disable=SC2086
  meson test -C "$dir" --no-rebuild --timeout-multiplier "$patience" \
    --num-processes "$(($(nproc) * 2))" "${arguments[@]}" $names >&2 || true
  if [ -s "$dir/meson-logs/testlog.json" ]; then
    results+=("$dir/meson-logs/testlog.json")
  else
    results+=("failed:the $name build: no tests ran")
  fi
}

cmd_test ()
{
  local arguments=() all=
  while [ $# -gt 0 ]; do
    case $1 in
      --suite) [ $# -gt 1 ] || die "Which suite?"; arguments+=(--suite "$2"); shift 2 ;;
      --suite=*) arguments+=(--suite "${1#*=}"); shift ;;
      --all) all=1; shift ;;
      *) die "./dev test does not know $1. $(usage)" ;;
    esac
  done
  local started=$SECONDS
  # Whose turn it is (tests/lib/turns) follows from the commit, so that a run that failed fails again: from its place in the history, else (a clone may
  # lack it) its name.
  local commit
  unset KITH_TURN
  if [ -z "$all" ] && [ ${#arguments[@]} = 0 ] && commit=$(git rev-parse HEAD 2>/dev/null); then
    if [ "$(git rev-parse --is-shallow-repository)" = false ]; then
      KITH_TURN=$(git rev-list --count HEAD)
    else
      KITH_TURN=$((16#${commit:0:7}))
    fi
    export KITH_TURN
  fi
  with_lock test_both "${arguments[@]}"
  [ -z "${KITH_TURN:-}" ] || say "Tests take turns: most ran in one of the two builds, a few wait for the next commit. ./dev test --all runs all in both"
  say "Tested in $(((SECONDS - started) / 60)) min $(((SECONDS - started) % 60)) s"
  /usr/bin/python3 tests/lib/count-results "${results[@]}"
}

# The second build is compiled while the first is tested, with what the tests leave of the processors.
compile_beside ()
{
  local dir=$1
  shift
  local names targets
  { configure "$dir" "$@" && read_turns "$dir" sanitized; } || return 0 # test_build tells
  say "Building $dir beside the tests"
  ask_for_large_pages
  # shellcheck disable=SC2086,SC2154 # large_pages is of dev
  "${large_pages[@]}" nice -n 19 ninja -k 0 -j "$(nproc)" -C "$dir" $targets >"$dir.build.log" 2>&1 8>&- &
  beside=$!
  # shellcheck disable=SC2064
  trap "kill $beside 2>/dev/null" EXIT
}

test_both ()
{
  # Compiling is a third of it all, and what is fast is tested in the plain build.
  local sanitized=('-Db_sanitize=address,undefined' -Doptimization=1) beside=
  local names targets
  set_up
  # shellcheck disable=SC2086
  if configure "$plain" && read_turns "$plain" plain && compile "$plain" $targets; then
    compile_beside "$asan" "${sanitized[@]}"
  fi
  test_build plain "$plain" 3 "$@"
  export G_SLICE=always-malloc
  # What is freed is watched for the next four megabytes (windows': for more, tests/lib/ui-run): SQLite takes and gives back so much that with all of
  # it the hub's tests take three times as long.
  export ASAN_OPTIONS=detect_leaks=1:strict_string_checks=1:max_malloc_fill_size=0:malloc_context_size=12:quarantine_size_mb=4:thread_local_quarantine_size_kb=64
  export LSAN_OPTIONS=suppressions=$root/tests/lib/leaks.supp:print_suppressions=0
  export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
  [ -z "$beside" ] || wait "$beside" || true
  trap - EXIT
  test_build sanitized "$asan" 6 "$@" -- "${sanitized[@]}"
}
