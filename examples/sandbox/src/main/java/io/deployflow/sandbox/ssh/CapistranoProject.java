package io.deployflow.sandbox.ssh;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a team keeps in its repository for Capistrano, with one stage, {@code production}.
 *
 * @param application its name
 * @param deployTo absolute directory on the hosts
 * @param branch what is deployed
 * @param hosts where it is deployed to; each has the role {@code app}, the first one is the primary
 * @param more lines of Ruby at the end of {@code config/deploy.rb}, such as {@code set :keep_releases, 3}
 */
public record CapistranoProject(
        String application, String deployTo, String branch, List<SshHost> hosts, List<String> more) {
    private static final String CAPFILE = """
            require "capistrano/setup"
            require "capistrano/deploy"
            require "capistrano/scm/git"
            install_plugin Capistrano::SCM::Git
            """;

    /** Copies the lists. */
    public CapistranoProject {
        hosts = List.copyOf(hosts);
        more = List.copyOf(more);
    }

    /** The files by their paths; they name keys where {@link Capistrano} has them. */
    public Map<String, byte[]> files() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("Capfile", CAPFILE.getBytes(StandardCharsets.UTF_8));
        files.put("config/deploy.rb", deploy().getBytes(StandardCharsets.UTF_8));
        files.put("config/deploy/production.rb", stage().getBytes(StandardCharsets.UTF_8));
        return files;
    }

    private String deploy() {
        return """
                lock "~> 3.17"
                set :application, "%s"
                set :repo_url, "file://%s"
                set :branch, "%s"
                set :deploy_to, "%s"
                set :local_user, "%s"
                set :ssh_options, {
                  keys: %%w(%s), keys_only: true, auth_methods: %%w(publickey), config: false,
                  user_known_hosts_file: "%s", verify_host_key: :always
                }
                """.formatted(
                                application,
                                Capistrano.REPOSITORY,
                                branch,
                                deployTo,
                                Capistrano.PERSON,
                                Capistrano.IDENTITY,
                                Capistrano.KNOWN_HOSTS)
                + more.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private String stage() {
        return hosts.stream()
                .map(host -> "server \"%s\", user: \"%s\", port: %d, roles: %%w{app}\n"
                        .formatted(host.host(), host.user(), host.port()))
                .collect(Collectors.joining());
    }
}
