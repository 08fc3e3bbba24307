#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
# The whole way of one login, step by step, in a temporary folder: ./dev demo runs it with the folder of the programs.
set -euo pipefail
bin=$(readlink -f "$1")
stage=$(mktemp -d)
platform_pid=
cleanup() {
    [ -z "$platform_pid" ] || { kill "$platform_pid" 2>/dev/null && wait "$platform_pid" 2>/dev/null; } || true
    rm -rf "$stage"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

step() { printf '\n%s. %s\n' "$((++number))" "$*"; }
number=0

# Nothing of the user's is read or written: home, tokens and configuration are the stage's own.
export HOME=$stage/home SOFTHSM2_CONF=$stage/softhsm2.conf LANG=zh_CN.UTF-8 LC_ALL=
unset XDG_CONFIG_HOME XDG_STATE_HOME XDG_DATA_HOME XDG_CACHE_HOME XDG_RUNTIME_DIR
mkdir -p "$HOME" "$stage/tokens"
pin=20260901
module=/usr/lib/softhsm/libsofthsm2.so

step "A test CA, an enterprise's certificate, a TLS certificate for the platform"
"$bin/signet-test-pki" --out "$stage/pki" --only enterprise-p256

step "A token (SoftHSM) with the enterprise's key and certificate; its PIN is $pin"
printf 'directories.tokendir = %s\nobjectstore.backend = file\nlog.level = ERROR\n' "$stage/tokens" >"$SOFTHSM2_CONF"
softhsm2-util --init-token --free --label 企业锁 --pin "$pin" --so-pin 12345678 >/dev/null
for object in privkey:enterprise-p256.key.der cert:enterprise-p256.der; do
    pkcs11-tool --module "$module" --token-label 企业锁 --login --pin "$pin" --id 01 --label enterprise \
        --write-object "$stage/pki/${object#*:}" --type "${object%%:*}" --usage-sign >/dev/null 2>&1
done

step "The platform, on loopback with its embedded database"
"$bin/signet-platform" --listen 127.0.0.1:0 --issuer 'https://localhost:{port}' --port-file "$stage/port" \
    --tls-cert "$stage/pki/tls.crt" --tls-key "$stage/pki/tls.key" --db "sqlite:$stage/platform.db" \
    --trust "$stage/pki/trust" --revocation off >"$stage/platform.log" 2>&1 &
platform_pid=$!
for _ in $(seq 200); do
    [ -s "$stage/port" ] && break
    kill -0 "$platform_pid" 2>/dev/null || { cat "$stage/platform.log"; exit 1; }
    read -rt 0.05 <> <(:) || true
done
issuer=https://localhost:$(cat "$stage/port")
echo "   $issuer"

step "The agent's configuration"
cat >"$stage/agent.conf" <<TXT
issuer = $issuer
issuer-ca = $stage/pki/tls-ca.pem
trust = $stage/pki/trust
module = $module
p11-kit = no
known-modules = no
revocation = off
TXT
sed "s|$stage|…|g; s/^/   /" "$stage/agent.conf"
# Who types the PIN here is this program: it gets the question as its argument and prints the answer.
printf '#!/bin/sh\nprintf "%%s\\n" "$1" | sed "s/^/   | /" >&2\n[ "$SIGNET_PROMPT" != pin ] || echo %s\n' "$pin" >"$stage/askpass"
chmod 700 "$stage/askpass"
signet() { "$bin/signet" "$@" --config "$stage/agent.conf"; }

step "signet tokens: what is plugged in"
signet tokens | sed 's/^/   /'

step "signet register: the enterprise registers, the agreements are accepted under its signature"
signet register --issuer "$issuer" --accept-agreements --askpass "$stage/askpass" | sed 's/^/   /'

step "signet login: the challenge is signed on the token and carried to the platform"
signet login --issuer "$issuer" --askpass "$stage/askpass" --json >"$stage/login.json"
sed -E 's/("session": ?")[^"]{6}[^"]*/\1……/; s/^/   /' "$stage/login.json"

step "GET /session: the platform says who is logged in"
session=$(grep -oE '"session": ?"[^"]+"' "$stage/login.json" | cut -d'"' -f4)
printf 'header = "Authorization: Bearer %s"\n' "$session" |
    curl -sS --fail --noproxy '*' --cacert "$stage/pki/tls-ca.pem" --config - "$issuer/session" >"$stage/session.json"
sed 's/^/   /' "$stage/session.json"
echo

step "The evidence of this login, verified by openssl alone"
cid=$("$bin/signet-platform" admin audit --db "sqlite:$stage/platform.db" | grep -oE 'cid [A-Za-z0-9_-]{22} ' | cut -d' ' -f2 | tail -n 1)
"$bin/signet-platform" admin evidence "$cid" --out "$stage/evidence" --db "sqlite:$stage/platform.db" >/dev/null
(cd "$stage/evidence" && sh verify.sh) | sed 's/^/   /'

step "signet journal: what was signed here"
signet journal | sed 's/^/   /'

name=$(grep -oE '"name": ?"[^"]+"' "$stage/session.json" | head -n 1 | cut -d'"' -f4)
printf '\nLogged in: %s\n' "$name"
