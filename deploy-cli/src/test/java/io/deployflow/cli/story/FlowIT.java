package io.deployflow.cli.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What follows from a merge, with a real Postgres and Redis, a bare repository and both roads. */
class FlowIT {
    private static final String IMAGE = "deployflow-test/databases";
    private static final String DOCKERFILE = """
            FROM debian:bookworm-slim
            RUN apt-get update && apt-get install -y --no-install-recommends postgresql redis-server \\
                && rm -rf /var/lib/apt/lists/* \\
                && echo "host all all 0.0.0.0/0 trust" >> /etc/postgresql/15/main/pg_hba.conf
            USER postgres
            """;
    private static final String FLOW = """
            flow:
              services:
                postgres:
                  image: %1$s
                  port: 5432
                  command: [/usr/lib/postgresql/15/bin/postgres, -D, /var/lib/postgresql/15/main, -c,
                            config_file=/etc/postgresql/15/main/postgresql.conf, -c, "listen_addresses=*"]
                  health: pg_isready -q -h 127.0.0.1
                redis:
                  image: %1$s
                  port: 6379
                  command: [redis-server, --bind, 0.0.0.0, --protected-mode, "no"]
                  health: redis-cli ping
              jobs:
                test:
                  services: [postgres, redis]
                  steps:
                    - restore_cache: 'gems-{{ checksum "config.ru" }}'
                    - mkdir -p vendor && echo gem > vendor/gem
                    - save_cache: { key: 'gems-{{ checksum "config.ru" }}', paths: [vendor] }
                    - name: Ask both databases
                      run: |
                        exec 3<> "/dev/tcp/$REDIS_HOST/$REDIS_PORT"
                        printf 'SET greeting hello\\r\\nGET greeting\\r\\n' >&3
                        read -r ok <&3; read -r length <&3; read -r value <&3
                        echo "redis says $value"
                        exec 4<> "/dev/tcp/$POSTGRES_HOST/$POSTGRES_PORT"
                        printf '\\000\\000\\000\\010\\004\\322\\026\\057' >&4
                        echo "postgres says $(head -c 1 <&4)"
                    - 'while [ -e "$HOLD" ]; do sleep 0.1; done'
                    - grep -q . greeting.txt
                docs:
                  requires: [test]
                  branches: { only: [master] }
                  steps:
                    - publish_docs:
                        generate: ['echo "# $(cat greeting.txt)" > doc/greetings.md']
                        paths: [doc]
                deploy:
                  requires: [test]
                  branches: { only: [master] }
                  steps: [deploy: { all_of: [containers, hosts], environment: production }]
            """;

    private static Stage stage;
    private static Merges merges;

