package io.deployflow.internal.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.deployflow.compare.ComparisonReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page of a report as a person meets it: in a real Chromium. Pictures of it are left in target/screenshots. */
class ReportPageIT {
    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final ComparisonReport REPORT = Samples.small();
    private static final int LARGE_UNITS = 100;
    /** Each unit is replaced by another. */
    private static final int LARGE_LANES = 2 * LARGE_UNITS;

    private static final int LARGE_ELEMENTS = 5_000;

    @TempDir
    static Path folder;

    private static Path page;
    private static Chromium browser;

    @BeforeAll
    static void start() throws IOException {
        page = Files.writeString(folder.resolve("small.html"), REPORT.toHtml());
        browser = Chromium.start(folder.resolve("profile"));
    }

    @AfterAll
    static void stop() {
        browser.close();
    }

    private static Tab opened() {
        return browser.tab().open(page);
    }

    @Test
    void page_whenOpened_complainsOfNothingAndAsksNoNetwork() {
        Tab tab = opened();

        assertThat(tab.script("document.querySelector('.headline').textContent").asText())
                .containsPattern("^For a one-word change, [0-9.]+ s on hosts;");
        assertThat(tab.nameless()).isEmpty();
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void page_whenScriptsAreOff_showsAllButUnitsAndFilters() {
        Tab tab = browser.tab();
        tab.withoutScripts();
        tab.open(page);

        assertThat(tab.script("document.querySelectorAll('.bar .seg').length").asInt())
                .isGreaterThan(50);
        assertThat(tab.script("document.querySelector('.overview').innerText").asText())
                .contains("one-word change");
    }

    @Test
    void filters_whenChanged_hideScenariosAndTargets() {
        Tab tab = opened();
        tab.script("document.querySelector('input[value=none]').click()");
        tab.script("document.querySelector('input[value=hosts]').click()");

        assertThat(tab.script("document.getElementById('none').checkVisibility()")
                        .asBoolean())
                .isFalse();
        assertThat(tab.script("document.getElementById('change').checkVisibility()")
                        .asBoolean())
                .isTrue();
        assertThat(tab.script("[...document.querySelectorAll('#change .place')]"
                                + ".filter(p => p.checkVisibility()).map(p => p.dataset.place).join()")
                        .asText())
                .isEqualTo("containers");
        tab.script("document.querySelector('input[name=failed]').click()");
        assertThat(tab.script("document.querySelector('.filters output').textContent")
                        .asText())
                .isEqualTo("1 of 7 scenarios shown");
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void phase_whenThePointerIsOverIt_isNamedWithItsTime() {
        Tab tab = opened();
        tab.resize(1200, 900, false);
        tab.hover("#change .p-rollout rect");

        assertThat(tab.script("document.getElementById('tip').innerText").asText())
                .matches("rollout: [0-9.]+ s, [0-9.]+ %, 14 questions");
        assertThat(tab.script("document.getElementById('tip').checkVisibility()")
                        .asBoolean())
                .isTrue();
        tab.screenshot(PICTURES.resolve("hover.png"));
    }

    @Test
    void phase_whenReachedByArrowKeys_isNamedWithItsTime() {
        Tab tab = opened();
        tab.script("document.querySelector('#change .bar').focus()");
        tab.press("ArrowRight");
        tab.press("ArrowRight");

        assertThat(tab.script("document.getElementById('tip').innerText").asText())
                .startsWith("preflight: ");
        tab.press("Escape");
        assertThat(tab.script("document.getElementById('tip').checkVisibility()")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void run_whenReachedByKeys_isNamedWithItsTimeAndTheOneStopOfItsChart() {
        Tab tab = opened();
        tab.resize(1200, 900, false);
        tab.script("document.querySelector('#change .strip [tabindex=\"0\"]').focus()");
        assertThat(markInFocus(tab)).isZero();
        assertThat(tip(tab)).matches("(warm-up|run [0-9]): [0-9.]+ m?s, deployed");

        assertThat(markAfter(tab, "ArrowRight")).isEqualTo(1);
        assertThat(markAfter(tab, "End")).isEqualTo(5);
        assertThat(markAfter(tab, "ArrowRight")).isEqualTo(5);
        assertThat(markAfter(tab, "ArrowLeft")).isEqualTo(4);
        assertThat(tip(tab))
                .isEqualTo(tab.script("document.activeElement.getAttribute('aria-label')")
                        .asText());
        assertThat(tab.script("[...document.querySelectorAll('.strip')]"
                                + ".map(strip => strip.querySelectorAll('[tabindex=\"0\"]').length)"
                                + ".every(stops => stops === 1)")
                        .asBoolean())
                .as("one stop a chart")
                .isTrue();
        tab.screenshot(PICTURES.resolve("run-in-focus.png"));

        assertThat(markAfter(tab, "Home")).isZero();
        tab.press("Escape");
        assertThat(tab.script("document.getElementById('tip').checkVisibility()")
                        .asBoolean())
                .isFalse();
        assertThat(tab.nameless()).isEmpty();
        assertThat(tab.complaints()).isEmpty();
    }

    private static int markAfter(Tab tab, String key) {
        tab.press(key);
        return markInFocus(tab);
    }

    /** Which of the marks of the first chart of one-word changes; -1 for none. */
    private static int markInFocus(Tab tab) {
        return tab.script("[...document.querySelector('#change .strip').querySelectorAll('[data-tip]')]"
                        + ".indexOf(document.activeElement)")
                .asInt();
    }

    /** What is shown of a run or phase. */
    private static String tip(Tab tab) {
        return tab.script("document.getElementById('tip').innerText").asText();
    }

    @Test
    void units_whenAskedFor_areDrawnForTheRunThatIsChosen() {
        Tab tab = opened();
        tab.resize(1200, 900, false);
        tab.script("document.querySelector('#change details.lanes').open = true");
        tab.script("new Promise(done => { const look = () => document.querySelector('#change .lane')"
                + " ? done(1) : setTimeout(look, 5); look(); })");

        assertThat(tab.script("document.querySelectorAll('#change .lane').length")
                        .asInt())
                .as("two old tasks and two new ones")
                .isEqualTo(4);
        assertThat(tab.script("document.querySelectorAll('#change .lanes select option').length")
                        .asInt())
                .isEqualTo(6);
        assertThat(tab.script("[...document.querySelectorAll('#change .lane svg')]"
                                + ".map(lane => lane.getAttribute('aria-label')).join()")
                        .asText())
                .contains("draining", "pulling");
        tab.script("document.querySelector('#change .lanes').scrollIntoView({block: 'center'})");
        tab.screenshot(PICTURES.resolve("units.png"));
        assertThat(tab.nameless()).isEmpty();
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void data_whenDownloaded_isThatOfTheReport() {
        Tab tab = opened();
        tab.script("URL.createObjectURL = blob => { window.saved = blob; return '#'; }");
        tab.script("document.querySelector('[data-download=json]').click()");
        JsonNode json = tab.script("new Promise(done => { const look = () => window.saved"
                + " ? done(window.saved.text()) : setTimeout(look, 5); look(); })");
        assertThat(json.asText()).isEqualTo(REPORT.toJson());

        tab.script("window.saved = undefined; document.querySelector('[data-download=csv]').click()");
        JsonNode csv = tab.script("new Promise(done => { const look = () => window.saved"
                + " ? done(window.saved.text()) : setTimeout(look, 5); look(); })");
        assertThat(csv.asText().lines()).hasSize(1 + REPORT.runs().size());
    }

    @Test
    void page_whenPrinted_hasItsNumbersOpen() throws IOException {
        Tab tab = opened();
        byte[] pdf = tab.print();

        assertThat(new String(pdf, 0, 5, StandardCharsets.ISO_8859_1)).isEqualTo("%PDF-");
        assertThat(tab.script("dispatchEvent(new Event('beforeprint'));"
                                + " document.querySelectorAll('details.numbers:not([open])').length")
                        .asInt())
                .isZero();
        Files.createDirectories(PICTURES);
        Files.write(PICTURES.resolve("printed.pdf"), pdf);
    }

    @ParameterizedTest
    @CsvSource({"light, 1200", "dark, 1200", "light, 390", "dark, 390"})
    void page_onAnyScreen_fitsAndCanBeRead(String scheme, int width) {
        Tab tab = browser.tab();
        tab.prefer(scheme);
        tab.resize(width, 1400, width < 500);
        tab.open(page);

        assertThat(tab.script("document.documentElement.scrollWidth").asInt()).isLessThanOrEqualTo(width);
        assertThat(tab.script(CONTRAST).asDouble())
                .as("the least contrast of text to what is behind it")
                .isGreaterThan(4.5);
        tab.screenshot(PICTURES.resolve(scheme + "-" + width + ".png"));
    }

    private static final String CONTRAST = """
            (() => {
              const light = colour => { const [r, g, b] = colour.match(/[0-9.]+/g).map(Number).map(v => v / 255)
                .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
                return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
              const behind = e => { for (let at = e; at; at = at.parentElement) {
                const c = getComputedStyle(at).backgroundColor;
                if (c !== 'rgba(0, 0, 0, 0)' && c !== 'transparent') return light(c); } return 1; };
              return Math.min(...[...document.querySelectorAll('p, li, th, td, small, a, summary, caption, em, h1, h2, label')]
                .filter(e => e.checkVisibility() && e.textContent.trim() && !e.matches('.skip'))
                .map(e => { const a = light(getComputedStyle(e).color), b = behind(e);
                  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05); }));
            })()""";

    /** By the processor's time that it takes, of the time that it was held up least: the clock also tells of others. */
    @Test
    void page_ofTheLargestReport_opensWithinASecond(TestReporter figures) throws IOException {
        Path large =
                Files.writeString(folder.resolve("opened.html"), Samples.large().toHtml());
        List<Duration> worked = new ArrayList<>();
        for (int time = 0; time < 3; time++) {
            Tab tab = browser.tab().open(large);
            worked.add(tab.worked());
            // What the time grows with.
            assertThat(tab.script("document.querySelectorAll('*').length").asInt())
                    .as("elements of the page")
                    .isLessThan(LARGE_ELEMENTS);
            figures.publishEntry(
                    "until the page of 1,000 runs has loaded",
                    tab.worked().toMillis() + " ms of processor, "
                            + tab.script(
                                            "Math.round(performance.getEntriesByType('navigation')[0].loadEventEnd) + ' ms, '"
                                                    + " + document.querySelectorAll('*').length + ' elements'")
                                    .asText());
        }

        assertThat(Collections.min(worked)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void page_ofTheLargestReport_drawsAllUnits() throws IOException {
        String html = Samples.large().toHtml();
        Path large = Files.writeString(folder.resolve("large.html"), html);
        assertThat(html.length()).as("bytes of the page").isLessThan(3_000_000);

        Tab tab = browser.tab().open(large);
        tab.script("document.querySelector('#broken details.lanes').open = true");
        tab.script("new Promise(done => { const look = () => document.querySelector('#broken .lane')"
                + " ? done(1) : setTimeout(look, 5); look(); })");

        assertThat(tab.script("document.querySelectorAll('#broken .lane').length")
                        .asInt())
                .isEqualTo(LARGE_LANES);
        assertThat(tab.complaints()).isEmpty();
    }
}
