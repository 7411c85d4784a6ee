# shellcheck shell=bash
# What the commands in bin/ need before they can work: checks, and what may be installed and started for them.
# Sourced from bash with `set -euo pipefail`. The interface:
#
#   need_java_and_maven      ends the command when a JDK 17+ or Maven 3.8+ is missing
#   ensure_engine            sets ENGINE to docker or none; installs and starts Docker's engine where it may; CI needs one
#   stop_engine_if_ours      ends the engine that the command of this name started, now or in a run that was cut off,
#                            unless containers run in it
#   ensure_bootstrap_tools   git and ssh; mmdebstrap where the base image cannot be had otherwise
#   ensure_browser           chromium, for the tests of pages; CHROMIUM names another one
#   ensure_image_tools       sets IMAGE_TOOLS to yes or no: skopeo and podman, for stories of images; CI needs them
#   ensure_kind_tools        sets KIND_TOOLS to yes or no: ruby, bundler and pip, for stories of applications that they prepare; CI needs them
#   wait_until SECONDS CMD   polls CMD until it succeeds, at most that long
#   run_step TITLE CMD...    runs CMD with its output in the log; prints TITLE and its seconds, or the log's last lines
#   say TEXT, die TEXT       one line; one line and exit 1
#
# DEPLOYFLOW_DOCKERD_ARGS: more options for an engine started here (such as `--storage-driver=vfs`).

SETUP_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
SETUP_COMMAND=$(basename "$0")
SETUP_DIR=$SETUP_ROOT/.sandbox
SETUP_LOG=$SETUP_DIR/setup-$SETUP_COMMAND.log
ENGINE_LOG=$SETUP_DIR/dockerd-$SETUP_COMMAND.log
ENGINE_PID_FILE=$SETUP_DIR/dockerd-$SETUP_COMMAND.pid
ENGINE_SOCKET=/var/run/docker.sock
BASE_IMAGE=debian:bookworm-slim

say() {
    printf '%s\n' "$*"
}

die() {
    printf '%s: %s\n' "$SETUP_COMMAND" "$*" >&2
    exit 1
}

has() {
    command -v "$1" > /dev/null 2>&1
}

run_step() {
    local title=$1 since=$SECONDS
    shift
    mkdir -p "$SETUP_DIR"
    printf '## %s: %s\n' "$title" "$*" >> "$SETUP_LOG"
    if ! "$@" >> "$SETUP_LOG" 2>&1; then
        printf '%s: failed after %s s; %s ends with:\n' "$title" $((SECONDS - since)) "$SETUP_LOG" >&2
        tail -n 8 "$SETUP_LOG" >&2
        return 1
    fi
    say "$title: $((SECONDS - since)) s"
}

# Polls a command until it succeeds; fails after $1 seconds.
wait_until() {
    local deadline=$((SECONDS + $1))
    shift
    until "$@"; do
        [ "$SECONDS" -lt "$deadline" ] || return
        sleep 0.2
    done
}

# --- Java and Maven ---------------------------------------------------------------------------------------------------

need_java_and_maven() {
    local mend="on Debian: apt-get install openjdk-17-jdk-headless maven"
    local javac=${JAVA_HOME:+$JAVA_HOME/bin/}javac java maven
    has "$javac" || die "a JDK (17 or later) is missing, there is no $javac; $mend"
    java=$("$javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p')
    [ "${java:-0}" -ge 17 ] || die "JDK 17 or later is needed and $javac is $java; $mend, or set JAVA_HOME"
    has mvn || die "Maven (3.8 or later) is missing; $mend"
    maven=$(mvn -B -v 2> /dev/null | sed -n 's/.*Apache Maven \([0-9]*\.[0-9]*\).*/\1/p')
    case $maven in
        [0-2].* | 3.[0-7]) die "Maven 3.8 or later is needed and $(command -v mvn) is $maven; $mend" ;;
    esac
}

# --- Packages ---------------------------------------------------------------------------------------------------------

# Runs a command as root; fails where that would ask for a password.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        sudo -n "$@"
    fi
}

may_install() {
    has apt-get && { [ "$(id -u)" -eq 0 ] || { has sudo && sudo -n true 2> /dev/null; }; }
}

install_packages() {
    if [ -z "${SETUP_APT_UPDATED:-}" ]; then
        run_step "Reading the package lists" as_root apt-get update || return
        SETUP_APT_UPDATED=yes
    fi
    run_step "Installing $*" \
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"
}

# --- The container engine ---------------------------------------------------------------------------------------------

engine_answers() {
    docker version --format '{{.Server.Version}}' > /dev/null 2>&1
}

install_engine() {
    install_packages docker.io iptables || return
    # Since Debian 13 the client is a package of its own.
    has docker || install_packages docker-cli
}

# Whether the process that this command recorded still runs.
engine_is_ours() {
    [ -s "$ENGINE_PID_FILE" ] && [ -d "/proc/$(cat "$ENGINE_PID_FILE")" ]
}

# Answers, or never will.
engine_is_settled() {
    engine_answers || ! engine_is_ours
}

socket_is_settled() {
    [ -S "$ENGINE_SOCKET" ] || ! engine_is_ours
}

# In a session of its own: Ctrl-C must not reach the engine before the command that needs it to clean up.
start_dockerd() {
    # shellcheck disable=SC2016,SC2086 # $$ is the inner shell's; the options are words
    as_root setsid --fork sh -c 'echo $$ > "$0"; exec dockerd "$@"' "$ENGINE_PID_FILE" \
        ${DEPLOYFLOW_DOCKERD_ARGS:-} > "$ENGINE_LOG" 2>&1 < /dev/null || return
    wait_until 5 test -s "$ENGINE_PID_FILE" || return
    wait_until 60 socket_is_settled || return
    if [ "$(id -u)" -ne 0 ] && [ -S "$ENGINE_SOCKET" ]; then
        as_root chown "$(id -u)" "$ENGINE_SOCKET"
    fi
    wait_until 60 engine_is_settled || true
    engine_answers || { grep -v 'level=info' "$ENGINE_LOG" | tail -n 4; return 1; }
}

