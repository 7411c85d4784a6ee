#!/bin/sh
# REGISTRY_PASSWORD: the password of the user AWS.
set -eu
umask 077
# docker-registry wants bcrypt; perl's crypt(3) makes it without another package.
salt="\$2b\$05\$$(tr -dc 'A-Za-z0-9./' </dev/urandom | head -c 21)O"
export salt
perl -e 'print "AWS:", crypt($ENV{REGISTRY_PASSWORD}, $ENV{salt}), "\n"' >/etc/docker/registry/htpasswd
unset salt REGISTRY_PASSWORD
cat >/etc/docker/registry/config.yml <<'CONFIG'
version: 0.1
log:
  level: warn
  accesslog:
    disabled: true
storage:
  cache:
    blobdescriptor: inmemory
  filesystem:
    rootdirectory: /var/lib/docker-registry
  delete:
    enabled: true
http:
  addr: :5000
auth:
  htpasswd:
    realm: sandbox
    path: /etc/docker/registry/htpasswd
CONFIG
exec docker-registry serve /etc/docker/registry/config.yml
