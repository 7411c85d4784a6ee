package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a source tells of the command that starts it. */
class KindStartTest {
    private static final String MAIN = """
            package com.example;
            public class %s {
                public static void main(String[] args) {}
            }
            """;

    @Test
    void ruby_startsPuma_whereItsLockHasIt() {
        assertThat(command("Gemfile", "Gemfile.lock=GEM\n  specs:\n    puma (6.4.0)\n"))
                .containsExactly("bundle", "exec", "puma");
        assertThat(command("Gemfile=gem 'puma'")).containsExactly("bundle", "exec", "puma");
        assertThat(start("", "Gemfile=gem 'puma'").reason()).isEqualTo("Gemfile has puma");

        Start unknown = start("", "Gemfile=gem 'puma'", "Gemfile.lock=GEM\n  specs:\n    rake (1)\n      puma (6)\n");
        assertThat(unknown.command()).isEmpty();
        assertThat(unknown.reason()).contains("Gemfile.lock has no puma");
    }

    @Test
    void node_startsItsScript_withoutNpmBetween_whereItHasOne() {
        assertThat(script("\"start\":\"next start -p 80\"")).containsExactly("next", "start", "-p", "80");
        assertThat(script("\"start\":\"node a.js > log\"")).containsExactly("/bin/sh", "-c", "exec node a.js > log");
        assertThat(script("\"start\":\"node a.js\",\"prestart\":\"x\"")).containsExactly("npm", "start");
        assertThat(script("\"start\":\"node a.js $npm_package_version\"")).containsExactly("npm", "start");
        assertThat(script("\"test\":\"x\"")).isEmpty();
        assertThat(command("package-lock.json", "package.json={}", "server.js")).containsExactly("node", "server.js");
        assertThat(command("package-lock.json", "package.json={ no json")).isEmpty();
    }

    private static List<String> script(String scripts) {
        return command("package-lock.json", "package.json={\"scripts\":{" + scripts + "}}");
    }

    @Test
    void procfile_saysWhatStarts() {
        String procfile = "Procfile=worker: rake jobs\nweb: gunicorn app:app -b 0.0.0.0:8000  \n";
        for (String[] files : List.of(
                new String[] {"requirements.txt"},
                new String[] {"Gemfile", "Gemfile.lock=    puma (6)"},
                new String[] {"package-lock.json"})) {
            assertThat(command(files[0], files[files.length - 1], procfile))
                    .containsExactly("gunicorn", "app:app", "-b", "0.0.0.0:8000");
        }
        assertThat(command("requirements.txt", "Procfile=worker: rake jobs")).isEmpty();
    }

    @Test
    void line_thatNeedsAShell_isGivenToOneThatMakesWayForIt() {
        assertThat(Procfile.web("web: puma -p $PORT")).contains(List.of("/bin/sh", "-c", "exec puma -p $PORT"));
        assertThat(Procfile.web("web: A=1 puma\r\n")).contains(List.of("/bin/sh", "-c", "A=1 puma"));
        assertThat(Procfile.web("web: rake db && puma")).contains(List.of("/bin/sh", "-c", "rake db && puma"));
        assertThat(Procfile.web("web: exec puma -p $PORT")).contains(List.of("/bin/sh", "-c", "exec puma -p $PORT"));
        assertThat(Procfile.web("web: puma \"a b\"")).contains(List.of("/bin/sh", "-c", "exec puma \"a b\""));
        assertThat(Procfile.web("web: java --opt=a=b -jar x")).contains(List.of("java", "--opt=a=b", "-jar", "x"));
    }