start_service() {
    as_root systemctl start docker && wait_until 60 engine_answers
}

start_engine() {
    mkdir -p "$SETUP_DIR"
    rm -f "$ENGINE_PID_FILE"
    if [ -d /run/systemd/system ]; then
        run_step "Starting the service docker" start_service
    else
        run_step "Starting Docker's engine" start_dockerd
    fi
}

# Sets ENGINE_MISSING to the reason when there is none.
find_or_start_engine() {
    ENGINE_MISSING=""
    if has docker && engine_answers; then
        return
    elif [ -n "${DOCKER_HOST:-}" ]; then
        ENGINE_MISSING="DOCKER_HOST=$DOCKER_HOST does not answer"
    elif ! may_install; then
        ENGINE_MISSING="no engine answers, and installing and starting one takes Debian's apt-get and root or passwordless sudo"
    elif ! { has docker && has dockerd; } && ! install_engine; then
        ENGINE_MISSING="Docker's engine could not be installed, see $SETUP_LOG"
    elif ! engine_answers && ! start_engine; then
        ENGINE_MISSING="Docker's engine could not be started for $(id -un), see $SETUP_LOG"
    fi
}

ensure_engine() {
    find_or_start_engine
    if [ -z "$ENGINE_MISSING" ]; then
        ENGINE=docker
    elif [ "${CI:-}" = true ]; then
        die "CI needs a container engine: $ENGINE_MISSING"
    else
        ENGINE=none
        say "There is no container engine: $ENGINE_MISSING."
    fi
    export ENGINE
}

stop_engine_if_ours() {
    local pid
    if ! engine_is_ours || [ "$(cat "/proc/$(cat "$ENGINE_PID_FILE")/comm")" != dockerd ]; then
        rm -f "$ENGINE_PID_FILE"
        return 0
    fi
    pid=$(cat "$ENGINE_PID_FILE")
    if [ -n "$(docker ps -q 2> /dev/null)" ]; then
        say "Docker's engine (process $pid) goes on: containers run in it."
        return 0
    fi
    # shellcheck disable=SC2016 # the shell's own kill: a small system has no other
    as_root sh -c 'kill "$0"' "$pid"
    if ! wait_until 30 test ! -d "/proc/$pid"; then
        say "Docker's engine (process $pid) has not ended after 30 s; see $ENGINE_LOG" >&2
        return 1
    fi
    rm -f "$ENGINE_PID_FILE"
}

# --- Images -----------------------------------------------------------------------------------------------------------

# Asked for with an image of a few kilobytes, once a run.
can_pull_images() {
    if [ -z "${SETUP_CAN_PULL:-}" ]; then
        SETUP_CAN_PULL=no
        if timeout 20 docker pull -q hello-world > /dev/null 2>&1; then
            SETUP_CAN_PULL=yes
        fi
    fi
    [ "$SETUP_CAN_PULL" = yes ]
}

has_base_image() {
    docker image inspect "$BASE_IMAGE" > /dev/null 2>&1
}

# Adds to the array `missing` the package $2 when the command $1 is not there.
want() {
    has "$1" || missing+=("$2")
}

ensure_bootstrap_tools() {
    local missing=()
    want git git
    want ssh openssh-client
    if [ "${ENGINE:-none}" = docker ] && ! has_base_image && ! can_pull_images; then
        want mmdebstrap mmdebstrap
        if [ "$(id -u)" -ne 0 ]; then
            want newuidmap uidmap
        fi
    fi
    [ ${#missing[@]} -gt 0 ] || return 0
    may_install || die "these are missing: ${missing[*]}; install them (on Debian: apt-get install ${missing[*]})"
    install_packages "${missing[@]}" || die "could not install ${missing[*]}"
}

ensure_browser() {
    if has "${CHROMIUM:-chromium}"; then
        return 0
    fi
    may_install || die "${CHROMIUM:-chromium} is missing; install it (on Debian: apt-get install chromium) or set CHROMIUM"
    install_packages chromium || die "could not install chromium; install one and set CHROMIUM to it"
}

# Sets $1 to yes, or to no where the packages in the array `missing` cannot be had; then says that there are no $2.
install_or_do_without() {
    local reason=""
    printf -v "$1" yes
    if [ ${#missing[@]} -gt 0 ]; then
        if ! may_install; then
            reason="${missing[*]} missing, and installing takes Debian's apt-get and root or passwordless sudo"
        elif ! install_packages "${missing[@]}"; then
            reason="${missing[*]} could not be installed, see $SETUP_LOG"
        fi
    fi
    [ -n "$reason" ] || return 0
    [ "${CI:-}" != true ] || die "CI needs the $2: $reason"
    printf -v "$1" no
    say "There are no $2: $reason."
}

ensure_image_tools() {
    local missing=()
    want skopeo skopeo
    want podman podman
    # Docker's runtime, which Podman takes in the stories: crun does not know every layout of cgroups.
    want runc runc
    install_or_do_without IMAGE_TOOLS "stories of images with skopeo and Podman"
    export IMAGE_TOOLS
}

# Debian's own: containers run with what is below /usr here.
ensure_kind_tools() {
    local missing=()
    want /usr/bin/ruby ruby
    want /usr/bin/bundle ruby-bundler
    want /usr/bin/pip3 python3-pip
    install_or_do_without KIND_TOOLS "stories of applications that Bundler, pip and Maven prepare"
    export KIND_TOOLS
}
