# encoding: utf-8
=begin
set :application, "commented out"
=end
set :application, 'shop'
set(:deploy_to, -> { "/srv/#{fetch(:application)}_#{fetch(:stage)}/" })
set :script, <<~SH
  server "not.a.host", roles: %w{app}
  end
SH
hosts = %w[a1 a2]
hosts.each do |name|
  server "#{name}.example.com", user: 'deploy', roles: %w{app}
end
if ENV['CANARY'] == 'yes'
  server 'canary.example.com', roles: %w{app}
else
  set :keep_releases, 99
end
server 'never.example.com', roles: %w{app} if false
set :linked_dirs, fetch(:linked_dirs, []).push('log', 'public', 'public/system', '/etc/shop') + %w(tmp/pids)
set :linked_files, %w{config/database.yml config/${odd}.yml}
remove :linked_files, 'config/none.yml'
set :keep_releases, 1
set :ssh_options, { user: 'shop', port: 2200, keys: [File.join(ENV['HOME'], '.ssh', 'id_shop'), '~/.ssh/other'],
                    proxy: Net::SSH::Proxy::Command.new('ssh bastion -W %h:%p'), password: 'hunter2' }
set :greeting, "it's #{"quoted #{1}"} \"here\" # no comment"
SSHKit.config.command_map[:rake] = 'bundle exec rake'
`rm -rf /`
system("touch", "/tmp/capistrano-ran")
def helper(x) = x
case fetch(:stage)
when :production then set :keep_releases, 50
end
task :console => [:one] do |t|
  exec "x" unless /end if "/ =~ t.name
end
server ENV['APP_HOST'], roles: :app
server "2001:db8::7", user: "v6", roles: %i[app db], primary: true, no_release: false
server 'db.example.com', roles: %w{db}, no_release: true
role :app, %w{deploy@r1.example.com:22 r2.example.com}
server compute_host, roles: %w{app}
__END__
server "after.the.end"
