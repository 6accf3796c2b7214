#!/usr/bin/env bash
# Make the secrets of a production installation, once: nothing that exists is changed.
# deploy/secrets/* are read by the containers; deploy/tls gets a self-signed certificate, to be
# replaced by a real one. Keep copies of field_master_key and index_key apart from the backups:
# without them personal data cannot be read, with them a stolen backup can.
set -euo pipefail
cd "$(dirname "$0")/.."
umask 077
mkdir -p deploy/secrets deploy/tls
chmod 700 deploy/secrets

random() { head -c "$1" /dev/urandom | base64 | tr -d '\n'; }
keep() {
    if [ -e "deploy/secrets/$1" ]; then
        echo "deploy/secrets/$1 exists, kept"
    else
        printf '%s' "$2" >"deploy/secrets/$1"
        # The folder is closed to others; the containers' users read the file through its mount.
        chmod 444 "deploy/secrets/$1"
        echo "deploy/secrets/$1 made"
    fi
}
keep secret_key "$(random 48)"
keep field_master_key "$(random 32)"
keep index_key "$(random 32)"
keep postgres_password "$(random 24 | tr '+/' '-_' | tr -d '=')"
keep database_url "postgresql://courierqa:$(cat deploy/secrets/postgres_password)@postgres:5432/courierqa"

if [ -e deploy/tls/fullchain.pem ]; then
    echo "deploy/tls/fullchain.pem exists, kept"
elif command -v openssl >/dev/null; then
    openssl req -x509 -newkey rsa:2048 -nodes -days 90 -subj /CN=localhost \
        -keyout deploy/tls/key.pem -out deploy/tls/fullchain.pem 2>/dev/null
    chmod 755 deploy/tls && chmod 444 deploy/tls/*.pem
    echo "deploy/tls: self-signed certificate for 90 days; put your own in its place"
else
    echo "Put fullchain.pem and key.pem into deploy/tls (openssl is not installed here)."
fi
