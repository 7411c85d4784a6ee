package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.ConfigurationException;
import io.deployflow.Maintenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaintenanceHtmlTest {
    @TempDir
    private Path temp;

    private static Maintenance up(String reason, String until) {
        return new Maintenance(true, Optional.of(reason), Optional.of(until));
    }

    @Test
    void page_withoutATemplateOrWords_saysThatItIsBackShortly() {
        assertThat(MaintenanceHtml.page(Optional.empty(), Maintenance.up()))
                .startsWith("<!DOCTYPE html>")
                .contains("<p>This site is being worked on.</p>", "<p>It will be back shortly.</p>");
    }

    @Test
    void page_ofWordsThatLookLikeMarkup_escapesThem() {
        assertThat(MaintenanceHtml.page(Optional.empty(), up("<script>\"a\" & 'b'</script>", "3 > 2 o'clock")))
                .contains(
                        "<p>&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/script&gt;</p>",
                        "back 3 &gt; 2 o&#39;clock.");
    }

    @Test
    void page_ofAReasonThatLooksLikeAPlaceholder_leavesItAsText() throws IOException {
        Path template = Files.writeString(temp.resolve("down.html"), "a {reason} b {until} c {reason} {other}");

        assertThat(MaintenanceHtml.page(Optional.of(template), up("{until} $1 \\", "noon")))
                .isEqualTo("a {until} $1 \\ b noon c {until} $1 \\ {other}");
    }

    @Test
    void page_whenTheTemplateIsNotThere_saysWhichOne() {
        Optional<Path> template = Optional.of(temp.resolve("none.html"));

        assertThatThrownBy(() -> MaintenanceHtml.page(template, Maintenance.up()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageEndingWith("none.html cannot be read: there is no such file");
    }
}
