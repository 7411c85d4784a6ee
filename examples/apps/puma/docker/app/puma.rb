# frozen_string_literal: true

# Puma in a container: one process, replaced as a whole by the rollout.

environment "production"
bind "tcp://0.0.0.0:#{ENV.fetch('PORT', '3000')}"
threads 1, 5

# Longer than a load balancer keeps an idle connection (60 s by default), so that Puma is never the one that hangs up.
persistent_timeout 75

# SIGTERM finishes the requests in flight, then this is a stop as asked for and not a failure.
raise_exception_on_sigterm false
