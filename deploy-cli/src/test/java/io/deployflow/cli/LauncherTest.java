package io.deployflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code bin/deployflow}, mostly with a Java that only notes what it is asked. */
class LauncherTest {
    private static final String LISTING = "-XX:DumpLoadedClassList=";
    private static final String USING = "-XX:SharedArchiveFile=";
    private static final String LINKED = "-XX:+AOTClassLinking";
    private static final String NATIVE = "--enable-native-access=ALL-UNNAMED";
    // An archive is for one way to lay out objects, and for one set of modules.
    private static final List<String> MISFITS =
            List.of("-XX:-UseSerialGC -XX:+UseG1GC", "-XX:-UseCompressedOops", "--add-modules=java.sql");

    private LauncherTree tree;

    @BeforeEach
    void makeTree(@TempDir Path root) throws IOException {
        tree = new LauncherTree(root);
    }

    @AfterEach
    void closeTree() throws IOException {
        tree.close();
    }

    @Test
    void command_thatIsTheFirstOfItsKind_isListedUntilItAddsNothing() throws Exception {
        assertThat(tree.run(0, "deploy", "hosts"))
                .contains(LISTING + tree.making())
                .doesNotContain(USING);
        tree.awaitMaker();
        assertThat(tree.run(0, "deploy", "hosts"))
                .contains(LISTING + tree.making())
                .contains(USING + tree.archive());
        tree.awaitMaker();
        assertThat(tree.run(0, "deploy", "hosts")).doesNotContain(LISTING).contains(USING + tree.archive());
        assertThat(tree.run(0, "deploy", "containers")).contains(LISTING + tree.making());
        assertThat(tree.run(0, "--version")).doesNotContain(LISTING).contains(USING + tree.archive());
    }

    @Test
    void command_thatFailed_leavesTheRestToTheNext() throws Exception {
        tree.load(100);
        tree.run(5, "deploy", "hosts");
        tree.awaitMaker();
        tree.run(5, "deploy", "hosts");
        tree.awaitMaker();

        tree.load(1000);
        assertThat(tree.run(0, "deploy", "hosts")).contains(LISTING);
        tree.awaitMaker();

        assertThat(tree.classes()).content().hasLineCount(1000);
    }

    @Test
    void command_besideOneThatIsListed_isNotListed_andNobodyWaitsForTheArchive() throws Exception {
        Path hold = tree.write("hold", "");
        tree.run(0, "deploy", "hosts");

        assertThat(tree.making()).isDirectory();
        assertThat(tree.run(0, "deploy", "hosts")).doesNotContain(LISTING);

        Files.delete(hold);
        tree.awaitMaker();
        assertThat(tree.archive()).exists();
    }

    @Test
    void command_whereAnArchiveWasBegunByAProcessThatIsGone_makesRoom() throws Exception {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Files.createDirectory(tree.making());
        Files.writeString(tree.making().resolve("maker"), gone.pid() + "\n");

        assertThat(tree.run(0, "deploy", "hosts")).doesNotContain(LISTING);
        assertThat(tree.run(0, "deploy", "hosts")).contains(LISTING);
        tree.awaitMaker();
    }

    @Test
    void command_whereAnArchiveWasBegunByOneThatWasKilledAtOnce_makesRoomAfterAWhile() throws Exception {
        Files.createDirectory(tree.making());
        assertThat(tree.run(0, "deploy", "hosts")).doesNotContain(LISTING);
        assertThat(tree.making()).isDirectory();

        Files.setLastModifiedTime(tree.making(), FileTime.from(Instant.now().minusSeconds(180)));
        assertThat(tree.run(0, "deploy", "hosts")).doesNotContain(LISTING);
        assertThat(tree.run(0, "deploy", "hosts")).contains(LISTING);
        tree.awaitMaker();
    }

    @ParameterizedTest
    @ValueSource(strings = {LauncherTree.FULL, LauncherTree.REBUILT})
    void archive_thatCannotBeMade_orIsOfJarsOfBefore_isNotKept_andTheNextCommandMakesAnother(String why)
            throws Exception {
        Path hindrance = tree.write(why, "");
        tree.run(0, "deploy", "hosts");
        tree.awaitMaker();
        assertThat(tree.archive()).doesNotExist();

        Files.delete(hindrance);
        assertThat(tree.run(0, "deploy", "hosts")).contains(LISTING);
        tree.awaitMaker();
        assertThat(tree.archive()).exists();
    }

