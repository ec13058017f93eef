#!/usr/bin/env bash
# Builds the targets given, or everything, as users run it: preset release, in build/release.
# Prints nothing but progress on a terminal, unless something goes wrong.
set -euo pipefail
export LC_ALL=C.UTF-8
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf 'ponto: %s\n' "$*" >&2; }

say "building in build/release (some minutes the first time)"
export CCACHE_SLOPPINESS=pch_defines,time_macros # without, ccache keeps nothing that uses precompiled headers
configure=(cmake --preset release
  -DCMAKE_UNITY_BUILD=ON # several sources at a time: most of a compiler's time goes into the headers
  -DCMAKE_CXX_COMPILER_LAUNCHER="$(command -v ccache || true)")
if command -v mold >/dev/null; then
  configure+=(-DCMAKE_EXE_LINKER_FLAGS=-fuse-ld=mold) # there are as many programs as tests
fi
if ! output=$("${configure[@]}" 2>&1); then
  printf '%s\n' "$output" >&2
  say "the build could not be configured"
  exit 1
fi

ninja_options=(--quiet)
[ ! -t 2 ] || ninja_options=()
[ $# -eq 0 ] || set -- --target "$@"
cmake --build build/release --parallel "$(nproc)" "$@" -- "${ninja_options[@]}" >&2
