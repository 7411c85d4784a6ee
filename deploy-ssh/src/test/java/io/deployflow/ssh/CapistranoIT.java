package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.CancellationToken;
import io.deployflow.Change;
import io.deployflow.DeployFile;
import io.deployflow.DeployOptions;
import io.deployflow.Deployer;
import io.deployflow.Plan;
import io.deployflow.Release;
import io.deployflow.Report;
import io.deployflow.Status;
import io.deployflow.sandbox.Sandbox;
import io.deployflow.sandbox.ssh.Capistrano;
import io.deployflow.sandbox.ssh.CapistranoProject;
import io.deployflow.sandbox.ssh.CapistranoRun;
import io.deployflow.sandbox.ssh.SshHosts;
import io.deployflow.spi.Importer;
import io.deployflow.ssh.capistrano.CapistranoImporter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The same two hosts in turn by Debian's own Capistrano and by us, from the same repository. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class CapistranoIT {
    private Path repository;
    private Sandbox sandbox;
    private Story story;
    private CapistranoProject project;

    @BeforeAll
    void startHosts(@TempDir Path folder) throws IOException {
        repository = folder;
        Files.setPosixFilePermissions(repository, PosixFilePermissions.fromString("rwxr-xr-x"));
        git("init", "-q", "-b", "main");
        sandbox = Sandbox.builder().sshHosts(2).capistrano(repository).start();
    }

    @AfterAll
    void removeHosts() {
        sandbox.close();
    }

    @BeforeEach
    void begin(TestInfo info) {
        SshHosts hosts = new SshHosts(sandbox.sshHosts(), sandbox.identity(), sandbox.knownHosts());
        story = new Story(hosts, repository, info.getTestMethod().orElseThrow().getName());
        story.settings.linkedDirs = List.of("log", "tmp/pids");
        story.settings.linkedFiles = List.of("config/master.key");
        story.settings.keepReleases = 3;
        project = new CapistranoProject(
                "shop",
                story.settings.deployTo,
                "main",
                sandbox.sshHosts(),
                List.of(
                        "append :linked_dirs, 'log', 'tmp/pids'",
                        "append :linked_files, 'config/master.key'",
                        "set :keep_releases, 3"));
        onEach("mkdir -p " + path("shared/config") + "; echo s3cret > " + path("shared/config/master.key"));
    }

    @AfterEach
    void end() {
        story.close();
    }

    @Test
    void hosts_whereBothDeployAndRollBackInTurn_serveWhatTheLastOneSaid(@TempDir Path imported) throws IOException {
        String one = capistranoDeploys("one");
        String two = capistranoDeploys("two");
        assertServed("two");
        onEach("echo before > " + path("current/log/app.log"));

        Status status = story.deployer().status("classic");
        assertThat(status.live().map(Release::revision)).contains(two);
        assertThat(story.deployer().releases("classic"))
                .extracting(CapistranoIT::known)
                .containsExactly(two + " LIVE by " + Capistrano.PERSON, one + " GOOD by " + Capistrano.PERSON);

        Report third = weDeploy("three");
        assertServed("three");
        assertThat(third.warnings()).hasSize(2).allMatch(warning -> warning.endsWith("the whole tree is sent"));
        assertThat(third.previous().map(Release::revision)).contains(two);
        assertThat(onFirst("cat log/app.log config/master.key; readlink log"))
                .isEqualTo("before\ns3cret\n" + path("shared/log"));

        story.deployer().rollback("classic").orThrow();
        assertServed("two");
        String id = third.release().orElseThrow().id();
        story.deployer()
                .rollback("classic", Optional.of(id), CancellationToken.create())
                .orThrow();
        assertServed("three");

        capistrano("deploy:rollback");
        assertServed("two");
        assertThat(story.deployer().releases("classic"))
                .extracting(CapistranoIT::known)
                .containsExactly(two + " LIVE by " + Capistrano.PERSON, one + " GOOD by " + Capistrano.PERSON);

        String four = capistranoDeploys("four");
        assertServed("four");
        weDeployByWhatIsMadeOfCapistranosFiles("five", imported);
        assertServed("five");
        assertThat(onFirst("cat log/app.log config/master.key")).isEqualTo("before\ns3cret");
        assertThat(story.deployer().releases("classic"))
                .extracting(Release::state)
                .containsExactly(Release.State.LIVE, Release.State.GOOD, Release.State.GOOD);
        capistranoDeploys("six");
        assertServed("six");
        assertThat(story.deployer().releases("classic"))
                .hasSize(3)
                .extracting(Release::revision)
                .contains(four);
        assertThat(story.on(1, "cat " + path("revisions.log")).lines())
                .hasSize(9)
                .allMatch(line -> line.matches("Branch \\S+ \\(at [0-9a-f]{40}\\) deployed as release \\d{14} by \\S+")
                        || line.matches("\\S+ rolled back to release \\d{14}"));
    }

    @Test
    void deploy_whenItFailsOverCapistranos_leavesWhatCapistranoCanRollBackFrom() {
        String one = capistranoDeploys("one");
        capistranoDeploys("two");
        story.settings.keepReleases = 4;
        story.settings.health = TestSettings.command("! grep -q three app.txt", 1);
        commit("three");
        Report failed = story.deploy();

        assertThat(failed.outcome()).isEqualTo(Report.Outcome.RESTORED);
        assertServed("two");
        assertThat(onFirst("readlink ../../current")).startsWith(story.settings.deployTo + "/releases/");
        // What Capistrano leaves when it is killed between its two commands, and publishes the next time.
        onEach("ln -s $(readlink " + path("current") + ") " + path("releases/current"));
        assertThat(story.deployer().status("classic").notices())
                .anyMatch(notice -> notice.contains("releases/current"));
        weDeploy("four");
        assertServed("four");
        assertThat(story.on(0, "ls " + path("releases"))).doesNotContain("current");

        capistrano("deploy:rollback");
        assertServed("two");
        capistrano("deploy:rollback");
        assertServed("one");
        assertThat(story.deployer().status("classic").live().map(Release::revision))
                .contains(one);
    }

    private String capistranoDeploys(String text) {
        String commit = commit(text);
        capistrano("deploy");
        return commit;
    }

    private Report weDeploy(String text) {
        commit(text);
        return story.deploy().orThrow();
    }

    /** By the deploy file as the importer writes it: only the keys are elsewhere than on Capistrano's machine. */
    private void weDeployByWhatIsMadeOfCapistranosFiles(String text, Path folder) throws IOException {
        commit(text);
        for (Map.Entry<String, byte[]> file : project.files().entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(
                    path,
                    new String(file.getValue(), StandardCharsets.UTF_8)
                            .replace("/capistrano/id", sandbox.identity().toString())
                            .replace(
                                    "/capistrano/known_hosts",
                                    sandbox.knownHosts().toString()));
        }
        Importer.Imported made = new CapistranoImporter().read(folder, Optional.empty(), repository.toString());
        Path deployFile = Files.writeString(folder.resolve("deploy.yml"), made.deployFile());
        try (Deployer deployer = Deployer.of(DeployFile.read(deployFile))) {
            Plan plan = deployer.plan("production", DeployOptions.defaults());
            assertThat(plan.changes())
                    .extracting(Change::what)
                    .contains(story.label(0) + " current", story.label(1) + " current");

            Report report = deployer.deploy("production").orThrow();

            assertThat(report.units()).hasSize(2);
            assertThat(report.release().orElseThrow().revision()).isEqualTo(git("rev-parse", "HEAD"));
        }
    }

    private void capistrano(String task) {
        CapistranoRun run = sandbox.capistrano().run(project, "production", task);
        assertThat(run.status()).as(run.output()).isZero();
    }

    private String commit(String text) {
        story.write("app.txt", text + "\n").write("log/.keep", "");
        git("add", "-A");
        git("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-q", "-m", text);
        return git("rev-parse", "HEAD");
    }

    private String git(String... words) {
        List<String> line = new ArrayList<>(List.of("git", "-C", repository.toString()));
        line.addAll(List.of(words));
        return Story.run(line.toArray(String[]::new));
    }

    private void assertServed(String text) {
        assertThat(story.served()).containsOnly(text);
    }

    private static String known(Release release) {
        return release.revision() + " " + release.state() + " by " + release.createdBy();
    }

    private String path(String below) {
        return story.settings.deployTo + "/" + below;
    }

    private String onFirst(String script) {
        return story.on(0, "cd " + path("current") + " && " + script);
    }

    private void onEach(String script) {
        Stream.of(0, 1).forEach(host -> story.on(host, script));
    }
}
