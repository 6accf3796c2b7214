# Shared by run.sh and test.sh: find Python, make the environment, install what is pinned.
# Sourced, not run. Debian packages are installed only when root; otherwise one line says how.

cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
VENV="${VENV:-.venv}"
export PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONUTF8=1

say() { printf '\033[1m→ %s\033[0m\n' "$*"; }
fail() { printf '\n%s\n' "$*" >&2; exit 1; }

# need_packages WHY PACKAGE…: install Debian packages, or say the one command that does.
need_packages() {
    local why="$1"
    shift
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        say "Installing $* ($why)"
        export DEBIAN_FRONTEND=noninteractive
        if ! apt-get install -y -q --no-install-recommends "$@" >/dev/null 2>&1; then
            apt-get update -q >/dev/null 2>&1 || true
            apt-get install -y -q --no-install-recommends "$@" >/dev/null ||
                fail "Could not install $*: run 'apt-get update && apt-get install -y $*' and look at its message."
        fi
    else
        fail "$why: run 'sudo apt-get install -y $*' and start again."
    fi
}

is_good_python() {
    command -v "$1" >/dev/null 2>&1 &&
        "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
    local name
    for name in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
        if is_good_python "$name"; then
            echo "$name"
            return
        fi
    done
}

# The virtual environment, made once; remade when its Python has gone.
make_environment() {
    if [ -x "$VENV/bin/python" ] && is_good_python "$VENV/bin/python" && [ -x "$VENV/bin/pip" ]; then
        return
    fi
    local python
    python="$(find_python)"
    if [ -z "$python" ]; then
        need_packages "Python 3.11 or newer is needed" python3 python3-venv
        python="$(find_python)"
        [ -n "$python" ] || fail "Python 3.11 or newer is needed, and this system's package is older: install one and name it, for example PYTHON=/usr/local/bin/python3.12."
    fi
    if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        need_packages "Python's venv module is needed" python3-venv
    fi
    say "Making the environment in $VENV with $("$python" --version)"
    rm -rf "$VENV"
    "$python" -m venv "$VENV" || fail "Could not make the environment in $VENV: see the message above."
}

# install_pinned FILE: install exactly what FILE pins; skipped while FILE has not changed.
install_pinned() {
    local file="$1" stamp mark
    stamp="$VENV/.installed-$file"
    mark="$(cat requirements*.txt | sha256sum)"
    if [ "$(cat "$stamp" 2>/dev/null)" = "$mark" ]; then
        return
    fi
    say "Installing the libraries of $file (a minute or two the first time)"
    "$VENV/bin/python" -m pip install --quiet --require-hashes -r "$file" ||
        fail "Could not install $file: check the network to the package index, then start again."
    echo "$mark" >"$stamp"
}
