#!/usr/bin/env bash
# Installs what building Ponto needs, or with --tests also what its test suite needs.
# Does nothing where everything is there already. Supported: Debian 12 and newer, Ubuntu 25.04 and newer.
#
# Debian 12 ships an older compiler, Qt and libssh. There the packages come from Debian 13: its archive is added
# as a second source with priority 100, so that nothing else on the machine is upgraded by it.
set -euo pipefail

# name, and the oldest version that will do ("-": any)
build_packages=(
  "g++ 4:13" "cmake 3.25" "ninja-build -" "pkg-config -" "ca-certificates -"
  "qt6-base-dev 6.8" "libqt6sql6-sqlite 6.8" "qt6-svg-plugins 6.8" "qt6-wayland 6.8"
  "libssh-dev 0.11.5" "libqtermwidget-dev 2.1" "libssl-dev 3.0"
  "openssh-client -" "openssh-server 1:9.8" "openssh-sftp-server 1:9.8"
)
test_packages=("xvfb -" "openssl -" "procps -" "util-linux -" "python3 -" "desktop-file-utils -" "appstream -")

say() { printf 'ponto: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  else
    command -v sudo >/dev/null || fail "installing packages needs root and sudo is not here. Run this script as root, or install: ${missing[*]}"
    sudo "$@"
  fi
}

installed_version() { dpkg-query -W -f='${db:Status-Status} ${Version}' "$1" 2>/dev/null | sed -n 's/^installed //p'; }
candidate_version() { apt-cache policy "$1" 2>/dev/null | sed -n 's/^  Candidate: //p' | grep -v '(none)'; }
suffices() { # version, oldest
  [ -n "$1" ] && { [ "$2" = - ] || dpkg --compare-versions "$1" ge "$2"; }
}

# Fills `missing` with the packages that are absent or too old.
find_missing() {
  missing=()
  local entry name oldest
  for entry in "$@"; do
    read -r name oldest <<<"$entry"
    suffices "$(installed_version "$name")" "$oldest" || missing+=("$entry")
  done
}

# True if what apt knows now can satisfy every missing package.
candidates_suffice() {
  local entry name oldest
  for entry in "${missing[@]}"; do
    read -r name oldest <<<"$entry"
    suffices "$(candidate_version "$name")" "$oldest" || return 1
  done
}

# Writes a copy of the system's own Debian 12 sources with the release name of Debian 13, pinned low.
add_debian_13() {
  local source copy added=0
  for source in /etc/apt/sources.list /etc/apt/sources.list.d/*.sources /etc/apt/sources.list.d/*.list; do
    case "$source" in */ponto-trixie.*) continue ;; esac
    [ -f "$source" ] && grep -Eq '^(Suites:.*|deb .*)\bbookworm( |$)' "$source" || continue
    copy="/etc/apt/sources.list.d/ponto-trixie.${source##*.}"
    sed 's/bookworm/trixie/g' "$source" | as_root tee "$copy" >/dev/null
    added=1
  done
  [ "$added" = 1 ] || fail "this system offers no packages that are new enough for: ${names[*]}. Ponto builds on Debian 12 and newer, and on Ubuntu 25.04 and newer."
  printf 'Package: *\nPin: release n=trixie*\nPin-Priority: 100\n' | as_root tee /etc/apt/preferences.d/ponto-trixie >/dev/null
}

main() {
  command -v dpkg-query >/dev/null || fail "this script knows Debian and Ubuntu only. CONTRIBUTING.md lists what Ponto needs elsewhere."
  local wanted=("${build_packages[@]}")
  [ "${1:-}" != --tests ] || wanted+=("${test_packages[@]}")
  find_missing "${wanted[@]}"
  [ "${#missing[@]}" -gt 0 ] || return 0

  names=("${missing[@]%% *}")
  say "will install: ${names[*]}"
  as_root apt-get update -qq
  local release=()
  if ! candidates_suffice; then
    say "this release is too old for some of them; adding Debian 13 as a second source with low priority"
    add_debian_13
    as_root apt-get update -qq
    release=(-t trixie)
  fi
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${release[@]}" "${names[@]}"

  find_missing "${wanted[@]}"
  [ "${#missing[@]}" -eq 0 ] || fail "still missing or too old after the installation: ${missing[*]}"
}

main "$@"
