#!/usr/bin/env bash
# Run CourierQA on this machine: everything it needs, demo data, web and worker.
# Environment: PORT (8000), COURIERQA_VAR (var/), DEMO=no for an empty system, PYTHON, VENV.
set -euo pipefail
# shellcheck source=tools/setup.sh
. "$(dirname "$0")/setup.sh"

if [ "${1:-}" = "--help" ]; then
    sed -n '2,3s/^# //p' tools/run.sh
    exit 0
fi
make_environment
install_pinned requirements.txt
python="$VENV/bin/python"
say "Compiling translations and collecting static files"
"$python" manage.py translations --compile
"$python" manage.py collectstatic --no-input --verbosity 0
say "Bringing the database up to date"
"$python" manage.py migrate --verbosity 0
if [ "${DEMO:-yes}" != "no" ]; then
    say "Loading the demo network (only into an empty database)"
    "$python" manage.py seed_demo --seed 7 --days 540 --scale small --if-empty
else
    "$python" manage.py first_login --if-none
fi
exec "$python" manage.py serve "$@"
