#!/usr/bin/env bash
# Real servers for tests on Debian as root, without Docker: RabbitMQ 4, Redis 8 and PostgreSQL 18 with DocumentDB from
# one folder of Debian testing, FerretDB 2 in front of it for MongoDB's protocol. About 80 s and 1.2 GB the first time.
#
#   servers.sh [start]   starts what does not run and prints the addresses as MONGO_URL=… AMQP_URL=… REDIS_URL=…
#   servers.sh stop      ends all and unmounts; the folder may be deleted afterwards
#
# SIDEKICK_SERVERS names another folder, SIDEKICK_SERVERS_PORTS other ports ("postgres rabbitmq redis mongo").
set -Eeuo pipefail

command=${1:-start}
root=$(realpath -m "${SIDEKICK_SERVERS:-${XDG_CACHE_HOME:-$HOME/.cache}/sidekick/servers}")
read -r pg mq redis mongo <<<"${SIDEKICK_SERVERS_PORTS:-54322 5680 6390 27117}"
ferretdb=github.com/FerretDB/FerretDB/v2/cmd/ferretdb@v2.7.0
step='checking the machine'
log=$root.log

fail() {
  echo "servers.sh: $1" >&2
  exit 1
}
last_words() { tail -n 1 "$log" 2>/dev/null | cut -c1-200 || true; }
# Command substitutions and subshells end the script through their own exit code; only the outermost tells.
trap '[ "$BASHPID" != "$$" ] || echo "servers.sh: failed while $step: $(last_words) (log: $log)" >&2' ERR

case $command in start | stop) ;; *) fail "usage: servers.sh [start|stop]" ;; esac
[ "$(uname -s)" = Linux ] && grep -q '^ID=debian' /etc/os-release 2>/dev/null || fail 'needs Debian'
[ "$(id -u)" = 0 ] || fail 'needs root (it makes a folder of Debian and runs servers in it)'
mkdir -p "$(dirname "$root")"

