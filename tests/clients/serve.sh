# The binary on a data folder of its own; sourced by the clients' run scripts.
#
# Sets NEXUS (the server's address), EMAIL and PASSWORD. When the script ends, the server must end in order and
# the data must hold together.
set -euo pipefail
: "${NEXUS_BIN:?set it to the binary; cargo xtask build prints its path}"
export EMAIL=ada@kibo.example PASSWORD='a quiet morning in Nairobi'
work=$(mktemp -d)
: >"$work/out"

finish() {
  local status=$?
  trap - EXIT
  kill -TERM "$server" 2>/dev/null || true
  wait "$server" || status=$?
  if [ "$status" -eq 0 ]; then
    "$NEXUS_BIN" verify --data "$work/data" || status=$?
  else
    tail -n 20 "$work/log" >&2
  fi
  rm -rf "$work"
  exit "$status"
}

"$NEXUS_BIN" init --data "$work/data" --company 'Kibo Traders Ltd' --country KE --currency KES \
  --email "$EMAIL" --password "$PASSWORD" "$@"
"$NEXUS_BIN" serve --data "$work/data" --listen 127.0.0.1:0 --log warn >"$work/out" 2>"$work/log" &
server=$!
trap finish EXIT
for _ in $(seq 100); do
  NEXUS=$(sed -n 's/^listening on //p' "$work/out")
  [ -n "$NEXUS" ] && break
  kill -0 "$server" || exit 1
  sleep 0.1
done
: "${NEXUS:?the server did not begin to listen within ten seconds}"
export NEXUS
