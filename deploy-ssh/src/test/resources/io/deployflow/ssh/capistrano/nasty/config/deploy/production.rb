set :linked_dirs, fetch(:linked_dirs) + ['vendor/bundle']
