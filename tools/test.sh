#!/usr/bin/env bash
# Run every check and test of CourierQA. `./tools/test.sh --help` lists the parts.
# Environment: TEST_DATABASE_URL and TEST_REDIS_URL (servers of your own), PG_BINDIR, REDIS_BIN,
# CHROMIUM (path of the browser), PYTHON, VENV.
set -euo pipefail
# shellcheck source=tools/setup.sh
. "$(dirname "$0")/setup.sh"

make_environment
install_pinned requirements-dev.txt
needs_browser=yes
for argument in "$@"; do
    case "$argument" in --lint | --help | --bench) needs_browser=no ;; esac
done
if [ "$needs_browser" = yes ] && [ -z "${CHROMIUM:-}" ] && ! command -v chromium >/dev/null; then
    need_packages "Chromium is needed for the browser tests" chromium
fi
exec "$VENV/bin/python" tools/run_tests.py "$@"
