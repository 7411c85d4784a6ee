set :deploy_to, File.dirname(__FILE__)
set :keep_releases, fetch(:nothing)
