package io.deployflow.benchmark.claims;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts measured tables into a page that people write: between {@code <!-- measured: NAME -->} and {@code <!-- end -->}.
 * Links to the pictures and to all figures lead to those of the same run.
 */
final class Quoted {
    private static final Pattern PLACE =
            Pattern.compile("(<!-- measured: ([a-z-]+) -->\n).*?(<!-- end -->)", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("(benchmarks/)(?:claims|quick)(?=\\.md|-[a-z]+\\.svg)");
    private static final String ENVIRONMENT = "environment";

    private Quoted() {}

    /** The page with what was measured this time; tables of which nothing was stay as they are. */
    static String refresh(String text, ClaimsPage page) {
        String quoted = PLACE.matcher(text).replaceAll(place -> {
            String name = place.group(2);
            String before = place.group(0);
            String after = name.equals(ENVIRONMENT)
                    ? place.group(1) + page.origin() + "\n" + place.group(3)
                    : table(name, page.sections())
                            .map(table -> place.group(1) + "\n" + table + "\n\n" + place.group(3))
                            .orElse(before);
            return Matcher.quoteReplacement(after);
        });
        return LINK.matcher(quoted)
                .replaceAll(link ->
                        link.group(1) + Matcher.quoteReplacement(page.facts().name()));
    }

    private static Optional<String> table(String name, List<Section> sections) {
        return sections.stream()
                .filter(section -> section.name().equals(name))
                .findFirst()
                .map(Section::table);
    }
}
