#!/usr/bin/env bash
# Runs the whole test suite on a release build; before that installs and builds what is missing.
# Arguments go to ctest: `packaging/test.sh -L unit`, `packaging/test.sh -R FileMode`.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

"$root/packaging/install-dependencies.sh" --tests
"$root/packaging/build.sh"
export LC_ALL=C.UTF-8
# Most tests wait more than they compute.
exec ctest --test-dir "$root/build/release" --no-tests=error --output-on-failure --parallel 3 "$@"