    @Test
    void port_ofTheImage_isToldToACommandThatAsksForIt() {
        String procfile = "Procfile=web: gunicorn -b :$PORT app:app";
        assertThat(defaults("ports: [8000]", "requirements.txt", procfile).environment())
                .containsEntry("PORT", "8000");
        assertThat(defaults("ports: [8000, 9000]", "requirements.txt", procfile).environment())
                .doesNotContainKey("PORT");
        assertThat(defaults("ports: [8000]", "requirements.txt", "Procfile=web: gunicorn app:app")
                        .environment())
                .doesNotContainKey("PORT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<properties><start-class>com.example.App</start-class><mainClass>a.B</mainClass></properties>",
                "<properties><exec.mainClass>com.example.App</exec.mainClass></properties>",
                "<groupId>com.example</groupId><properties><mainClass>${project.groupId}.${n}</mainClass><n>App</n>"
                        + "</properties>",
                "<build><plugins><plugin><artifactId>maven-jar-plugin</artifactId><configuration><archive><manifest>"
                        + "<mainClass>\n com.example.App </mainClass></manifest></archive></configuration></plugin>"
                        + "</plugins></build>",
                "<build><plugins><plugin><artifactId>maven-shade-plugin</artifactId><executions><execution>"
                        + "<configuration><transformers><transformer><mainClass>com.example.App</mainClass></transformer>"
                        + "</transformers></configuration></execution></executions></plugin></plugins></build>",
                "<build><plugins><plugin><artifactId>spring-boot-maven-plugin</artifactId><configuration>"
                        + "<!-- its --><mainClass>com.example.App</mainClass></configuration></plugin></plugins></build>",
                "<build><plugins><plugin><artifactId>exec-maven-plugin</artifactId><configuration>"
                        + "<mainClass>com.example.App</mainClass></configuration><executions><execution><configuration>"
                        + "<mainClass>com.example.Generator</mainClass></configuration></execution></executions>"
                        + "</plugin></plugins></build>"
            })
    void java_startsTheClassThatThePomNames(String project) {
        assertThat(command("pom.xml=<?xml version=\"1.0\"?><project>" + project + "</project>", main("Other")))
                .containsExactly("java", "com.example.App");
    }

    @Test
    void java_ofSeveralClassesInThePom_isToldToChoose() {
        Start start = start(
                "",
                "pom.xml=<project><properties><mainClass>a.B</mainClass><exec.mainClass>a.A</exec.mainClass>"
                        + "</properties></project>");

        assertThat(start.command()).isEmpty();
        assertThat(start.reason()).contains("several main classes (a.A, a.B)");
    }

    @Test
    void java_whosePomNamesNone_startsTheOnlyMainClassOfItsSources() {
        assertThat(command(
                        "pom.xml=<project/>",
                        main("App"),
                        "src/main/java/com/example/Doc.java=package com.example;\n"
                                + "/**\n * public static void main(String[] args)\n */\nclass Doc {}"))
                .containsExactly("java", "com.example.App");
        assertThat(command(
                        "pom.xml=<project>${oops</project>",
                        "src/main/java/Main.java=class Main {\n  static public"
                                + " void main(final String... args) {} }"))
                .containsExactly("java", "Main");
    }

    @Test
    void java_ofSeveralMainClasses_startsSpringBootsOrNone() {
        String other = main("Tool");
        assertThat(command(
                        "pom.xml=<project/>",
                        other,
                        main("App").replace("public class", "@SpringBootApplication\npublic class")))
                .containsExactly("java", "com.example.App");

        Start unknown = start("", "pom.xml=<project/>", other, main("App"));
        assertThat(unknown.command()).isEmpty();
        assertThat(unknown.reason()).contains("several main classes (com.example.App, com.example.Tool)");
        assertThat(start("", "pom.xml=<project/>").reason()).contains("neither pom.xml nor src/main/java");
    }

    @Test
    void java_withLayersOfItsOwn_startsNothingThatIsPerhapsNotThere() {
        assertThat(start("stack: [{ name: a, from: [target/app.jar] }]", "pom.xml=<project/>", main("App"))
                        .command())
                .isEmpty();
    }

    @Test
    void source_whoseCommandIsSet_isNotSearched() {
        assertThat(start("command: [java, Other]", "pom.xml=<project/>", main("App")))
                .isEqualTo(Start.NOTHING);
        assertThat(start("entrypoint: [java, Other]", "pom.xml=<project/>", main("App")))
                .isEqualTo(Start.NOTHING);
    }

    private static String main(String name) {
        return "src/main/java/com/example/" + name + ".java=" + MAIN.formatted(name);
    }

    private static List<String> command(String... files) {
        return start("", files).command();
    }

    private static Start start(String more, String... files) {
        return defaults(more, files).start();
    }

    private static KindDefaults defaults(String more, String... files) {
        return KindDefaults.of(settings(more), Sources.of(files));
    }

    /** With these keys beside the base image. */
    static LayersSettings settings(String more) {
        return SettingsText.of("image: { repository: app, build: layers, layers: { base: x"
                        + (more.isEmpty() ? "" : ", " + more) + " } }")
                .image()
                .layers()
                .orElseThrow();
    }
}
