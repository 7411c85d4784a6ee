#!/bin/sh
# HAPROXY_CONFIG: the whole configuration.
set -eu
printf '%s' "$HAPROXY_CONFIG" >/tmp/haproxy.cfg
exec haproxy -db -f /tmp/haproxy.cfg
