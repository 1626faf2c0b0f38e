#!/usr/bin/env bash
# Two "nodes", each with one "pod", joined by a shaped path with a middlebox.
#   pod-a -- node-a ==(VXLAN inside WireGuard)== path ==(...)== node-b -- pod-b
# Usage: sudo bash netlab.sh up | plain | encrypt | show | measure LABEL [RUNS] [SECONDS] | down
# The encrypted overlay is built from the MTU values in mtu.env. The values shipped there carry the defect.
set -euo pipefail
cd "$(dirname "$0")"
# shellcheck disable=SC1091
. ./mtu.env
PREFIX=cwmtu
PA=$PREFIX-pod-a; NA=$PREFIX-node-a; PX=$PREFIX-path; NB=$PREFIX-node-b; PB=$PREFIX-pod-b
RATE=${RATE:-100mbit}
OUT=${OUT:-results}
KEYS=${KEYS:-.keys}

x() { local ns=$1; shift; ip netns exec "$ns" "$@"; }

link() { # link NS1 DEV1 ADDR1 NS2 DEV2 ADDR2
  ip link add "$2" netns "$1" type veth peer name "$5" netns "$4"
  ip -n "$1" addr add "$3" dev "$2"; ip -n "$4" addr add "$6" dev "$5"
  ip -n "$1" link set "$2" up; ip -n "$4" link set "$5" up
}

up() {
  down
  for n in $PA $NA $PX $NB $PB; do
    ip netns add "$n"
    ip -n "$n" link set lo up
    x "$n" sysctl -qw net.ipv4.ip_forward=1 net.ipv4.ipfrag_time=1
  done
  link $NA eth0 192.0.2.1/30 $PX left 192.0.2.2/30
  link $NB eth0 192.0.2.5/30 $PX right 192.0.2.6/30
  link $PA eth0 10.244.1.2/24 $NA lxc 10.244.1.1/24
  link $PB eth0 10.244.2.2/24 $NB lxc 10.244.2.1/24
  ip -n $NA route add 192.0.2.4/30 via 192.0.2.2
  ip -n $NB route add 192.0.2.0/30 via 192.0.2.6
  ip -n $PA route add default via 10.244.1.1
  ip -n $PB route add default via 10.244.2.1
  for d in left right; do
    x $PX tc qdisc add dev $d root tbf rate "$RATE" burst 128k latency 30ms
  done
  # The middlebox: it polices IP fragments, and ICMP "fragmentation needed" is lost on the way.
  x $PX iptables -A FORWARD -f -m limit --limit 625/second --limit-burst 80 -j ACCEPT
  x $PX iptables -A FORWARD -f -j DROP
  for n in $NA $NB; do x $n iptables -A OUTPUT -p icmp --icmp-type fragmentation-needed -j DROP; done
  plain
}

vxlan() { # vxlan LOCAL_A LOCAL_B MTU
  ip -n $NA link del vx0 2>/dev/null || true
  ip -n $NB link del vx0 2>/dev/null || true
  ip -n $NA link add vx0 type vxlan id 42 local "$1" remote "$2" dstport 8472 noudpcsum
  ip -n $NB link add vx0 type vxlan id 42 local "$2" remote "$1" dstport 8472 noudpcsum
  ip -n $NA addr add 10.244.0.1/24 dev vx0; ip -n $NB addr add 10.244.0.2/24 dev vx0
  ip -n $NA link set vx0 mtu "$3" up; ip -n $NB link set vx0 mtu "$3" up
  ip -n $NA route replace 10.244.2.0/24 via 10.244.0.2 dev vx0
  ip -n $NB route replace 10.244.1.0/24 via 10.244.0.1 dev vx0
}

podmtu() {
  ip -n $PA link set eth0 mtu "$1"; ip -n $NA link set lxc mtu "$1"
  ip -n $PB link set eth0 mtu "$1"; ip -n $NB link set lxc mtu "$1"
}

reachable() { # a WireGuard handshake that is lost is repeated only after 5 s, so be patient
  for _ in $(seq 15); do
    x $PA ping -c1 -W2 -q 10.244.2.2 >/dev/null && { echo "$1 overlay is up"; return; }
  done
  echo "$1 overlay does not answer" >&2; return 1
}

