#!/bin/bash
# AUTHORIZED_KEY: the public key that may log in as deploy. HOST_KEY: the host's own private ed25519 key.
# The application is not started here: its own restart command starts it with the first release.
set -euo pipefail
install -d -m 0700 -o deploy -g deploy /home/deploy/.ssh
printf '%s\n' "$AUTHORIZED_KEY" >/home/deploy/.ssh/authorized_keys
chown deploy: /home/deploy/.ssh/authorized_keys
(umask 077 && printf '%s\n' "$HOST_KEY" >/etc/ssh/ssh_host_ed25519_key)
unset AUTHORIZED_KEY HOST_KEY
cat >/etc/ssh/sshd_config.d/sandbox.conf <<'CONFIG'
HostKey /etc/ssh/ssh_host_ed25519_key
PasswordAuthentication no
PermitRootLogin no
CONFIG
# -e: log to the container's output.
exec /usr/sbin/sshd -D -e
