# Sourced by ./run and ./test, POSIX sh: finds a Python, makes .venv, hands over to install.py. Defines prepare LOCK.

fail() {
    echo "$*" >&2
    exit 1
}

# A shim of a version manager may exist and still fail, so each candidate must really run.
works() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
    for candidate in ${KONFLIK_PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
        if command -v "$candidate" >/dev/null 2>&1 && works "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    fail "Perlu Python 3.11 atau lebih baru. Debian/Ubuntu: sudo apt install python3 python3-venv. macOS: pasang dari python.org."
}

# Debian splits venv and pip off; whatever of them is there is enough.
make_venv() {
    python=$(find_python) || exit 1
    echo "Membuat lingkungan Python di .venv …"
    rm -rf .venv
    "$python" -m venv .venv >/dev/null 2>&1 && return
    rm -rf .venv
    if "$python" -m venv --without-pip .venv >/dev/null 2>&1 && "$python" -m pip --python .venv/bin/python install --quiet pip; then
        return
    fi
    rm -rf .venv
    if command -v uv >/dev/null 2>&1 && uv venv --quiet --seed --python "$python" .venv; then
        return
    fi
    rm -rf .venv
    fail "Python di komputer ini tidak dapat membuat lingkungan sendiri. Debian/Ubuntu: sudo apt install python3-venv"
}

prepare() {
    if ! works .venv/bin/python; then
        make_venv
    fi
    .venv/bin/python requirements/install.py "$1" || fail "Pemasangan paket gagal; lihat pesan di atas."
}
