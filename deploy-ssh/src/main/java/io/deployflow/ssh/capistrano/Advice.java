package io.deployflow.ssh.capistrano;

import java.util.Map;
import java.util.Optional;

/** What to do about the parts of Capistrano that deploy.yml has no key for. */
final class Advice {
    /** For code of the team's own. */
    static final String CODE = "write what it does as commands under `restart`, `build` or `hooks`";

    private static final String NOT_NEEDED = "not needed: ";
    private static final String VERSIONS =
            "commands run in a plain sh: begin those of `restart` and `hooks` with what sets the version up, such as"
                    + " `~/.rbenv/bin/rbenv exec`";
    private static final String OUTPUT = NOT_NEEDED + "see --output, --verbose and --quiet";

    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("repo_url", NOT_NEEDED + "the work tree in `source` is deployed; no host fetches anything"),
            Map.entry("scm", NOT_NEEDED + "the work tree in `source` is deployed"),
            Map.entry("branch", "HEAD of the work tree is deployed, or what --revision names"),
            Map.entry("repo_tree", "let `source` name that directory"),
            Map.entry("git_shallow_clone", NOT_NEEDED + "no host fetches anything"),
            Map.entry("deploy_via", NOT_NEEDED + "what changed is sent, the rest is copied on the host"),
            Map.entry("tmp_dir", NOT_NEEDED + "nothing is put into a temporary directory on a host"),
            Map.entry("pty", NOT_NEEDED + "commands run without a terminal"),
            Map.entry("use_sudo", "commands run as the user who logs in: write sudo into those that need it"),
            Map.entry("format", OUTPUT),
            Map.entry("format_options", OUTPUT),
            Map.entry("log_level", OUTPUT),
            Map.entry("local_user", NOT_NEEDED + "who runs the deploy is recorded"),
            Map.entry(
                    "default_env", "give each command of `hooks` its `environment`; write the others into the command"),
            Map.entry("default_environment", "give each command of `hooks` its `environment`"),
            Map.entry("current_directory", "the link is always `current`"),
            Map.entry("releases_directory", "the directory is always `releases`"),
            Map.entry("shared_directory", "the directory is always `shared`"),
            Map.entry(
                    "bundle_flags", "write `bundle install` with its flags under `build`, or under `hooks` after push"),
            Map.entry("assets_roles", "assets precompiled under `build` go to every host"),
            Map.entry(
                    "migration_role",
                    "a hook before rollout: `run: bin/rails db:migrate`, `roles: [db]`, `run_once: true`"),
            Map.entry("rails_env", "write RAILS_ENV into the commands, or into `build_env` and `environment`"));

    private static final Map<String, String> PLUGINS = Map.ofEntries(
            Map.entry("capistrano/bundler", "`build: [bundle install]`, or a hook after push: `run: bundle install`"),
            Map.entry(
                    "capistrano/rails",
                    "`build: [bin/rails assets:precompile]`; a hook before rollout for the migrations:"
                            + " `run: bin/rails db:migrate`, `roles: [db]`, `run_once: true`"),
            Map.entry(
                    "capistrano/rails/assets",
                    "`build: [bin/rails assets:precompile]`, once, on the machine that deploys"),
            Map.entry(
                    "capistrano/rails/migrations",
                    "a hook before rollout: `run: bin/rails db:migrate`, `roles: [db]`," + " `run_once: true`"),
            Map.entry("capistrano/passenger", "`restart: touch tmp/restart.txt`, or `passenger-config restart-app`"),
            Map.entry("capistrano/puma", "`restart: pumactl phased-restart`, or your service manager's command"),
            Map.entry("capistrano/sidekiq", "a hook after rollout with your service manager's command"));

    private Advice() {}

    /** For {@code set :key}. */
    static Optional<String> onSetting(String key) {
        if (key.matches("(rbenv|rvm|chruby|nvm|asdf|nodenv|pyenv)_.*")) {
            return Optional.of(VERSIONS);
        } else if (key.matches("(git|svn|hg)_.*")) {
            return Optional.of(NOT_NEEDED + "no host fetches anything");
        } else if (key.startsWith("bundle_")) {
            return Optional.ofNullable(SETTINGS.get("bundle_flags"));
        }
        return Optional.ofNullable(SETTINGS.get(key));
    }

    /** For {@code require} in a Capfile; empty for what is Capistrano's own. */
    static Optional<String> onPlugin(String name) {
        if (name.startsWith("capistrano/scm/")
                || name.matches("capistrano/(setup|deploy|all|i18n|doctor)|bundler/setup")) {
            return Optional.empty();
        } else if (name.matches("capistrano/(rbenv|rvm|chruby|nvm|asdf|nodenv).*")) {
            return Optional.of(VERSIONS);
        }
        String known = PLUGINS.get(name.replaceFirst("^capistrano[3-]", "capistrano/"));
        return Optional.of(known == null ? "what its tasks do is to be written as commands; " + CODE : known);
    }

    /** For {@code before} and {@code after} a task. */
    static String onHook(boolean before, String task) {
        String step = task.replaceFirst("^deploy:", "");
        return switch (step) {
            case "starting", "started", "check", "updating" ->
                hook("before: push", "on the hosts, before anything is sent");
            case "updated", "symlink:shared", "symlink:linked_dirs", "symlink:linked_files" ->
                hook("after: push", "in the new release's directory, before the switch");
            case "publishing", "symlink:release" ->
                before
                        ? hook("before: rollout", "in the new release's directory, before the switch")
                        : "write its command under `restart`, which runs on every host after the switch";
            case "restart", "published" ->
                "write its command under `restart`, which runs on every host after the switch";
            case "finishing", "finished", "cleanup" -> hook("after: rollout", "once every host serves the release");
            default -> CODE;
        };
    }

    private static String hook(String key, String when) {
        return "write its command under `hooks` with `" + key + "`: it runs " + when;
    }

    /** For a key of {@code ssh_options}; empty where it makes no difference. */
    static Optional<String> onSsh(String key, Value value) {
        return switch (key) {
            case "user", "port", "keys", "timeout", "user_known_hosts_file", "keys_only" -> Optional.empty();
            case "forward_agent" ->
                value.text().equals("true")
                        ? Optional.of(NOT_NEEDED + "hosts fetch nothing, so no agent is forwarded to them")
                        : Optional.empty();
            case "auth_methods" ->
                value.items().stream().anyMatch(way -> !way.text().equals("publickey"))
                        ? Optional.of("only public keys are used to log in")
                        : Optional.empty();
            case "proxy" -> Optional.of("write a `ProxyJump` for these hosts into ~/.ssh/config");
            case "verify_host_key", "paranoid" ->
                Optional.of("host keys are always checked: run ssh-keyscan, compare, and add them to `known_hosts`");
            case "keepalive", "keepalive_interval", "keepalive_maxcount" ->
                Optional.of(NOT_NEEDED + "a silent connection is asked every few seconds");
            case "password", "passphrase" ->
                Optional.of("only public keys are used to log in; take the secret out of the file");
            default -> Optional.of("write what it stands for into ~/.ssh/config");
        };
    }
}
