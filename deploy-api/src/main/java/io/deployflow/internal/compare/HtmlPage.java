package io.deployflow.internal.compare;

import io.deployflow.compare.ComparisonReport;
import io.deployflow.compare.Conditions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A report as one page that needs nothing else. What most people look at is in the page as it is, and is there without
 * any script: verdict, table, waterfalls, distributions. The script filters, tells what the pointer is over, and draws
 * the lanes of units out of the data when they are asked for: in a large report there are too many to draw them all.
 */
public final class HtmlPage {
    private HtmlPage() {}

    /** All of it, and what the same would take elsewhere. */
    public static String of(ComparisonReport report, Conditions elsewhere) {
        List<String> findings = Findings.of(report);
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
                <title>%1$s</title>
                <link rel="icon" href="data:,">
                <style>
                %2$s</style>
                </head>
                <body>
                <a class="skip" href="#scenarios">Skip to the scenarios</a>
                <header>
                <h1>%1$s</h1>
                <p class="when">%3$s</p>
                </header>
                <main>
                <section class="verdict" aria-labelledby="verdict">
                <h2 id="verdict">What it says</h2>
                %4$s
                </section>
                %5$s
                <div id="scenarios">
                %6$s
                <p class="legend" aria-label="Colours of the phases">%7$s</p>
                %8$s
                </div>
                %12$s<section class="method" aria-labelledby="method">
                <h2 id="method">How it was measured</h2>
                <ul>%9$s</ul>
                </section>
                </main>
                <footer><p class="downloads"><button type="button" data-download="json">All data (JSON)</button>
                <button type="button" data-download="csv">Runs (CSV)</button></p></footer>
                <div id="tip" role="status" aria-live="polite" hidden></div>
                <noscript><p class="none">Without scripts, filters, units and downloads are not there; the rest is complete.</p></noscript>
                <script type="text/plain" id="data">%10$s</script>
                <script>
                %11$s</script>
                </body>
                </html>
                """.formatted(
                        Html.text(PageText.title(report)),
                        resource("report.css"),
                        Html.text(PageText.when(report)
                                + (report.environment().note().isEmpty()
                                        ? ""
                                        : "; " + report.environment().note())),
                        verdict(findings),
                        new Overview(report).html(),
                        filters(report),
                        legend(report),
                        report.scenarios().stream()
                                .map(scenario -> new ScenarioSection(report, scenario).html())
                                .collect(Collectors.joining()),
                        PageText.method(report).stream()
                                .map(line -> "<li>" + Html.text(line) + "</li>")
                                .collect(Collectors.joining("\n")),
                        EmbeddedData.of(report.toJson()),
                        resource("report.js"),
                        new Elsewhere(report, elsewhere).html());
    }

    private static String verdict(List<String> findings) {
        return "<p class=\"headline\">" + Html.text(findings.get(0)) + "</p>\n<ul>"
                + findings.stream()
                        .skip(1)
                        .map(finding -> "<li>" + Html.text(finding) + "</li>")
                        .collect(Collectors.joining("\n"))
                + "</ul>";
    }

    private static String filters(ComparisonReport report) {
        return """
                <form class="filters" aria-label="What is shown">
                <fieldset><legend>Scenarios</legend>%s</fieldset>
                <fieldset><legend>Targets</legend>%s</fieldset>
                <label><input type="checkbox" name="failed"> only scenarios with failed runs</label>
                <output aria-live="polite"></output>
                </form>
                """.formatted(
                        report.scenarios().stream()
                                .map(scenario -> box("scenario", scenario.word(), scenario.title()))
                                .collect(Collectors.joining()),
                        report.places().stream()
                                .map(place -> box("place", place.name(), place.name()))
                                .collect(Collectors.joining()));
    }

    private static String box(String name, String value, String label) {
        return "<label><input type=\"checkbox\" name=\"%s\" value=\"%s\" checked> %s</label>"
                .formatted(name, Html.text(value), Html.text(label));
    }

    private static String legend(ComparisonReport report) {
        return PageText.rowNames(report).stream()
                .map(name -> "<span><i class=\"key p-" + Html.word(name) + "\"></i>" + Html.text(name) + "</span>")
                .collect(Collectors.joining(" "));
    }

    private static String resource(String name) {
        try (InputStream stream =
                Objects.requireNonNull(HtmlPage.class.getResourceAsStream(name), () -> name + " is not in the jar")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }
}
