package io.deployflow.ssh.capistrano;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.ConfigurationException;
import io.deployflow.DeployFile;
import io.deployflow.spi.Importer.Imported;
import io.deployflow.spi.Importer.Leftover;
import io.deployflow.ssh.SshSettings;
import io.deployflow.ssh.SshSettings.Host;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is made of {@code cap install}'s own files with lines of them switched on, and of Ruby that nobody should write.
 */
class CapistranoImporterTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("APP_HOST", "a.example.com", "DEPLOY_TO", "/srv/x", "HOME", "/home/me");

    @TempDir
    private Path folder;

    @Test
    void read_ofCapistranosOwnTemplate_givesTheTarget() throws Exception {
        SshSettings settings = settings(read("rails", Optional.empty()), "production");

        assertThat(settings.hosts())
                .containsExactly(
                        new Host("deploy@example.com", List.of("app", "db", "web"), true),
                        new Host("user1@primary.com", List.of("web"), false),
                        new Host("user2@additional.com", List.of("web"), false),
                        new Host("my_app_name-worker@worker.example.com:2222", List.of("worker"), false));
        assertThat(settings.deployTo()).isEqualTo("/var/www/my_app_name");
        assertThat(settings.keepReleases()).isEqualTo(3);
        assertThat(settings.linkedDirs()).hasSize(8).contains("log", "tmp/webpacker", "public/system");
        assertThat(settings.linkedFiles()).containsExactly("config/database.yml", "config/master.key");
        assertThat(settings.identity()).isEmpty();
    }

    @Test
    void read_ofCapistranosOwnTemplate_namesWhatIsLeftByItsLine() throws Exception {
        List<Leftover> leftovers = read("rails", Optional.empty()).leftovers();

        assertThat(leftovers)
                .extracting(left -> left.place() + " " + left.what())
                .contains(
                        "Capfile:30 require capistrano/rbenv",
                        "Capfile:34 require capistrano/rails/migrations",
                        "config/deploy.rb:5 set :repo_url",
                        "config/deploy.rb:8 ask :branch",
                        "config/deploy.rb:39 ssh_options forward_agent",
                        "config/deploy.rb:45 the task deploy:restart",
                        "config/deploy.rb:51 after deploy:publishing: restart",
                        "config/deploy.rb:52 before deploy:updated: assets:backup",
                        "config/deploy/production.rb:63 the keys of worker.example.com:2222",
                        "config/deploy/staging.rb:1 the stage staging",
                        "lib/capistrano/tasks/cache.rake:1 tasks of your own")
                .doesNotHaveDuplicates();
        assertThat(leftovers).extracting(Leftover::place).noneMatch(place -> place.equals("config/deploy.rb:2"));
        assertThat(leftovers)
                .filteredOn(left -> left.place().equals("config/deploy.rb:51"))
                .extracting(Leftover::remedy)
                .first()
                .asString()
                .contains("`restart`");
    }

    @Test
    void read_ofRubyThatMustBeRun_carriesTheRestAndRunsNothing() throws Exception {
        Path proof = Path.of("/tmp/capistrano-ran");
        Files.deleteIfExists(proof);
        Imported imported = read("nasty", Optional.of("production"));
        SshSettings settings = settings(imported, "production");

        assertThat(proof).doesNotExist();
        assertThat(settings.hosts())
                .extracting(Host::host)
                .containsExactly(
                        "shop@a.example.com:2200",
                        "v6@[2001:db8::7]:2200",
                        "deploy@r1.example.com:22",
                        "shop@r2.example.com:2200");
        assertThat(settings.hosts().get(1).primary()).isTrue();
        assertThat(settings.deployTo()).isEqualTo("/srv/shop_production");
        assertThat(settings.identity()).contains(Path.of("/home/me/.ssh/id_shop"));
        assertThat(settings.linkedDirs()).containsExactly("log", "public", "tmp/pids", "vendor/bundle");
        assertThat(settings.linkedFiles()).containsExactly("config/database.yml", "config/${odd}.yml");
        assertThat(settings.keepReleases()).isEqualTo(2);
        assertThat(imported.leftovers())
                .extracting(Leftover::place)
                .contains(
                        "config/deploy.rb:7",
                        "config/deploy.rb:12",
                        "config/deploy.rb:15",
                        "config/deploy.rb:20",
                        "config/deploy.rb:24",
                        "config/deploy.rb:25",
                        "config/deploy.rb:28",
                        "config/deploy.rb:29",
                        "config/deploy.rb:30",
                        "config/deploy.rb:31",
                        "config/deploy.rb:32",
                        "config/deploy.rb:35",
                        "config/deploy.rb:40",
                        "config/deploy.rb:42");
        assertThat(imported.deployFile()).doesNotContain("hunter2", "not.a.host", "after.the.end", "canary");
    }

    @Test
    void read_whereTheDirectoryIsComputed_refusesToDeployUntilItIsSaid() throws Exception {
        Imported imported = read("nasty", Optional.of("odd"));

        assertThat(settings(imported, "odd").deployTo()).isEqualTo("/srv/x");
        Path file = Files.writeString(folder.resolve("deploy.yml"), imported.deployFile());
        assertThatThrownBy(() -> DeployFile.reader()
                        .environment(name -> name.equals("DEPLOY_TO") ? null : "x")
                        .read(file))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("DEPLOY_TO");
    }

    @Test
    void read_ofBothWritingsOfHashesAndSharedServers_mergesThem() throws Exception {
        write("config/deploy.rb", "set :application, :shop\nset :deploy_to, '/srv/' + fetch(:application)\n");
        write("config/deploy/production.rb", """
                role :app, 'deploy@a1', 'deploy@a2'
                role :db, 'a1', :primary => true
                server 'a2', { :roles => [:web], 'port' => 22 }
                """);

        SshSettings settings = settings(new CapistranoImporter().read(folder, Optional.empty(), "."), "production");

        assertThat(settings.hosts())
                .containsExactly(
                        new Host("deploy@a1", List.of("app", "db"), true),
                        new Host("deploy@a2", List.of("app"), false),
                        new Host("a2:22", List.of("web"), false));
        assertThat(settings.deployTo()).isEqualTo("/srv/shop");
    }

    @Test
    void read_whereNothingCanBeCarried_saysWhy() throws Exception {
        assertThatThrownBy(() -> new CapistranoImporter().read(folder, Optional.empty(), "."))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("config/deploy.rb is not there");
        write("config/deploy.rb", "set :application, 'shop'\n");
        write("config/deploy/production.rb", "# server 'app1'\n");
        assertThatThrownBy(() -> new CapistranoImporter().read(folder, Optional.empty(), "."))
                .hasMessageContaining("names a host: production");
        assertThatThrownBy(() -> new CapistranoImporter().read(folder, Optional.of("prod"), "."))
                .hasMessageContaining("no stage 'prod'");
    }

    @Test
    void read_ofTextCutAnywhere_ends() throws Exception {
        String text = Files.readString(project("nasty").resolve("config/deploy.rb"));
        write("config/deploy/production.rb", "server 'app1'\n");
        for (int length = 0; length < text.length(); length += 7) {
            write("config/deploy.rb", text.substring(0, length));
            assertThat(new CapistranoImporter()
                            .read(folder, Optional.empty(), ".")
                            .deployFile())
                    .contains("app1");
        }
    }

    private static Path project(String name) throws URISyntaxException {
        return Path.of(CapistranoImporterTest.class.getResource(name).toURI());
    }

    private static Imported read(String name, Optional<String> stage) throws URISyntaxException {
        return new CapistranoImporter().read(project(name), stage, ".");
    }

    private SshSettings settings(Imported imported, String target) throws IOException {
        Path file = Files.writeString(folder.resolve("read.yml"), imported.deployFile());
        return (SshSettings) DeployFile.reader()
                .environment(ENVIRONMENT::get)
                .read(file)
                .target(target)
                .settings();
    }

    private void write(String name, String text) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.writeString(folder.resolve(name), text);
    }
}