run() { chroot "$root" "$@"; }
as() { chroot --userspec="$1" "$root" "${@:2}"; }
open() { (echo >"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
retry() { # the network: three times
  local n
  for n in 1 2 3; do
    "$@" >>"$log" 2>&1 && return
    [ "$n" = 3 ] || sleep $((n * 3))
  done
  return 1
}
wait_open() {
  step="waiting for $1 on port $2"
  for _ in $(seq 900); do
    open "$2" && return
    sleep 0.1
  done
  fail "$1 does not answer on port $2 (log: $3)"
}

stop() {
  local name port folder
  for name in ferret mq; do # their process groups
    [ ! -f "$root/data/$name.pid" ] || kill -- "-$(cat "$root/data/$name.pid")" 2>/dev/null || true
    rm -f "$root/data/$name.pid"
  done
  [ ! -f "$root/data/redis.pid" ] || kill "$(cat "$root/data/redis.pid")" 2>/dev/null || true
  [ ! -f "$root/data/pg/postmaster.pid" ] || as postgres /usr/lib/postgresql/18/bin/pg_ctl -D /data/pg -m fast -w stop >>"$log" 2>&1 || true
  for port in $mongo $redis $mq; do for _ in $(seq 100); do open "$port" || break; sleep 0.1; done; done
  for folder in dev proc; do ! mountpoint -q "$root/$folder" || umount -l "$root/$folder"; done
}

make_folder() {
  [ ! -x "$root/usr/bin/redis-server" ] || return 0
  echo "servers.sh: making $root, once, about 80 s" >&2
  step='installing debootstrap'
  command -v debootstrap >/dev/null || { retry apt-get update -qq && retry apt-get install -y -qq debootstrap; }
  step="finding this machine's Debian mirror"
  local mirror part=$root.part
  mirror=$({ cat /etc/apt/sources.list.d/*.sources /etc/apt/sources.list 2>/dev/null || true; } |
    awk '/^URIs:/ && $2 ~ /\/debian\/?$/ {print $2; exit} /^deb / {for (i = 2; i <= NF; i++) if ($i ~ /\/debian\/?$/) {print $i; exit}}')
  [ -n "$mirror" ] || fail 'no Debian mirror in the sources of apt'
  step="fetching Debian testing from $mirror"
  # Made aside and moved: a folder that is there is whole. The last word names debootstrap's script, since that of
  # Debian 12 does not know forky by name.
  bootstrap() {
    umount -l "$part/proc" "$part/sys" 2>/dev/null || true
    rm -rf --one-file-system "$part"
    debootstrap --variant=minbase --include=postgresql-18-documentdb,rabbitmq-server,redis-server forky "$part" "$mirror" sid
  }
  retry bootstrap
  umount -l "$part/proc" "$part/sys" 2>/dev/null || true
  mkdir -p "$root"
  mv -T "$part" "$root"
}

mount_folder() {
  step='mounting /proc and /dev'
  local folder
  for folder in proc dev; do mountpoint -q "$root/$folder" || mount --bind "/$folder" "$root/$folder"; done
  mkdir -p "$root/data/mq" "$root/data/ferret" "$root/opt"
  run chown postgres /data
  run chown -R rabbitmq /data/mq
}

make_ferretdb() {
  [ ! -x "$root/opt/ferretdb" ] || return 0
  step='building FerretDB with Go'
  if command -v go >/dev/null; then
    CGO_ENABLED=0 GOBIN="$root/opt" retry go install "$ferretdb"
    return
  fi
  echo 'servers.sh: no Go here, fetching that of Debian into the folder' >&2
  cp -L /etc/resolv.conf "$root/etc/resolv.conf"
  mkdir -p "$root/etc/ssl/certs"
  cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
  retry run apt-get -qq -o Acquire::Check-Valid-Until=false update
  retry run apt-get -qq -y --no-install-recommends -o Acquire::Check-Valid-Until=false install golang-go
  retry run env HOME=/root CGO_ENABLED=0 GOBIN=/opt GOPATH=/var/cache/go GOCACHE=/var/cache/go/build \
    SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt go install "$ferretdb"
}

start_mongo() {
  step='starting PostgreSQL'
  [ -f "$root/data/pg/PG_VERSION" ] ||
    as postgres /usr/lib/postgresql/18/bin/initdb -D /data/pg -A trust -U postgres -E UTF8 --locale=C.UTF-8 >>"$log" 2>&1
  cat >"$root/data/pg/sidekick.conf" <<CONF
shared_preload_libraries = 'pg_cron,pg_documentdb_core,pg_documentdb'
cron.database_name = 'postgres'
cron.log_run = off
cron.log_statement = off
deadlock_timeout = 20ms          # a race for one unique key waits this long
port = $pg
listen_addresses = '127.0.0.1'
unix_socket_directories = '/data'
max_connections = 200
CONF
  grep -q sidekick.conf "$root/data/pg/postgresql.conf" || echo "include 'sidekick.conf'" >>"$root/data/pg/postgresql.conf"
  open "$pg" || as postgres /usr/lib/postgresql/18/bin/pg_ctl -D /data/pg -l /data/pg.log -w start >>"$log" 2>&1 </dev/null
  as postgres psql -q -h 127.0.0.1 -p "$pg" -c 'set client_min_messages = warning' \
    -c 'create extension if not exists documentdb cascade' postgres >>"$log" 2>&1
  step='starting FerretDB'
  FERRETDB_TELEMETRY=disable setsid "$root/opt/ferretdb" --no-auth \
    --postgresql-url="postgres://postgres@127.0.0.1:$pg/postgres" --listen-addr="127.0.0.1:$mongo" --debug-addr=- \
    --log-level=WARN --state-dir="$root/data/ferret" >"$root/data/ferret.log" 2>&1 </dev/null &
  echo $! >"$root/data/ferret.pid"
}

start_redis() {
  step='starting Redis'
  run redis-server --port "$redis" --bind 127.0.0.1 --daemonize yes --dir /data --logfile /data/redis.log \
    --pidfile /data/redis.pid >>"$log" 2>&1 </dev/null
}

start_rabbitmq() {
  step='starting RabbitMQ'
  printf 'listeners.tcp.1 = 127.0.0.1:%s\ndistribution.listener.interface = 127.0.0.1\n' "$mq" >"$root/data/mq/rabbit.conf"
  echo '[].' >"$root/data/mq/plugins"
  setsid chroot "$root" setpriv --reuid=rabbitmq --regid=rabbitmq --clear-groups env HOME=/data/mq \
    RABBITMQ_NODENAME="sidekick$mq@localhost" RABBITMQ_DIST_PORT=2"$mq" RABBITMQ_MNESIA_BASE=/data/mq/db \
    RABBITMQ_LOG_BASE=/data/mq/log RABBITMQ_PID_FILE=/data/mq/pid RABBITMQ_ENABLED_PLUGINS_FILE=/data/mq/plugins \
    RABBITMQ_CONFIG_FILE=/data/mq/rabbit ERL_EPMD_ADDRESS=127.0.0.1 \
    /usr/lib/rabbitmq/bin/rabbitmq-server >"$root/data/mq.log" 2>&1 </dev/null &
  echo $! >"$root/data/mq.pid"
}

start() {
  if ! open "$mongo" || ! open "$redis" || ! open "$mq"; then
    : >"$log"
    make_folder
    mount_folder
    make_ferretdb
    open "$mongo" || start_mongo
    open "$redis" || start_redis
    open "$mq" || start_rabbitmq
  fi
  wait_open FerretDB "$mongo" "$root/data/ferret.log"
  wait_open Redis "$redis" "$root/data/redis.log"
  wait_open RabbitMQ "$mq" "$root/data/mq.log"
  echo "MONGO_URL=mongodb://127.0.0.1:$mongo"
  echo "AMQP_URL=amqp://guest:guest@127.0.0.1:$mq"
  echo "REDIS_URL=redis://127.0.0.1:$redis"
}

# Two test workers may ask at once. The servers must not inherit the lock, or it would never be free again.
step="waiting for $root.lock"
exec 9>"$root.lock"
flock -w 600 9 || fail "somebody else holds $root.lock"
{ "$command"; } 9>&-
