package io.deployflow.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class FlowDocsTest extends FlowProjects {
    private static final String DOCS = """
            jobs:
              docs:
                branches: { only: [master] }
                steps:
                  - publish_docs:
                      generate:
                        - 'echo "$(ls db | wc -l) tables" > doc/tables.md'
                        - { run: 'echo "schema $(cat db/schema)" > doc/schema.md; echo made schema', if_changed: [db] }
                      paths: [doc]
                      message: The tables
            """;

    private FlowProject withOrigin() {
        project.commit("db/schema", "1\n").commit("doc/tables.md", "").flow(DOCS);
        FlowProject.in(folder, "git", "clone", "-q", "--bare", "shop", "origin.git");
        project.git("remote", "add", "origin", folder.resolve("origin.git").toString());
        return project;
    }

    private String origin(String... words) {
        return FlowProject.in(
                folder.resolve("origin.git"),
                Stream.concat(Stream.of("git"), Stream.of(words)).toArray(String[]::new));
    }

    @Test
    void docs_whenTheyChanged_arePushedAsTheLastAuthorAndDoNotLoop() {
        withOrigin();
        project.environment.put("DEPLOYFLOW_RUN_URL", "https://ci.example.com/7");

        project.run().orThrow();

        assertThat(origin("log", "-1", "--pretty=%an <%ae>|%cn|%B", "master"))
                .isEqualTo("Ann <ann@example.org>|Ann|[ci skip] The tables\n\nhttps://ci.example.com/7");
        assertThat(origin("diff", "--stat", "master^", "master"))
                .contains("doc/tables.md")
                .doesNotContain("schema");
        assertThat(project.output("docs")).doesNotContain("made schema");

        project.git("pull", "-q", "origin", "master");
        FlowReport again = project.run().orThrow();
        assertThat(again.job("docs").orElseThrow().reason()).isEqualTo("the commit says [ci skip]");
        project.run("docs").orThrow();
        assertThat(project.output("docs")).last().asString().contains("itself one of [ci skip]");
    }

    @Test
    void docs_whenTheSchemaChangedSinceTheParent_includeIt() {
        withOrigin().commit("db/schema", "2\n").git("push", "-q", "origin", "master");

        project.run().orThrow();

        assertThat(origin("show", "master:doc/schema.md")).isEqualTo("schema 2");
    }

    @Test
    void docs_whenNothingChanged_areNotCommitted() {
        withOrigin().commit("doc/tables.md", "1 tables\n").git("push", "-q", "origin", "master");
        String before = origin("rev-parse", "master");

        project.run().orThrow();

        assertThat(project.output("docs")).last().isEqualTo("nothing changed: nothing to commit");
        assertThat(origin("rev-parse", "master")).isEqualTo(before);
    }

    @Test
    void docs_ofACommitThatNobodyPushed_pushNothing() {
        withOrigin().commit("unfinished", "1\n");
        String before = origin("rev-parse", "master");

        FlowReport report = project.run();

        assertThat(report.job("docs").orElseThrow().reason())
                .contains("commit " + project.git("rev-parse", "HEAD").substring(0, 10))
                .contains(" is not on master at origin (Push it first");
        assertThat(origin("rev-parse", "master")).isEqualTo(before);
    }

    @Test
    void docs_ofABranchThatIsNotAtTheRemote_pushNothing() {
        withOrigin().flow(DOCS.replace("branches: { only: [master] }", "when: always"));

        assertThat(project.run(FlowRequest.defaults().withBranch("topic"))
                        .job("docs")
                        .orElseThrow()
                        .reason())
                .contains(" is not on topic at origin: ");
        assertThat(origin("branch", "--list", "topic")).isEmpty();
    }

    @Test
    void docs_whenSomebodyPushedMeanwhile_goOnTopOfThat() {
        withOrigin();
        FlowProject.in(folder, "git", "clone", "-q", "origin.git", "other");
        Path other = folder.resolve("other");
        FlowProject.in(other, "git", "commit", "-q", "--allow-empty", "-m", "Meanwhile");
        FlowProject.in(other, "git", "push", "-q", "origin", "master");

        project.run().orThrow();

        assertThat(origin("log", "--pretty=%s", "-2", "master")).isEqualTo("[ci skip] The tables\nMeanwhile");
    }

    @Test
    void docs_whenSomebodyChangedTheSameMeanwhile_fail() throws IOException {
        withOrigin();
        FlowProject.in(folder, "git", "clone", "-q", "origin.git", "other");
        Path other = folder.resolve("other");
        Files.writeString(other.resolve("doc/tables.md"), "mine\n");
        FlowProject.in(other, "git", "commit", "-qam", "Meanwhile");
        FlowProject.in(other, "git", "push", "-q", "origin", "master");

        FlowReport report = project.run();

        assertThat(report.job("docs").orElseThrow().reason()).contains("somebody changed the same files on master");
        assertThat(origin("show", "master:doc/tables.md")).isEqualTo("mine");
    }
}