    @Test
    void command_afterTheJarsChanged_beginsAnew() throws Exception {
        tree.run(0, "deploy", "hosts");
        tree.awaitMaker();
        tree.load(10);
        Files.setLastModifiedTime(tree.jar(), FileTime.from(Instant.now().plusSeconds(1)));

        assertThat(tree.run(0, "deploy", "hosts")).doesNotContain(USING).contains(LISTING);
        tree.awaitMaker();

        assertThat(tree.classes()).isEmptyFile();
    }

    @Test
    void archive_fromJava24On_isOfLinkedClasses() throws Exception {
        tree.run(0, "deploy", "hosts");
        tree.awaitMaker();
        assertThat(tree.dumped()).doesNotContain(LINKED).doesNotContain(NATIVE);

        tree.release("24");
        assertThat(tree.run(0, "deploy", "hosts")).contains(NATIVE).doesNotContain(USING);
        tree.awaitMaker();

        assertThat(tree.dumped()).contains(LINKED).contains(NATIVE);
        assertThat(tree.run(0, "--version")).contains(NATIVE).contains(USING + tree.archive("24", ""));
    }

    @Test
    void archive_isOfAListThatHasClassesFirst_andGainsByThemOnly() throws Exception {
        String resolved = IntStream.range(0, 100)
                .mapToObj("@cp io/deployflow/Class%d 7\n"::formatted)
                .collect(Collectors.joining());
        tree.load(100, resolved);
        tree.run(0, "deploy", "hosts");
        tree.awaitMaker();
        List<String> classes = Files.readAllLines(tree.classes());
        assertThat(classes).hasSize(200);
        assertThat(classes.subList(0, 100)).noneMatch(line -> line.startsWith("@"));

        tree.load(100, resolved.replace(" 7", " 8"));
        tree.run(0, "deploy", "hosts");
        tree.awaitMaker();
        assertThat(tree.classes()).content().hasLineCount(200);
    }

    @Test
    void archive_ofATreeThatCannotBeWritten_andWasBuiltBySomethingElse_isInTheCache() throws Exception {
        Files.delete(tree.mark());
        tree.freeze();
        Path archive =
                tree.archive("17", "-" + tree.jar().toRealPath().toString().replace('/', '_'));

        assertThat(tree.run(0, "deploy", "hosts")).contains(LISTING + archive);
        tree.awaitMaker();

        assertThat(tree.run(0, "--version")).contains(USING + archive);
    }

    @Test
    void archive_thatThisJavaMade_isUsedByTheNextCommand() throws Exception {
        tree.makeJar();
        assertThatArchiveIsUsed();
    }

    @Test
    void archive_thatThisJavaMade_inATreeThatCannotBeWritten_isUsedByTheNextCommand() throws Exception {
        tree.makeJar();
        tree.freeze();
        assertThatArchiveIsUsed();
    }

    private void assertThatArchiveIsUsed() throws Exception {
        String main = "io.deployflow.cli.Main source: ";
        assertThat(tree.runHere("-Xlog:class+load", "deploy", "hosts")).contains(main + "file:");
        tree.awaitMaker();

        assertThat(tree.runHere("-Xlog:class+load", "--version")).contains(main + "shared objects file");
    }

    @Test
    void archive_thatDoesNotFit_isNoHindrance_andIsNotSpokenOf() throws Exception {
        tree.makeJar();
        tree.runHere("", "deploy", "hosts");
        tree.awaitMaker();

        for (String options : MISFITS) {
            assertThat(tree.runHere(options, "--version")).as(options).isEmpty();
        }
        tree.spoilArchives();
        assertThat(tree.runHere("", "--version")).isEmpty();
    }

    @Test
    void options_areKnownToThisJava() throws Exception {
        tree.runHere("-version", "--version");
        tree.runHere("-version", "build", "--help");
    }
}
