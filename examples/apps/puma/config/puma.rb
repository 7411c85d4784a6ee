# frozen_string_literal: true

# Puma on a host that deploys switch by the symlink `current`: a phased restart replaces one worker after the other while
# the listening socket stays open. bin/restart asks for it.

require "fileutils"

release = File.expand_path("..", __dir__)
deployed = File.basename(File.dirname(release)) == "releases"

# The name of the symlink, not of the release that it points to now: Puma changes into it again at every phased restart.
directory deployed ? File.expand_path("../../current", release) : release

# Kept outside the release (a linked directory): the next release's bin/restart must find them.
pids = File.join(release, "tmp", "pids")
FileUtils.mkdir_p(pids)
pids = File.realpath(pids)
pidfile File.join(pids, "puma.pid")
state_path File.join(pids, "puma.state")
state_permission 0o600 # it holds the control socket's token
activate_control_app "unix://#{File.join(pids, 'puma.sock')}"

environment "production"
bind "tcp://0.0.0.0:#{ENV.fetch('PORT', '3000')}"
workers 2
threads 1, 5

# Without its queue Puma answers every connection that it has accepted before a worker ends. With it, a connection that is
# open but has not sent its request yet is closed, and so is an idle keep-alive one: to the client that is a failed request.
queue_requests false
first_data_timeout 5
