#!/usr/bin/env bash
# Installs what building and running Ponto needs, or with --tests also what its test suite needs.
# Does nothing where everything is there already. Supported: Debian 12 and newer.
#
# Debian 12 ships an older compiler, Qt and libssh. There the packages come from Debian 13: its archive is added
# as a second source with priority 100, so that nothing else on the machine is upgraded by it.
set -euo pipefail
export LC_ALL=C # what apt prints is parsed below

# name, and the oldest version that will do ("-": any)
packages=(
  "g++ 4:13" "cmake 3.25" "ninja-build -" "pkg-config -"
  "qt6-base-dev 6.8" "libssh-dev 0.11.5" "libqtermwidget-dev 2.1" "libssl-dev 3.2"
  "qtkeychain-qt6-dev 0.14" "libfontconfig-dev 2.15"
  "libutf8proc-dev 2.9" # libqtermwidget-dev's CMake files want it, its dependencies do not name it
  # Not linked, but a window without them has no icons, no text or no display.
  "qt6-svg-plugins 6.8" "qt6-qpa-plugins 6.8" "qt6-wayland 6.8" "fonts-dejavu-core -"
  "libqt6sql6-sqlite 6.8" # Qt loads it: the database of what Ponto remembers
  # QtKeychain loads it where there is a keyring, and does not depend on it.
  "libsecret-1-0 -"
  # ssh -G and ssh-keygen; sshd for --demo and the tests.
  "openssh-client -" "openssh-server 1:9.8" "openssh-sftp-server 1:9.8"
)
test_packages=(
  "mold 2.0" # links the tests in a fraction of the time
  "xvfb -" "xauth -" "x11-utils -" "openssl -" "procps -" "util-linux -" "python3 -" "python3-paramiko -"
  "dbus-daemon -" "gnome-keyring -" # a keyring on a private bus
  "desktop-file-utils 0.27" "appstream -" "groff-base -" "putty-tools 0.76"
  # A key distribution center, and servers that are not OpenSSH's. Tests that need them are skipped where they are not
  # installed.
  "krb5-kdc -" "krb5-admin-server -" "krb5-user -"
  "python3-asyncssh -" "dropbear-bin -" "proftpd-core -" "proftpd-mod-crypto -"
)

say() { printf 'ponto: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  else
    command -v sudo >/dev/null ||
      fail "installing packages needs root, and sudo is not here. Run this script as root, or install: ${names[*]}"
    sudo "$@"
  fi
}

installed_version() {
  dpkg-query -W -f='${db:Status-Status} ${Version}\n' "$1" 2>/dev/null | sed -n 's/^installed //p' | sed 1q
}

candidate_version() { apt-cache policy "$1" | sed -n 's/^  Candidate: //p' | grep -v '(none)'; }

suffices() { # version, oldest
  [ -n "$1" ] && { [ "$2" = - ] || dpkg --compare-versions "$1" ge "$2"; }
}

# Fills `missing` with the entries, and `names` with the packages, that are absent or too old.
find_missing() {
  missing=() names=()
  local entry name oldest
  for entry in "$@"; do
    read -r name oldest <<<"$entry"
    suffices "$(installed_version "$name")" "$oldest" || { missing+=("$entry"); names+=("$name"); }
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

# Adds Debian 13 from wherever this machine gets Debian 12, pinned low. Other vendors' sources are left alone.
add_debian_13() {
  local sources
  sources=$(apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(SIGNED_BY)' \
      'Created-By: Packages' 'Origin: Debian' 'Component: main' |
    sort -u |
    while read -r uri release key; do
      case "$release" in bookworm | bookworm-updates | bookworm-security) ;; *) continue ;; esac
      printf 'Types: deb\nURIs: %s\nSuites: %s\nComponents: main\n' "$uri" "${release/bookworm/trixie}"
      case "$key" in /*) printf 'Signed-By: %s\n' "$key" ;; esac
      printf '\n'
    done)
  [ -n "$sources" ] ||
    fail "this system offers no version that is new enough of: ${missing[*]}. CONTRIBUTING.md lists what Ponto needs."
  as_root tee /etc/apt/sources.list.d/ponto-trixie.sources <<<"$sources" >/dev/null
  printf 'Package: *\nPin: release n=trixie*\nPin-Priority: 100\n' |
    as_root tee /etc/apt/preferences.d/ponto-trixie >/dev/null
}

# Ponto and its tests want programs, not servers that listen on this machine from now on. So where a package with a
# service comes as something new, that service is neither started (Debian Policy 9.3.3.2, policy-rc.d) nor enabled.
services=(
  "openssh-server ssh.service ssh.socket" "krb5-kdc krb5-kdc.service" "krb5-admin-server krb5-admin-server.service"
  "proftpd-core proftpd.service"
)
policy=/usr/sbin/policy-rc.d

# Fills `quiet` with the units that must not run: of packages that are not installed yet.
find_new_services() {
  quiet=()
  local entry package units
  for entry in "${services[@]}"; do
    read -r package units <<<"$entry"
    case " ${names[*]} " in *" $package "*) ;; *) continue ;; esac
    [ -n "$(installed_version "$package")" ] || quiet+=($units)
  done
}

install() { # further options of apt-get
  local quiet=()
  [ -e "$policy" ] || find_new_services
  if [ "${#quiet[@]}" -gt 0 ]; then
    trap 'as_root rm -f "$policy"' EXIT
    local pattern
    pattern=$(printf '%s|' "${quiet[@]}" "${quiet[@]%.*}")
    printf '#!/bin/sh\ncase "$1" in %s) exit 101 ;; esac\n' "${pattern%|}" | as_root tee "$policy" >/dev/null
    as_root chmod 755 "$policy"
  fi
  local output
  output=$(as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
    -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 \
    -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold \
    "$@" "${names[@]}" 2>&1) || { printf '%s\n' "$output" >&2; fail "the installation failed"; }
  if [ "${#quiet[@]}" -gt 0 ] && command -v systemctl >/dev/null; then
    as_root systemctl --quiet disable "${quiet[@]}"
    say "installed for their programs alone, and switched off: ${quiet[*]}"
  fi
}

main() {
  command -v dpkg-query >/dev/null ||
    fail "this script knows Debian and its derivatives only. CONTRIBUTING.md lists what Ponto needs elsewhere."
  local wanted=("${packages[@]}")
  [ "${1:-}" != --tests ] || wanted+=("${test_packages[@]}")
  find_missing "${wanted[@]}"
  [ "${#missing[@]}" -gt 0 ] || return 0

  say "installing (this can take some minutes): ${names[*]}"
  as_root apt-get update -qq -o DPkg::Lock::Timeout=300
  local release=()
  if ! candidates_suffice; then
    add_debian_13
    say "this release is too old for some of them: Debian 13 is now a second package source, with low priority"
    as_root apt-get update -qq -o DPkg::Lock::Timeout=300
    release=(-t trixie)
  fi
  install "${release[@]}"

  find_missing "${wanted[@]}"
  [ "${#missing[@]}" -eq 0 ] || fail "still missing or too old after the installation: ${missing[*]}"
}

main "$@"
