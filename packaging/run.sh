#!/usr/bin/env bash
# Starts Ponto with the arguments given; before that installs what is missing and builds what has changed.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# True if the arguments ask for something that needs no window.
is_headless() {
  local argument
  for argument in "$@"; do
    case "$argument" in
      exec | get | put | sync | ls | tunnel | forward | proxy | known-hosts | keys | --list-profiles | -h | --help | -v | --version) return 0 ;;
      --) return 1 ;;
    esac
  done
  return 1
}

"$root/packaging/install-dependencies.sh"
"$root/packaging/build.sh" ponto

if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}${QT_QPA_PLATFORM:-}" ] && ! is_headless "$@"; then
  echo "ponto: there is no display to open a window on; exec, get, put, sync, ls, tunnel, proxy, known-hosts and keys work without one (see --help)" >&2
  exit 1
fi
# Qt wants UTF-8; a system without any locale has at least this one.
[ -n "${LC_ALL:-${LC_CTYPE:-${LANG:-}}}" ] || export LC_ALL=C.UTF-8
exec "$root/build/release/app/ponto" "$@"
