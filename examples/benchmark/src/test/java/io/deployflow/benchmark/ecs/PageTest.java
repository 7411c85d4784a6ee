package io.deployflow.benchmark.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.benchmark.Figures;
import io.deployflow.benchmark.Requirement;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class PageTest {
    @TempDir
    private Path folder;

    private Figures figures;

    @BeforeEach
    void measure() {
        figures = Figures.resume(folder.resolve("figures.csv"), "test");
        completion("5.0", 0.5, 2);
        completion("60.0", 0.9, 6);
        completion("120.0", 2.1, 7);
        for (Failures.Case one : Failures.CASES) {
            for (int desired : Failures.DESIRED) {
                for (int run = 1; run <= 3; run++) {
                    figures.add(
                            Failures.PART,
                            one.step(desired, run),
                            Map.of(
                                    Failures.UPDATE, 2.0,
                                    Failures.OURS, 9.0 + run,
                                    Failures.EXIT, 20.0,
                                    Failures.BREAKER, 40.0));
                }
            }
        }
        figures.add(UnderLoad.PART, "ROLLING 1", Map.of(UnderLoad.REQUESTS, 900.0, UnderLoad.FAILED, 0.0));
        figures.add(UnderLoad.PART, "ROLLING 2", Map.of(UnderLoad.REQUESTS, 900.0, UnderLoad.FAILED, 1.0));
    }

    private void completion(String step, double late, double beside) {
        figures.add(
                Completions.PART,
                step,
                Map.of(
                        Completions.COMPLETED,
                        Double.parseDouble(step),
                        Completions.LATE,
                        late,
                        Completions.LOOKS,
                        40.0,
                        Completions.BESIDE,
                        beside));
    }

    private Page page() {
        return new Page(figures, new Page.Facts("bin/benchmark ecs", "today", "a machine", 50));
    }

    @Test
    void requirements_areOfMediansWorstsAndSums() {
        List<Requirement> all = page().requirements();

        assertThat(verdict(all, "median")).isEqualTo("reached");
        assertThat(verdict(all, "worst")).isEqualTo("MISSED");
        assertThat(verdict(all, "calls of a rollout")).isEqualTo("MISSED");
        assertThat(all)
                .filteredOn(one -> one.title().startsWith("crash loop"))
                .singleElement()
                .satisfies(one -> assertThat(one.measured()).contains(11.0 / 40));
        assertThat(verdict(all, "50 services, as it is")).isEqualTo("not measured");
        assertThat(verdict(all, "ROLLING")).isEqualTo("MISSED");
        assertThat(verdict(all, "BLUE_GREEN")).isEqualTo("not measured");
    }

    private static String verdict(List<Requirement> all, String title) {
        return all.stream()
                .filter(one -> one.title().contains(title))
                .map(Requirement::verdict)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void write_makesAPageWithItsPlotsAndFigures() throws Exception {
        page().write(folder);

        assertThat(Files.readString(folder.resolve("ecs.md"))).contains("| failing health check", "(ecs-latency.svg)");
        assertThat(Files.readString(folder.resolve("ecs.csv"))).contains("completions,60.0,");
        assertThat(elements("ecs-latency.svg", "circle")).isEqualTo(3);
        assertThat(elements("ecs-failures.svg", "rect")).isEqualTo(6);
    }

    private int elements(String file, String name) throws Exception {
        String svg = Files.readString(folder.resolve(file));
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)))
                .getElementsByTagName(name)
                .getLength();
    }
}
