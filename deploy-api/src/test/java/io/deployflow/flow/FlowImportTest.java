package io.deployflow.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.ConfigurationException;
import io.deployflow.DeployFile;
import io.deployflow.internal.config.FakeAdapters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlowImportTest {
    private static final Path EXAMPLE = Path.of("..", "docs", "examples", "circleci");
    private static final String HEAD =
            "application: shop\ntargets:\n  staging: { type: ssh, hosts: [a], deploy_to: /srv }\n";

    @TempDir
    private Path directory;

    @Test
    void circleci_ofTheExample_becomesTheFlowBesideIt() throws IOException {
        FlowImport imported = FlowImport.circleci(EXAMPLE.resolve("config.yml"));
        Path made = Files.writeString(Path.of("target", "imported-flow.yml"), imported.flow());

        assertThat(EXAMPLE.resolve("flow.yml"))
                .as(
                        "if the import changed on purpose: cp deploy-api/target/imported-flow.yml docs/examples/circleci/flow.yml")
                .hasSameTextualContentAs(made);
        FlowSettings flow = flow(imported);
        assertThat(flow.jobs().keySet()).containsExactly("test", "docs", "deploy");
        assertThat(flow.job("docs").orElseThrow().steps()).hasSize(8);
        assertThat(flow.job("docs").orElseThrow().requires()).containsExactly("test");
        assertThat(flow.job("docs").orElseThrow().branches())
                .hasValue(new FilterSettings(List.of("master"), List.of()));
        assertThat(flow.services().keySet()).containsExactly("postgres", "redis");
    }

    @Test
    void circleci_ofTheExample_pointsOutItsMistakesByLine() {
        FlowImport imported = FlowImport.circleci(EXAMPLE.resolve("config.yml"));

        assertThat(imported.mistakes())
                .extracting(note -> note.place().replaceFirst(".*:", "") + ": " + note.what())
                .containsExactly(
                        "68: '[ -n changed ]' is always true: it tests the word changed, not a variable",
                        "77: 'git commit' fails, and the job with it, where nothing changed",
                        "91: restore_cache has no 'paths': what was saved is put back",
                        "95: '| true' swallows the error and the output of the command before it",
                        "98: the image 'shop' is taken layers from, and nothing before builds or pulls it",
                        "109: the image 'shpo/app' is tagged, and nothing before builds or pulls it;"
                                + " did you mean 'shop/app'?");
        assertThat(imported.leftovers())
                .extracting(note -> note.place().replaceFirst(".*:", "") + ": " + note.what())
                .containsExactly(
                        "4: working_directory ~/shop",
                        "6: job 'test' ran in the image registry.example.com/shop/ci",
                        "6: job 'docs' ran in the image registry.example.com/shop/ci",
                        "84: job 'deploy' ran in the image docker:24-git",
                        "87: setup_remote_docker");
    }

    @ParameterizedTest
    @CsvSource({"master", "topic"})
    void circleci_whenItIsRun_isTheFlowThatOneWouldHaveWritten(String branch) throws IOException {
        Path file = Files.writeString(directory.resolve("config.yml"), """
                version: 2
                defaults: &defaults
                  docker: [{ image: ruby:3.1 }]
                  environment: { GREETING: hello }
                restore: &restore
                  restore_cache: { keys: ['gems-{{ checksum "lock" }}', gems-] }
                jobs:
                  build:
                    <<: *defaults
                    steps:
                      - checkout
                      - *restore
                      - run: { name: Install, command: 'mkdir -p gems && cp lock gems' }
                      - save_cache: { key: 'gems-{{ checksum "lock" }}', paths: [gems] }
                      - run: { name: Test, command: 'test "$GREETING" = hello' }
                  generate-doc:
                    <<: *defaults
                    steps:
                      - checkout
                      - *restore
                      - run: { name: Generate, command: 'cat gems/lock' }
                  deploy:
                    <<: *defaults
                    steps: [checkout, run: 'echo "deploys $GREETING"']
                workflows:
                  version: 2
                  build_and_deploy:
                    jobs:
                      - build
                      - generate-doc: { requires: [build], filters: { branches: { only: master } } }
                      - deploy: { requires: [generate-doc], filters: { branches: { only: master } } }
                """);
        String written = """
                jobs:
                  build:
                    environment: { GREETING: hello }
                    steps:
                      - restore_cache: { key: 'gems-{{ checksum "lock" }}', fallback: [gems-] }
                      - { run: 'mkdir -p gems && cp lock gems', name: Install }
                      - save_cache: { key: 'gems-{{ checksum "lock" }}', paths: [gems] }
                      - { run: 'test "$GREETING" = hello', name: Test }
                  generate-doc:
                    requires: [build]
                    branches: { only: [master] }
                    environment: { GREETING: hello }
                    steps:
                      - restore_cache: { key: 'gems-{{ checksum "lock" }}', fallback: [gems-] }
                      - { run: cat gems/lock, name: Generate }
                  deploy:
                    requires: [generate-doc]
                    branches: { only: [master] }
                    environment: { GREETING: hello }
                    steps: ['echo "deploys $GREETING"']
                """;

        List<String> course =
                course("imported", FlowImport.circleci(file).flow().replaceFirst("(?m)^flow:\n", ""), branch);

        assertThat(course).isEqualTo(course("written", written, branch));
        assertThat(course)
                .hasSize(branch.equals("master") ? 10 : 7)
                .contains(branch.equals("master") ? "deploy SUCCEEDED" : "deploy SKIPPED");
    }

    /** Each step and each job in the order of their ends. */
    private List<String> course(String name, String flow, String branch) {
        FlowProject project =
                new FlowProject(directory.resolve(name)).commit("lock", "one\n").flow(flow.stripIndent());
        project.run(FlowRequest.defaults().withBranch(branch)).orThrow();
        List<String> course = new ArrayList<>();
        for (FlowEvent event : project.events) {
            if (event instanceof FlowEvent.StepFinished end) {
                course.add(end.job() + ": " + end.report().name() + " "
                        + end.report().state());
            } else if (event instanceof FlowEvent.JobFinished end) {
                course.add(end.job() + " " + end.report().state());
            }
        }
        return course;
    }

    @Test
    void circleci_whenAFileHasMore_carriesWhatItCanAndNamesTheRest() throws IOException {
        Path file = Files.writeString(directory.resolve("config.yml"), """
                version: 2.1
                orbs: { node: circleci/node@5 }
                executors:
                  js: { docker: [{ image: node, environment: { A: 1 } }, { image: mysql:8 }], resource_class: large }
                commands:
                  setup:
                    steps:
                      - run: { command: npm ci, no_output_timeout: 20m, when: always }
                jobs:
                  build:
                    executor: js
                    parallelism: 3
                    environment: { DB: "mysql://root@localhost:3306/test" }
                    steps:
                      - setup
                      - run: npm test -- $(circleci tests glob "test/*.js" | circleci tests split) > $CIRCLE_WHATEVER
                      - persist_to_workspace: { root: ., paths: [dist] }
                workflows:
                  main:
                    jobs:
                      - hold: { type: approval }
                      - build:
                          name: unit
                          context: secrets
                          requires: [hold]
                          filters: { tags: { only: /v.*/ }, branches: { ignore: /.*/ } }
                """);

        FlowImport imported = FlowImport.circleci(file);
        JobSettings job = flow(imported).job("unit").orElseThrow();

        assertThat(job.steps().get(0).run()).hasValue("npm ci");
        assertThat(job.steps().get(0).when()).isEqualTo(When.ALWAYS);
        assertThat(job.steps().get(1).run()).hasValue("npm test -- {{ files }} > $CIRCLE_WHATEVER");
        assertThat(job.steps().get(1).split()).hasValue(new SplitSettings("test/*.js", SplitSettings.By.NAME, 3));
        assertThat(job.environment())
                .containsEntry("A", "1")
                .containsEntry("DB", "mysql://root@localhost:{{ services.mysql.port }}/test");
        assertThat(job.requires()).isEmpty();
        assertThat(job.tags()).isEqualTo(Optional.of(new FilterSettings(List.of("/v.*/"), List.of())));
        assertThat(imported.leftovers())
                .extracting(note -> note.place().replaceFirst(".*:", "") + ": " + note.what())
                .contains(
                        "2: 'orbs'",
                        "8: no_output_timeout: it was counted from the last output",
                        "16: the variable CIRCLE_WHATEVER",
                        "17: the step 'persist_to_workspace'",
                        "21: the approval 'hold'",
                        "24: 'context' of job 'unit' in the workflow");
    }

    @Test
    void circleci_whenItIsNoSuchFile_saysWhy() throws IOException {
        Path broken = Files.writeString(directory.resolve("broken.yml"), "jobs: {a: *b}\n");
        Path other = Files.writeString(directory.resolve("other.yml"), "on: push\n");

        assertThatThrownBy(() -> FlowImport.circleci(broken))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("broken.yml:1:11: no anchor '&b' comes before this alias");
        assertThatThrownBy(() -> FlowImport.circleci(other))
                .hasMessageContaining("has no job that can be carried over");
        assertThatThrownBy(() -> FlowImport.circleci(directory.resolve("none.yml")))
                .hasMessageContaining("none.yml cannot be read");
    }

    private FlowSettings flow(FlowImport imported) throws IOException {
        Path file = Files.writeString(directory.resolve("deploy.yml"), HEAD + imported.flow());
        return DeployFile.reader().adapters(FakeAdapters.ALL).read(file).flow().orElseThrow();
    }
}