plain() {
  vxlan 192.0.2.1 192.0.2.5 1450
  podmtu 1450
  reachable plain
}

wg_if() { # wg_if NS DEV ADDR MTU: kernel WireGuard where there is one, the user-space program otherwise
  ip -n "$1" link del "$2" 2>/dev/null || true
  for _ in 1 2 3 4 5; do [ -S "/var/run/wireguard/$2.sock" ] && sleep 1 || break; done
  if ! ip -n "$1" link add "$2" type wireguard 2>/dev/null; then
    x "$1" wireguard-go "$2" >/dev/null 2>&1
  fi
  ip -n "$1" addr add "$3" dev "$2"
  ip -n "$1" link set "$2" mtu "$4" up
}

encrypt() {
  mkdir -p "$KEYS"; chmod 700 "$KEYS"
  for n in a b; do
    [ -s "$KEYS/$n" ] || (umask 077; wg genkey >"$KEYS/$n")
    wg pubkey <"$KEYS/$n" >"$KEYS/$n.pub"
  done
  wg_if $NA cwwga 172.31.0.1/24 "$WG_MTU"; wg_if $NB cwwgb 172.31.0.2/24 "$WG_MTU"
  x $NA wg set cwwga listen-port 51871 private-key "$KEYS/a" peer "$(cat "$KEYS/b.pub")" \
    endpoint 192.0.2.5:51871 allowed-ips 172.31.0.2/32
  x $NB wg set cwwgb listen-port 51871 private-key "$KEYS/b" peer "$(cat "$KEYS/a.pub")" \
    endpoint 192.0.2.1:51871 allowed-ips 172.31.0.1/32
  vxlan 172.31.0.1 172.31.0.2 "$VXLAN_MTU"
  podmtu "$POD_MTU"
  reachable encrypted
}

show() {
  for n in $PA $NA $PX $NB $PB; do
    echo "== $n"; ip -n "$n" -o link | awk '{print $2, $4, $5}'
  done
  for n in $NA $NB; do
    echo "== $n counters"; x $n nstat -asz IpFragCreates IpFragOKs IpReasmReqds IpReasmFails | tail -n +2
  done
  echo "== middlebox"; x $PX iptables -nvx -L FORWARD
}

frags() { x $NA nstat -asz IpFragCreates | awk '/IpFragCreates/ {print $2}'; }

measure() {
  local label=$1 runs=${2:-5} secs=${3:-15} f0 f1
  mkdir -p "$OUT"
  [ -s "$OUT/runs.csv" ] || echo "label,run,mbit_s,retransmits,frag_creates,small_rtt_ms" >"$OUT/runs.csv"
  x $PB iperf3 -s -D -I "/tmp/$PREFIX-iperf.pid" >/dev/null
  sleep 1
  for r in $(seq "$runs"); do
    f0=$(frags)
    x $PA iperf3 -J -c 10.244.2.2 -t "$secs" -O 3 >"$OUT/$label-$r.json"
    f1=$(frags)
    x $PA ping -i 0.2 -c 20 -q -s 64 10.244.2.2 >"$OUT/$label-$r.ping" || true
    python3 - "$label" "$r" "$((f1 - f0))" "$OUT" <<'PY' | tee -a "$OUT/runs.csv"
import json, re, sys
label, run, frags, out = sys.argv[1:]
end = json.load(open(f"{out}/{label}-{run}.json"))["end"]
rtt = re.search(r"= [\d.]+/([\d.]+)/", open(f"{out}/{label}-{run}.ping").read())
print(label, run, round(end["sum_received"]["bits_per_second"] / 1e6, 1), end["sum_sent"]["retransmits"],
      frags, rtt.group(1) if rtt else "lost", sep=",")
PY
  done
  kill "$(tr -d '\0' <"/tmp/$PREFIX-iperf.pid")" 2>/dev/null || true
  rm -f "/tmp/$PREFIX-iperf.pid"
}

down() {
  for n in $PA $NA $PX $NB $PB; do
    ip netns pids "$n" 2>/dev/null | xargs -r kill 2>/dev/null || true
    ip netns del "$n" 2>/dev/null || true
  done
}

case ${1:-} in
  up | plain | encrypt | show | down) "$1" ;;
  measure) shift; measure "$@" ;;
  *) sed -n '2,5p' "$0"; exit 2 ;;
esac
