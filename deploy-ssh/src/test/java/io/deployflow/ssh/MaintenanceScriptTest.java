package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts of the maintenance page, run by this machine's {@code sh} in an odd place. */
class MaintenanceScriptTest {
    private static final String NOTE = "alice@laptop since noon: it's $(moving)";

    @TempDir
    private Path temp;

    private Path root = Path.of("");
    private MaintenanceCommands commands = new MaintenanceCommands("/nowhere", "x");

    @BeforeEach
    void makeRoot() throws IOException {
        root = Files.createDirectory(temp.resolve("bob's $(shop) \\ 1%s"));
        commands = new MaintenanceCommands(root.toString(), "public/my system/down's.html");
    }

    private ScriptRun sh(String script, String input) throws IOException {
        return ScriptRun.of(script, input);
    }

    private ScriptRun up(String page) throws IOException {
        return sh(commands.up(page.getBytes(StandardCharsets.UTF_8).length, NOTE), page);
    }

    private Path page() {
        return root.resolve("shared/public/my system/down's.html");
    }

    private List<String> besidePage() throws IOException {
        try (Stream<Path> list = Files.list(page().getParent())) {
            return list.map(path -> path.getFileName().toString()).toList();
        }
    }

    private HostState survey() throws IOException {
        return HostState.parse(sh(new SurveyCommands(root.toString(), List.of(), commands).survey(), "")
                .output());
    }

    @Test
    void up_whereNothingIsYet_writesThePageForEverybodyToRead() throws IOException {
        assertThat(up("<p>schön</p>\n").output()).containsExactly("up");

        assertThat(page()).hasContent("<p>schön</p>\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(page())))
                .isEqualTo("rw-r--r--");
        assertThat(besidePage()).containsExactly("down's.html");
        assertThat(survey().maintenance()).contains(NOTE);
    }

    @Test
    void up_whenItIsUpAlready_replacesThePage() throws IOException {
        up("one");

        assertThat(up("two").status()).isZero();
        assertThat(page()).hasContent("two");
    }

    @Test
    void up_whenThePageIsCutShort_leavesTheOneThatIsThere() throws IOException {
        up("one");

        ScriptRun cut = sh(commands.up(100, NOTE), "half a page");

        assertThat(cut.status()).isEqualTo(1);
        assertThat(cut.error()).containsExactly("the page did not arrive whole");
        assertThat(page()).hasContent("one");
        assertThat(besidePage()).containsExactly("down's.html");
    }

    @Test
    void up_whenTheLiveReleaseDoesNotLinkThePage_saysSo() throws IOException {
        Path release = Files.createDirectories(root.resolve("releases/20260101000000/public"));
        Files.createSymbolicLink(root.resolve("current"), Path.of("releases/20260101000000"));

        assertThat(up("one").output()).containsExactly("unlinked", "up");

        Files.createSymbolicLink(release.resolve("my system"), page().getParent());
        assertThat(up("one").output()).containsExactly("up");
    }

    @Test
    void down_afterUp_removesThePage_andIsHarmlessAgain() throws IOException {
        up("one");

        assertThat(sh(commands.down(), "").output()).containsExactly("down");
        assertThat(page()).doesNotExist();
        assertThat(survey().maintenance()).isEmpty();
        assertThat(sh(commands.down(), "").output()).containsExactly("already");
    }

    @Test
    void survey_ofAPageThatAnotherToolPutUp_tellsThatItIsUp() throws IOException {
        Files.createDirectories(page().getParent());
        Files.writeString(page(), "down");

        assertThat(survey().maintenance()).contains("");
    }
}