    @BeforeAll
    static void open() {
        Shell.run(Path.of("."), Map.of(), DOCKERFILE, "docker", "build", "-q", "-t", IMAGE, "-");
        stage = Stage.ofBothRoads();
        merges = new Merges(stage, FLOW.formatted(IMAGE));
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    @Test
    void flow_fromABranchToTwoMergesAtOnce() throws IOException {
        aBranchOnlyTests();
        aMergeDeploysByBothRoadsAndPublishesTheDocuments();
        theCommitOfTheDocumentsDoesNotLoop();
        aFailingTestDeploysNothing();
        aKilledRunLeavesNothingToTheNext();
        oneKilledWhileItSavesACacheOrPublishesOrDeploysIsMadeGoodByTheNext();
        twoMergesAtOnceEndWithTheNewerOne();
    }

    private static void aBranchOnlyTests() {
        merges.write("greeting.txt", "from a branch\n");
        String revision = merges.push("topic", "Greet from a branch");

        CliRun run = merges.hook("topic", revision).join().exits(0);

        assertThat(states(run))
                .containsEntry("test", "succeeded")
                .containsEntry("docs", "skipped")
                .containsEntry("deploy", "skipped");
        assertThat(run.output())
                .anyMatch(line -> line.contains("redis says hello"))
                .anyMatch(line -> line.contains("postgres says S"));
        assertThat(live(Stage.HOSTS)).isEmpty();
    }

    private static void aMergeDeploysByBothRoadsAndPublishesTheDocuments() {
        merges.write("greeting.txt", "from master\n");
        String revision = merges.push("master", "Greet from master");

        CliRun run = merges.hook("master", revision).join().exits(0);

        assertThat(states(run).values()).containsOnly("succeeded");
        assertThat(live(Stage.HOSTS)).isEqualTo(revision);
        assertThat(live(Stage.CONTAINERS)).isEqualTo(revision);
        assertThat(merges.master()).isEqualTo("Mia Merger|[ci skip] Update the documents");
        assertThat(merges.show("doc/greetings.md")).isEqualTo("# from master");
    }

    private static void theCommitOfTheDocumentsDoesNotLoop() {
        CliRun run = merges.hook("master", merges.head()).join().exits(0);

        assertThat(states(run).values()).containsOnly("skipped");
        merges.pull();
    }

    private static void aFailingTestDeploysNothing() {
        String before = live(Stage.HOSTS);
        merges.write("greeting.txt", "");
        String revision = merges.push("master", "Greet with nothing");

        CliRun run = merges.hook("master", revision).join().exits(13);

        assertThat(run.failure()).contains("job 'test' failed: 'grep -q . greeting.txt': exit status 1");
        assertThat(states(run)).containsEntry("docs", "skipped").containsEntry("deploy", "skipped");
        assertThat(live(Stage.HOSTS)).isEqualTo(before);
    }

    private static void aKilledRunLeavesNothingToTheNext() throws IOException {
        merges.write("greeting.txt", "after the kill\n");
        String revision = merges.push("master", "Greet after the kill");
        Files.createFile(merges.hold());
        try (CliProcess run = merges.hook("topic", revision)) {
            run.awaitEvent("that it waits", event -> event.path("name").asText().startsWith("while [ -e"));
            run.kill();
        }
        assertThat(containers()).isNotEmpty();
        Files.delete(merges.hold());

        merges.hook("topic", revision).join().exits(0);

        assertThat(containers()).isEmpty();
    }

    private static void oneKilledWhileItSavesACacheOrPublishesOrDeploysIsMadeGoodByTheNext() throws IOException {
        merges.write("config.ru", merges.read("config.ru") + "# another key\n");
        merges.write("greeting.txt", "after three kills\n");
        String revision = merges.push("master", "Greet after three kills");

        merges.killIn("tar", "-czf", "topic", revision);
        CliRun cached = merges.hook("topic", revision).join().exits(0);
        assertThat(cached.output())
                .anyMatch(line -> line.contains("no cache is there"))
                .anyMatch(line -> line.contains("saved [vendor] as gems-"));

        merges.killIn("git", " push ", "master", revision);
        try (HeldProgram move = stage.hosts().hold(1, "-T");
                CliProcess run = merges.hook("master", revision)) {
            move.awaitHost();
            run.kill();
        }
        assertThat(states(merges.hook("master", revision).join().exits(0)).values())
                .containsOnly("succeeded");

        assertThat(merges.show("doc/greetings.md")).isEqualTo("# after three kills");
        assertThat(live(Stage.HOSTS)).isEqualTo(revision);
        assertThat(live(Stage.CONTAINERS)).isEqualTo(revision);
        assertThat(containers()).isEmpty();
        merges.pull();
    }

    private static void twoMergesAtOnceEndWithTheNewerOne() throws IOException {
        Files.createFile(merges.hold());
        merges.write("greeting.txt", "older\n");
        String older = merges.push("master", "Greet older");
        merges.write("greeting.txt", "newer\n");
        String newer = merges.push("master", "Greet newer");
        try (CliProcess first = merges.hook("master", older);
                CliProcess second = merges.hook("master", newer)) {
            first.awaitEvent(
                    "that it waits", event -> event.path("name").asText().startsWith("while [ -e"));
            second.awaitEvent(
                    "that it waits", event -> event.path("name").asText().startsWith("while [ -e"));
            Files.delete(merges.hold());
            assertThat(states(first.join())).containsEntry("deploy", "succeeded");
            assertThat(states(second.join())).containsEntry("deploy", "succeeded");
        }

        assertThat(live(Stage.HOSTS)).isEqualTo(newer);
        assertThat(live(Stage.CONTAINERS)).isEqualTo(newer);
    }

    private static String live(String target) {
        return stage.run("status", target).exits(0).liveRevision();
    }

    private static String containers() {
        return Shell.run("docker", "ps", "--all", "--quiet", "--filter", "label=io.deployflow.flow.run");
    }

    private static Map<String, String> states(CliRun run) {
        return StreamSupport.stream(run.answer().path("jobs").spliterator(), false)
                .collect(Collectors.toMap(FlowIT::job, job -> job.path("state").asText()));
    }

    private static String job(JsonNode job) {
        return job.path("job").asText();
    }
}
