#!/usr/bin/env bash
# Measures Ponto beside the other SFTP clients of this machine, on a server and a link of its own.
# `tests/bench/run.sh --help` lists the options and says how it measures. `tests/bench/run.sh commands` does the same
# for commands on many hosts and for forwards.
set -euo pipefail
cd "$(dirname "$0")/../.."
build=build/release
script=run.py
if [ "${1-}" = commands ]; then
  script=commands.py
  shift
fi
case " $* " in
  *" --help "* | *" -h "*) ;;
  *)
    [ -f "$build/build.ninja" ] && grep -q '^PONTO_BENCH:BOOL=ON' "$build/CMakeCache.txt" ||
      cmake --preset release -DPONTO_BENCH=ON >/dev/null
    ninja -C "$build" ponto BenchLink BenchRemoval >/dev/null
    ;;
esac
exec python3 "tests/bench/$script" --build "$build" "$@"
