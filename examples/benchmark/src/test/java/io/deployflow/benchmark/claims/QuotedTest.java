package io.deployflow.benchmark.claims;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.benchmark.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuotedTest {
    private static final Path DOCS = Path.of("../../docs");

    @TempDir
    private Path folder;

    @Test
    void refresh_putsTheMeasuredTableInAndKeepsTheRest() {
        Figures figures = Figures.resume(folder.resolve("figures.csv"), "a test");
        figures.add(
                OneMore.PART,
                OneMore.step(OneMore.TASK, 1),
                Map.of(OneMore.SYSTEM, 0.0, OneMore.RELEASE, 2.0, "load", 1.0));
        ClaimsPage page = new ClaimsPage(
                figures,
                new ClaimsPage.Facts(
                        "quick", "bin/benchmark quick", "2026-01-01", Duration.ofMinutes(4), "2 processors", "Java 17"),
                Size.QUICK);

        assertThat(Quoted.refresh("""
                        Words.
                        <!-- measured: one-more -->
                        old
                        <!-- end -->
                        ![](benchmarks/claims-many.svg), [all](benchmarks/claims.md), [other](benchmarks/ssh.md)
                        <!-- measured: ruby -->
                        kept
                        <!-- end -->
                        <!-- measured: environment -->
                        <!-- end -->
                        """, page)).isEqualTo("""
                        Words.
                        <!-- measured: one-more -->

                        |             | its system and packages | its release | together |
                        |-------------|------------------------:|------------:|---------:|
                        | a task more |                       - |         2.0 |      2.0 |

                        <!-- end -->
                        ![](benchmarks/quick-many.svg), [all](benchmarks/quick.md), [other](benchmarks/ssh.md)
                        <!-- measured: ruby -->
                        kept
                        <!-- end -->
                        <!-- measured: environment -->
                        """ + page.origin() + "\n<!-- end -->\n");
    }

    @Test
    void pageOfTheClaims_quotesWhatTheBenchmarkWrote() throws IOException {
        String page = Files.readString(DOCS.resolve("containers-or-ssh.md"));
        Matcher source =
                Pattern.compile("\\(benchmarks/((?:claims|quick)\\.md)\\)").matcher(page);
        assertThat(source.find()).isTrue();
        String written = Files.readString(DOCS.resolve("benchmarks").resolve(source.group(1)));
        List<String> tables = Pattern.compile("<!-- measured: [a-z-]+ -->\n(.*?)<!-- end -->", Pattern.DOTALL)
                .matcher(page)
                .results()
                .map(table -> table.group(1).strip())
                .toList();

        // An empty text is in every page.
        assertThat(tables).isNotEmpty().allSatisfy(table -> {
            assertThat(table).isNotBlank();
            assertThat(written).contains(table);
        });
        assertThat(tables.stream().filter(table -> table.startsWith("|")))
                .allSatisfy(table -> assertThat(table.lines().count())
                        .as("lines of %s", table)
                        .isGreaterThan(2));
    }
}
