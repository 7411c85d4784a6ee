#!/bin/sh
# Serves what `current` links to in the directory deployed to. Started before the first deploy, it waits for that.
set -eu
deploy_to=${DEPLOY_TO:-/var/www/shop}

# Puma asks for this signal with its own handler. Until then (also between here and there: what is ignored stays so
# across exec) the first deploy's signal must not end what is about to serve that very release.
trap '' USR1

mkdir -p "$deploy_to/shared/tmp/pids"
echo $$ > "$deploy_to/shared/tmp/pids/puma.pid"
until [ -e "$deploy_to/current/config.ru" ]; do
    sleep 0.1
done

cd "$deploy_to/current"
exec puma -C config/puma.rb
