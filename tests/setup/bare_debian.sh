#!/usr/bin/env bash
# Proves the README's two commands on machines with nothing but a minimal Debian 12 and python3 on them.
#
#   tests/setup/bare_debian.sh [TEMPLATE]
#
# Run as root on Debian 12 with debootstrap, git, Xvfb, xdotool and util-linux. TEMPLATE is a folder for the bare
# system, made when it is not there (about a minute) and never changed; each trial works on a copy. The mirror and
# the way to Python's packages are this system's own. What is tried is the last commit, not the work tree.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d)
template=${1:-$work/template}
screen=:77
window_within_s=120
failures=()
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf --one-file-system "$work"' EXIT

say() { printf '\n=== %s\n' "$*"; }
fail() { say "FAILED: $*"; failures+=("$*"); }

make_template() {
    local mirror
    mirror=$(apt-get indextargets --format '$(REPO_URI)' | head -n 1)
    debootstrap --variant=minbase --include=python3 bookworm "$template.part" "$mirror" >"$work/debootstrap.log"
    mv "$template.part" "$template"
}

# A fresh machine with a fresh clone in /vigil, and this system's way to the network.
new_machine() {
    machine=$work/$1
    cp -a "$template" "$machine"
    cp -L /etc/resolv.conf "$machine/etc/resolv.conf"
    if [ -n "${PIP_CERT:-}" ]; then cp -L "$PIP_CERT" "$machine/etc/pip-cert.pem"; fi
    git clone --quiet --no-hardlinks "$here" "$machine/vigil"
    chroot "$machine" useradd --create-home nurse
    chroot "$machine" chown -R nurse: /vigil
}

# on_machine USER COMMAND...: in namespaces of its own, so that nothing stays mounted or running afterwards.
on_machine() {
    local user=$1 name
    shift
    local keep=(PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 CI=true "HOME=$(chroot "$machine" sh -c "echo ~$user")")
    if [ -n "${PIP_CERT:-}" ]; then keep+=(PIP_CERT=/etc/pip-cert.pem); fi
    for name in PIP_INDEX_URL PIP_PROXY http_proxy https_proxy DISPLAY; do
        if [ -n "${!name:-}" ]; then keep+=("$name=${!name}"); fi
    done
    unshare --mount --pid --fork bash -c '
        machine=$1 user=$2; shift 2
        mount -t proc proc "$machine/proc"
        mount --rbind /dev "$machine/dev"
        mkdir -p /tmp/.X11-unix "$machine/tmp/.X11-unix"
        mount --bind /tmp/.X11-unix "$machine/tmp/.X11-unix"
        exec chroot --userspec="$user" "$machine" env -i "$@" </dev/null
    ' - "$machine" "$user" "${keep[@]}" sh -c 'cd /vigil && exec "$@"' - "$@"
}

# refuses USER PATTERN COMMAND...: one line, which has the pattern, and a failing exit code.
refuses() {
    local user=$1 pattern=$2
    shift 2
    if on_machine "$user" "$@" >"$work/said" 2>&1; then fail "it did not refuse: $*"; fi
    cat "$work/said"
    [ "$(wc -l <"$work/said")" -eq 1 ] || fail "not one line"
    grep -qE "$pattern" "$work/said" || fail "the line does not say: $pattern"
}

unset DISPLAY WAYLAND_DISPLAY
[ -d "$template" ] || { say "Making a bare Debian 12"; make_template; }

say "No screen: one sentence, before anything is installed"
new_machine ordinary
refuses nurse 'there is no screen here' python3 bootstrap.py run
refuses root 'there is no screen here' python3 bootstrap.py run --demo

say "An ordinary user: one line names every missing package"
refuses nurse 'sudo apt-get install .*libgl1' python3 bootstrap.py check
line=$(sed 's/.*; run: //; s/sudo //g' "$work/said")
on_machine root sh -c "$line" >"$work/apt.log" 2>&1 || { tail "$work/apt.log"; fail "that line does not work"; }
chmod a-w "$machine/vigil"
say "A folder that cannot be written: one sentence"
refuses nurse 'cannot write to its own folder' python3 bootstrap.py check
chmod u+w "$machine/vigil"
say "An ordinary user, that line having been run: every check and test"
on_machine nurse python3 bootstrap.py check || fail "check as an ordinary user"
say "A screen that does not answer: one sentence"
DISPLAY=:978 refuses nurse 'DISPLAY=:978 does not answer' python3 bootstrap.py run
rm -rf --one-file-system "$machine"

say "Root, with nothing there: the continuous integration's command"
new_machine checked
started=$SECONDS
on_machine root bash .ci/run || fail "check as root"
say "... took $((SECONDS - started)) s"
rm -rf --one-file-system "$machine"

say "Root, with nothing there: Vigil opens"
new_machine opened
Xvfb "$screen" -screen 0 1400x900x24 -nolisten tcp >"$work/xvfb.log" 2>&1 &
DISPLAY=$screen on_machine root python3 bootstrap.py run --demo &
vigil=$!
started=$SECONDS
until DISPLAY=$screen xdotool search --onlyvisible --name Vigil >"$work/window" 2>/dev/null; do
    if ! kill -0 "$vigil" 2>/dev/null; then fail "it ended without a window"; break; fi
    if [ $((SECONDS - started)) -ge "$window_within_s" ]; then fail "no window within $window_within_s s"; break; fi
    sleep 1
done
say "... waited $((SECONDS - started)) s for a window, from nothing"
sleep 10
kill -0 "$vigil" 2>/dev/null || fail "it did not stay open"

if [ ${#failures[@]} -gt 0 ]; then
    say "Not proven:"
    printf '%s\n' "${failures[@]}"
    exit 1
fi
say "All proven"
